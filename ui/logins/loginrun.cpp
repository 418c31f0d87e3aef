// SPDX-License-Identifier: GPL-3.0-or-later
#include "logins/loginrun.h"

#include "models/itemroles.h"
#include "style/icons.h"
#include "style/theme.h"

#include <QCoreApplication>
#include <QLocale>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kMostRuns = 100; ///< their tokens are in memory

QString tr(const char *text)
{
    return QCoreApplication::translate("LoginRun", text);
}

} // namespace

QString tokenName(TokenRole role)
{
    switch (role) {
    case TokenRole::Access:
        return tr("Access token");
    case TokenRole::Id:
        return tr("ID token");
    case TokenRole::Refresh:
        break;
    }
    return tr("Refresh token");
}

QString tokenWord(TokenRole role)
{
    switch (role) {
    case TokenRole::Access:
        return tr("access token");
    case TokenRole::Id:
        return tr("ID token");
    case TokenRole::Refresh:
        break;
    }
    return tr("refresh token");
}

QString TokenEnd::text() const
{
    const QString time = QLocale().toString(at.toLocalTime().time(), u"HH:mm:ss"_s);
    switch (how) {
    case How::Revoked:
        return tr("Revoked at %1").arg(time);
    case How::LoggedOut:
        return tr("Logged out at %1").arg(time);
    case How::Inactive:
        break;
    }
    return tr("Not active, seen at %1").arg(time);
}

QString TokenEnd::shortText(const Clock &clock) const
{
    switch (how) {
    case How::Revoked:
        return tr("Revoked %1").arg(timeOrDate(at, clock));
    case How::LoggedOut:
        return tr("Logged out %1").arg(timeOrDate(at, clock));
    case How::Inactive:
        break;
    }
    return tr("Not active");
}

std::vector<std::pair<TokenRole, const IssuedToken *>> tokensOf(const LoginRun &run)
{
    std::vector<std::pair<TokenRole, const IssuedToken *>> tokens;
    if (!run.result)
        return tokens;
    for (const auto &[role, token] : {std::pair(TokenRole::Access, &run.result->accessToken),
                                      std::pair(TokenRole::Id, &run.result->idToken),
                                      std::pair(TokenRole::Refresh, &run.result->refreshToken)}) {
        if (*token)
            tokens.emplace_back(role, &**token);
    }
    return tokens;
}

QString timeOrDate(const QDateTime &at, const Clock &clock)
{
    const QDateTime local = at.toLocalTime();
    return local.date() == clock.now().toLocalTime().date()
               ? QLocale().toString(local.time(), u"HH:mm"_s)
               : QLocale().toString(local.date(), QLocale::ShortFormat);
}

QString timeOrDateTime(const QDateTime &at, const QDateTime &now)
{
    const QDateTime local = at.toLocalTime();
    return local.date() == now.toLocalTime().date() ? QLocale().toString(local.time(), u"HH:mm:ss"_s)
                                                    : QLocale().toString(local, QLocale::ShortFormat);
}

QString tookText(std::chrono::milliseconds duration)
{
    if (duration < std::chrono::seconds(1))
        return tr("%1 ms").arg(QLocale().toString(static_cast<qlonglong>(duration.count())));
    const int decimals = duration < std::chrono::seconds(10) ? 1 : 0;
    return tr("%1 s").arg(QLocale().toString(static_cast<double>(duration.count()) / 1000.0, 'f', decimals));
}

QString cancelText(const LoginRun &run)
{
    return tr("Cancelled by you after %1")
        .arg(tookText(run.cancelledAfter.value_or(std::chrono::milliseconds())));
}

LoginExpectation errorOf(const LoginRun &run)
{
    if (!run.result || run.result->ok || run.result->error.isEmpty())
        return {};
    return {.kind = LoginExpectation::Kind::Error,
            .error = run.result->error,
            .description = run.result->errorDescription};
}

QString lineOf(const LoginRun &run)
{
    //: A run in one line: its name, how it ended and when, its kind
    return (run.cancelledAfter ? tr("%1 · cancelled %2 · %3")
            : run.succeeded()  ? tr("%1 · succeeded %2 · %3")
                               : tr("%1 · failed %2 · %3"))
        .arg(run.name, QLocale().toString(run.at.toLocalTime().time(), u"HH:mm"_s),
             run.isRefresh ? tr("Refresh") : grantName(run.request.grant));
}

