// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/filewritedialog.h"
#include "grants/grantsreader.h"

class QComboBox;

namespace latchkey {

class Session;

/// Writes what is granted to a file: a grants file of one authorization server, or an access report.
/// It is read from the tenant anew; what is staged is not in it.
class GrantExportDialog final : public FileWriteDialog
{
    Q_OBJECT

public:
    /// `folder` is where the file lies unless the person says otherwise. The session has an API.
    GrantExportDialog(Session &session, AuthServer server, const QString &folder, QWidget *parent);

    /// That it was written, as a sentence.
    QString savedText() const;

private:
    enum class Kind { Yaml, Json, Csv, Html };

    void makeFields(const QString &folder);
    Kind kind() const;
    bool isReport() const;
    void describeForm();
    void submit();
    void take(const std::shared_ptr<TenantGrants> &grants);

    Session &m_session;
    AuthServer m_server;
    FormField *m_formField = nullptr;
    QComboBox *m_extent = nullptr;
    FormField *m_extentField = nullptr;
    std::unique_ptr<GrantsReader> m_reader{};
};

} // namespace latchkey
