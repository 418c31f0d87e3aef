// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "net/exchange.h"
#include "oidc/loginflow.h"

#include <QAbstractListModel>

#include <vector>

namespace latchkey {

/// One test login of this session: what was asked, without its secrets, and what came back.
struct LoginRun
{
    int number = 0;
    QString name{}; ///< the user, or the client app
    LoginRequest request{};
    QDateTime at{};
    Result<LoginOutcome> result = fail(Error{});
    std::vector<Exchange> exchanges{}; ///< redacted as everywhere
    bool isRefresh = false;            ///< the tokens are those of a refresh

    bool succeeded() const { return result && result->ok; }
};

/// The tokens that a run gave, with their names.
std::vector<std::pair<QString, const IssuedToken *>> tokensOf(const LoginRun &run);

QString grantName(Grant grant); ///< "Client credentials", "Password, legacy"

/// The runs of this session, newest first. Roles as for TwoLineDelegate.
class LoginRunModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    void prepend(LoginRun run);
    const LoginRun &at(int row) const { return m_runs.at(static_cast<size_t>(row)); }
    const std::vector<LoginRun> &runs() const { return m_runs; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    std::vector<LoginRun> m_runs;
};

} // namespace latchkey