QString grantName(Grant grant)
{
    switch (grant) {
    case Grant::ClientCredentials:
        return tr("Client credentials");
    case Grant::AuthorizationCode:
        return tr("Browser, code + PKCE");
    case Grant::Password:
        break;
    }
    return tr("Password, legacy");
}

void LoginRunModel::prepend(LoginRun run)
{
    if (m_runs.size() == kMostRuns) {
        beginRemoveRows({}, rowCount() - 1, rowCount() - 1);
        m_runs.pop_back();
        endRemoveRows();
    }
    run.number = ++m_last;
    beginInsertRows({}, 0, 0);
    m_runs.insert(m_runs.begin(), std::move(run));
    endInsertRows();
}

int LoginRunModel::rowOf(int number) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(),
                                    [number](const LoginRun &run) { return run.number == number; });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

int LoginRunModel::rowOf(const LoginProfile &profile) const
{
    const auto found = std::find_if(m_runs.begin(), m_runs.end(), [&profile](const LoginRun &run) {
        return run.profile.isValid() ? run.profile == profile.id : run.request == profile.request;
    });
    return found == m_runs.end() ? -1 : static_cast<int>(found - m_runs.begin());
}

int LoginRunModel::failuresUntil(int row) const
{
    const LoginRun &run = at(row);
    return static_cast<int>(std::count_if(m_runs.begin() + row, m_runs.end(), [&run](const LoginRun &each) {
        const bool isUnsent = !each.result && each.result.error().kind == ErrorKind::InvalidInput;
        return !each.succeeded() && !isUnsent && !each.cancelledAfter && !each.isRefresh &&
               each.request.grant == run.request.grant && each.request.username == run.request.username &&
               each.request.clientId == run.request.clientId;
    }));
}

LoginRun *LoginRunModel::find(int number)
{
    const int row = rowOf(number);
    return row < 0 ? nullptr : &m_runs[static_cast<size_t>(row)];
}

void LoginRunModel::keepPage(int number, const RunPage &page)
{
    LoginRun *run = find(number);
    if (!run)
        return;
    const auto before = std::find_if(run->pages.begin(), run->pages.end(),
                                     [&page](const RunPage &each) { return each.name == page.name; });
    if (before == run->pages.end())
        run->pages.push_back(page);
    else
        *before = page;
}

void LoginRunModel::endToken(int number, TokenRole role, const TokenEnd &end)
{
    const LoginRun *run = find(number);
    if (!run)
        return;
    Secret ended;
    for (const auto &[each, token] : tokensOf(*run)) {
        if (each == role)
            ended = token->value;
    }
    for (LoginRun &other : m_runs) {
        for (const auto &[each, token] : tokensOf(other)) {
            if (token->value != ended)
                continue;
            other.ends.try_emplace(each, end);
            if (each == TokenRole::Refresh && end.how == TokenEnd::How::Revoked)
                other.ends.try_emplace(TokenRole::Access, end);
        }
    }
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
        return (run.cancelledAfter ? tr("%1, %2, cancelled at %3")
                : run.succeeded()  ? tr("%1, %2, succeeded at %3")
                                   : tr("%1, %2, failed at %3"))
            .arg(run.name, grantName(run.request.grant), time);
    case IdRole:
        return run.number;
    case SubtitleRole:
        return run.cancelledAfter ? tr("Cancelled after %1").arg(tookText(*run.cancelledAfter))
               : run.isRefresh    ? tr("Refresh")
                                  : grantName(run.request.grant);
    case TrailingRole:
        return time;
    case GlyphRole:
        return static_cast<int>(run.cancelledAfter ? Icon::Skip
                                : run.succeeded()  ? Icon::Success
                                                   : Icon::Error);
    case ToneRole:
        return static_cast<int>(run.cancelledAfter ? Tone::Muted : run.succeeded() ? Tone::Ok : Tone::Danger);
    default:
        return {};
    }
}

} // namespace latchkey
