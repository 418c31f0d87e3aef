// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/authserverwriter.h"

#include <QObject>
#include <QPointer>

#include <functional>

namespace latchkey {

class ConfirmDialog;
class Panel;
class Session;
struct Confirmation;

/// The deletion of something at the session's tenant, from the question to what came of it. That is told in
/// the dialog, or in the banner of the panel where the dialog is closed by then. Deletes itself.
class Removal final : public QObject
{
    Q_OBJECT

public:
    using Read = std::function<void(const AuthServersApi &api)>;

    /// Opens the confirmation. Session and panel must outlive it.
    Removal(Session &session, Panel &panel, const Confirmation &texts, QObject *parent);

    /// Null once it is closed.
    ConfirmDialog *dialog() const { return m_dialog; }
    /// What the deletion does is read before it can be confirmed: `read` gives its result to isRead(). It is
    /// called again where another API credential comes to work meanwhile.
    void readFirst(const QString &what, Read read);
    /// Whether it was read; else that is told, and nothing can be deleted.
    template<typename T>
    bool isRead(const Result<T> &result)
    {
        return result ? endReading() : refuse(result.error());
    }
    /// What came of confirmed(): whether it is gone; else that is told.
    template<typename T>
    bool isGone(const Result<T> &result)
    {
        return result ? end() : fail(result.error());
    }
    void tellGone(const QString &sentence);

signals:
    /// To be sent, once, with this object as the context.
    void confirmed(const latchkey::AuthServerWriter &writer);

private:
    void look();
    void send();
    void followCredential();
    bool endReading();
    bool refuse(const Error &error);
    bool end();
    bool fail(const Error &error);

    Session &m_session;
    Panel &m_panel;
    QPointer<ConfirmDialog> m_dialog;
    QString m_what;
    Read m_read;
    bool m_isSending = false;
};

} // namespace latchkey
