// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/clock.h"
#include "net/exchange.h"
#include "oidc/loginflow.h"
#include "oidc/loginprofile.h"

#include <QAbstractListModel>
#include <QJsonObject>

#include <map>
#include <optional>
#include <vector>

namespace latchkey {

QString tokenName(TokenRole role); ///< "Access token"
QString tokenWord(TokenRole role); ///< "access token", in a sentence

/// Why a token is of no use any more: what was done here, or what the provider said.
struct TokenEnd
{
    enum class How { Revoked, LoggedOut, Inactive };

    How how = How::Revoked;
    QDateTime at{};

    QString text() const;                        ///< "Revoked at 14:02:11"
    QString shortText(const Clock &clock) const; ///< "Revoked 14:02"
};

/// A page that was asked for beside a run: claims, or those of two tokens side by side.
struct RunPage
{
    QString title{};
    QString name{};    ///< of its widget; there is one of a name
    QString caption{}; ///< whose claims these are; may be empty
    QJsonObject members{};
    std::optional<QJsonObject> other{}; ///< to compare with
    QStringList notes{};
};

/// One test login of this session: what was asked, without its secrets, and what came back.
struct LoginRun
{
    int number = 0;
    QString name{}; ///< the user, or the client app
    LoginRequest request{};
    QDateTime at{};
    Result<LoginOutcome> result = fail(Error{});
    std::vector<Exchange> exchanges{};                         ///< redacted as everywhere
    bool isRefresh = false;                                    ///< the tokens are those of a refresh
    LoginProfileId profile{};                                  ///< invalid: of none
    LoginRecordId record{};                                    ///< of the history; invalid: it is not there
    std::optional<std::chrono::milliseconds> cancelledAfter{}; ///< the person ended it

    std::map<TokenRole, TokenEnd> ends{}; ///< of the tokens that are of no use any more
    std::vector<RunPage> pages{};

    bool succeeded() const { return result && result->ok; }
};

/// The tokens that a run gave.
std::vector<std::pair<TokenRole, const IssuedToken *>> tokensOf(const LoginRun &run);

/// "14:02" of today, the date of any other day.
QString timeOrDate(const QDateTime &at, const Clock &clock);
/// "14:02:11" of today, the date and time of any other day.
QString timeOrDateTime(const QDateTime &at, const QDateTime &now);
/// "312 ms", and from a second on "1.9 s"
QString tookText(std::chrono::milliseconds duration);
/// "Cancelled by you after 12 s"; of a run that was cancelled.
QString cancelText(const LoginRun &run);
/// The error that a run ended with, to be expected from now on; None: it was another end.
LoginExpectation errorOf(const LoginRun &run);

/// "jdoe.test · failed 14:02 · Password, legacy"
QString lineOf(const LoginRun &run);
QString grantName(Grant grant); ///< "Client credentials", "Password, legacy"

/// The runs of this session, newest first. Roles as for TwoLineDelegate.
class LoginRunModel final : public QAbstractListModel
{
    Q_OBJECT

public:
    using QAbstractListModel::QAbstractListModel;

    /// Gives it the next number.
    void prepend(LoginRun run);
    const LoginRun &at(int row) const { return m_runs.at(static_cast<size_t>(row)); }
    int rowOf(int number) const; ///< -1: it is gone
    /// Its newest run, or one of no profile that asked for the same; -1: none.
    int rowOf(const LoginProfile &profile) const;
    /// How often the login of a row had failed by then, itself included; what was not even sent does not
    /// count.
    int failuresUntil(int row) const;
    /// In the place of the page of that name.
    void keepPage(int number, const RunPage &page);
    /// Of this token, wherever it is; with a refresh token that is revoked the access token of its grant
    /// ends too.
    void endToken(int number, TokenRole role, const TokenEnd &end);
    const std::vector<LoginRun> &runs() const { return m_runs; }

    int rowCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role = Qt::DisplayRole) const override;

private:
    LoginRun *find(int number);

    std::vector<LoginRun> m_runs;
    int m_last = 0;
};

} // namespace latchkey
