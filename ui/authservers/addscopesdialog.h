// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "authservers/writedialog.h"

class QPushButton;

namespace latchkey {

/// Adds one scope, or a pasted list of them: one request each, proven one by one. What is refused stays in
/// the list, what is stored leaves it.
class AddScopesDialog final : public WriteDialog
{
    Q_OBJECT

public:
    /// `all` are the scopes of the server as last read.
    AddScopesDialog(Session &session, const AuthServer &server, std::vector<Scope> all, QWidget *parent);

    void reject() override;

signals:
    void seen(const std::vector<latchkey::Scope> &scopes);
    void added(const std::vector<latchkey::Scope> &scopes);

private:
    void makeFields();
    void takeLines(const QString &key, const QString &entered) override;
    void prepend(const QString &lines);
    void switchMode();
    void showList(bool list);
    bool isList() const;
    std::vector<Scope> entered() const;
    std::vector<FieldError> problems() const;
    QString listProblem() const;
    void submit();
    void sendNext();
    void receive(const Scope &wanted, const Result<Written<Scope>> &written);
    void finish();
    void finishList();

    const AuthServer m_server;
    std::vector<Scope> m_all;
    QPushButton *m_switch = nullptr;
    std::vector<Scope> m_waiting;
    std::vector<Scope> m_stored;
    struct Failure
    {
        Scope scope{};
        Error error{};
    };
    std::vector<Failure> m_failures;
    size_t m_next = 0;
    bool m_isStopping = false;
};

} // namespace latchkey
