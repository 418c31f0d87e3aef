// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginrun.h"

#include "models/itemroles.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QLocale>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRuns = 100; ///< their tokens are in memory

} // namespace

std::vector<std::pair<QString, const IssuedToken *>> tokensOf(const LoginRun &run)
{
    std::vector<std::pair<QString, const IssuedToken *>> tokens;
    if (!run.result)
        return tokens;
    for (const auto &[name, token] :
         {std::pair(QCoreApplication::translate("LoginRun", "Access token"), &run.result->accessToken),
          std::pair(QCoreApplication::translate("LoginRun", "ID token"), &run.result->idToken),
          std::pair(QCoreApplication::translate("LoginRun", "Refresh token"), &run.result->refreshToken)}) {
        if (*token)
            tokens.emplace_back(name, &**token);
    }
    return tokens;
}

QString grantName(Grant grant)
{
    switch (grant) {
    case Grant::ClientCredentials:
        return QCoreApplication::translate("LoginRun", "Client credentials");
    case Grant::AuthorizationCode:
        return QCoreApplication::translate("LoginRun", "Browser, code + PKCE");
    case Grant::Password:
        break;
    }
    return QCoreApplication::translate("LoginRun", "Password, legacy");
}

void LoginRunModel::prepend(LoginRun run)
{
    if (m_runs.size() == kMostRuns) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_runs.pop_back();
        endRemoveRows();
    }
    beginInsertRows({}, 0, 0);
    m_runs.insert(m_runs.begin(), std::move(run));
    endInsertRows();
}

int LoginRunModel::rowCount(const QModelIndex &parent) const
{
    return parent.isValid() ? 0 : static_cast<int>(m_runs.size());
}

QVariant LoginRunModel::data(const QModelIndex &index, int role) const
{
    if (!checkIndex(index, CheckIndexOption::IndexIsValid))
        return {};
    const LoginRun &run = at(index.row());
    const QString time = QLocale().toString(run.at.toLocalTime().time(), u"HH:mm"_s);
    switch (role) {
    case Qt::DisplayRole:
        return run.name;
    case Qt::AccessibleTextRole:
        return (run.succeeded() ? tr("%1, %2, succeeded at %3") : tr("%1, %2, failed at %3"))
            .arg(run.name, grantName(run.request.grant), time);
    case IdRole:
        return run.number;
    case SubtitleRole:
        return run.isRefresh ? tr("Refresh") : grantName(run.request.grant);
    case TrailingRole:
        return time;
    case GlyphRole:
        return static_cast<int>(run.succeeded() ? Icon::Success : Icon::Error);
    case ToneRole:
        return static_cast<int>(run.succeeded() ? Tone::Ok : Tone::Danger);
    default:
        return {};
    }
}

} // namespace latchkey
