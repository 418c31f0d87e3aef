// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/apppickerdialog.h"

#include <memory>
#include <optional>

class QComboBox;

namespace latchkey {

class GrantGridModel;
class Session;
struct OidcApp;

/// Picks apps of the tenant to become client apps, and the scopes they start with. The list grows page by
/// page; where a page fails what has come stays, and the reading goes on from there.
class AddClientAppDialog final : public AppPickerDialog
{
    Q_OBJECT

public:
    /// All must outlive it.
    AddClientAppDialog(Session &session, const QString &server, GrantGridModel &model,
                       QWidget *parent = nullptr);

signals:
    /// `like`: the client app whose scopes they get.
    void appsChosen(const std::vector<std::pair<latchkey::AppId, QString>> &apps,
                    std::optional<latchkey::AppId> like);

private:
    QWidget *makeStart();
    void read();
    void takePage(const std::vector<OidcApp> &page);
    void pickLike();

    Session &m_session;
    GrantGridModel &m_model;
    std::unique_ptr<QObject> m_reading;
    QString m_next; ///< the page to go on from
    QComboBox *m_start = nullptr;
    std::optional<AppId> m_like;
};

} // namespace latchkey
