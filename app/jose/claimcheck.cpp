// SPDX-License-Identifier: GPL-3.0-or-later
#include "jose/claimcheck.h"

#include "core/base64url.h"
#include "core/plaintext.h"
#include "jose/signaturealgorithm.h"

#include <QCoreApplication>
#include <QJsonArray>

#include <cmath>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kLongestShown = 200;

QString tr(const char *text)
{
    return QCoreApplication::translate("ClaimCheck", text);
}

QString shown(const QString &text)
{
    return plainLine(text.size() > kLongestShown ? text.first(kLongestShown) + u'…' : text);
}

/// Whether the token says that it is an access token, RFC 9068 section 2.1.
bool isAccessToken(const QJsonObject &header)
{
    const QString type = header.value("typ"_L1).toString();
    return type.compare("at+jwt"_L1, Qt::CaseInsensitive) == 0 ||
           type.compare("application/at+jwt"_L1, Qt::CaseInsensitive) == 0;
}

/// None if the claim is there but not a string or a list of strings.
std::optional<QStringList> audiencesOf(const QJsonValue &value)
{
    if (value.isString())
        return QStringList{value.toString()};
    if (!value.isArray())
        return std::nullopt;
    QStringList audiences;
    const QJsonArray array = value.toArray();
    for (const QJsonValue each : array) {
        if (!each.isString())
            return std::nullopt;
        audiences.append(each.toString());
    }
    return audiences;
}

/// None: no year that people write.
std::optional<std::chrono::sys_seconds> dateOf(double seconds)
{
    constexpr double year9999 = 253'402'300'799;
    if (seconds < 0 || seconds > year9999)
        return std::nullopt;
    return std::chrono::sys_seconds(std::chrono::seconds(static_cast<qint64>(seconds)));
}

/// Not by QDateTime::toString(), which would take nearly half the time of the whole checklist.
QString timeText(std::chrono::sys_seconds time)
{
    using namespace std::chrono;
    const sys_days day = floor<days>(time);
    const year_month_day date(day);
    const hh_mm_ss clock(time - day);
    QString text = u"0000-00-00T00:00:00Z"_s;
    const auto put = [&text](qsizetype lastDigit, qint64 number) {
        for (; number > 0; number /= 10)
            text[lastDigit--] = QChar(static_cast<char16_t>(u'0' + number % 10));
    };
    put(3, int{date.year()});
    put(6, unsigned{date.month()});
    put(9, unsigned{date.day()});
    put(12, clock.hours().count());
    put(15, clock.minutes().count());
    put(18, clock.seconds().count());
    return text;
}

QString distanceText(double seconds)
{
    constexpr double beyondSense = 1e12;
    const double distance = std::abs(seconds);
    return tr("%1 s").arg(distance < beyondSense ? QString::number(qRound64(distance))
                                                 : QString::number(distance, 'g', 3));
}

/// A time and how far away it is.
QString momentText(CheckedTime::Side side, const QString &time, const QString &distance)
{
    switch (side) {
    case CheckedTime::Side::ToCome:
        return tr("%1, in %2").arg(time, distance);
    case CheckedTime::Side::Past:
        return tr("%1, %2 ago").arg(time, distance);
    case CheckedTime::Side::Ahead:
        return tr("%1, %2 ahead").arg(time, distance);
    }
    return {};
}

class Checklist
{
public:
    Checklist(const QJsonObject &header, const std::optional<QJsonObject> &claims,
              const ClaimExpectations &expected, const TokenTime &time)
        : m_header(header)
        , m_claims(claims)
        , m_expected(expected)
        , m_time(time)
        , m_now(static_cast<double>(time.now.toMSecsSinceEpoch()) / 1000)
        , m_tolerance(static_cast<double>(time.tolerance.count()))
    {
    }

    std::vector<Check> run() const
    {
        std::vector<Check> checks;
        checks.reserve(10);
        checks.push_back(issuer().named(u"issuer"_s));
        checks.push_back(audience().named(u"audience"_s));
        checks.push_back(expires().named(u"expires"_s));
        checks.push_back(notBefore("nbf"_L1, false).named(u"not_before"_s));
        checks.push_back(notBefore("iat"_L1, true).named(u"issued_at"_s));
        checks.push_back(nonce().named(u"nonce"_s));
        checks.push_back(accessTokenHash().named(u"at_hash"_s));
        checks.push_back(authorizedParty().named(u"authorized_party"_s));
        if (const Outcome subject = this->subject(); subject.result == CheckResult::Fail)
            checks.push_back(subject.named(u"subject"_s));
        if (m_expected.isIdToken && isAccessToken(m_header))
            checks.push_back(
                failed(tr("This is an access token (its typ says so), not an ID token.")).named(u"type"_s));
        return checks;
    }

private:
    struct Outcome
    {
        CheckResult result = CheckResult::NotChecked;
        QString reason{};
        std::optional<CheckedTime> time{};

        Check named(const QString &name) const
        {
            return {.name = name, .result = result, .reason = reason, .time = time};
        }
    };

    static Outcome passed(const QString &reason) { return {CheckResult::Pass, reason, {}}; }
    static Outcome failed(const QString &reason) { return {CheckResult::Fail, reason, {}}; }
    static Outcome notChecked(const QString &reason) { return {CheckResult::NotChecked, reason, {}}; }

    QJsonValue claim(QLatin1StringView name) const
    {
        return m_claims ? m_claims->value(name) : QJsonValue(QJsonValue::Undefined);
    }

    /// What is to be said of a claim that is not there.
    Outcome missing(QLatin1StringView name, bool isRequired) const
    {
        const QString reason = m_claims ? tr("The token has no %1.").arg(name)
                                        : tr("The payload is not JSON, so the token has no claims.");
        return isRequired ? failed(reason) : notChecked(reason);
    }

    Outcome issuer() const
    {
        const QString expected = m_expected.issuer.isEmpty() ? m_expected.keysIssuer : m_expected.issuer;
        const QJsonValue value = claim("iss"_L1);
        if (value.isUndefined())
            return missing("iss"_L1, !expected.isEmpty());
        if (!value.isString())
            return failed(tr("The iss is not a string."));
        const QString issuer = value.toString();
        if (expected.isEmpty())
            return notChecked(tr("It says %1. No issuer was given to compare it with.").arg(shown(issuer)));
        if (issuer != expected)
            return failed(tr("It says %1, and %2 is expected.").arg(shown(issuer), shown(expected)));
        if (!m_expected.keysIssuer.isEmpty() && issuer != m_expected.keysIssuer)
            return failed(tr("It says %1, and the keys are those of %2.")
                              .arg(shown(issuer), shown(m_expected.keysIssuer)));
        return passed(tr("It is %1.").arg(shown(issuer)));
    }

    Outcome audience() const
    {
        const QJsonValue value = claim("aud"_L1);
        if (value.isUndefined())
            return missing("aud"_L1, m_expected.isIdToken || !m_expected.audience.isEmpty());
        const std::optional<QStringList> audiences = audiencesOf(value);
        if (!audiences)
            return failed(tr("The aud is neither a string nor a list of strings."));
        const QString list = shown(audiences->join(", "_L1));
        if (m_expected.audience.isEmpty())
            return notChecked(tr("It is for %1. No audience was given to compare it with.").arg(list));
        if (!audiences->contains(m_expected.audience))
            return failed(tr("It is for %1, not for %2.").arg(list, shown(m_expected.audience)));
        return passed(tr("It is for %1.").arg(list));
    }

    QString clockText() const
    {
        if (!m_time.measuredOffset || m_time.measuredOffset->count() == 0)
            return {};
        return u' ' + (m_time.measuredOffset->count() > 0
                           ? tr("This computer's clock is %1 s behind the server's, which counts.")
                           : tr("This computer's clock is %1 s ahead of the server's, which counts."))
                          .arg(std::abs(m_time.measuredOffset->count()));
    }

    /// `text`: with %1 in the place of the time, and maybe %2 in that of the tolerance.
    Outcome ofTime(CheckResult result, CheckedTime::Side side, double time, const QString &text) const
    {
        const double distance = time - m_now;
        const QString sentence =
            (text.contains("%2"_L1) ? text.arg(u"%1"_s, distanceText(m_tolerance)) : text) + clockText();
        const std::optional<std::chrono::sys_seconds> date = dateOf(time);
        const QString when = date ? timeText(*date) : QString::number(time, 'g', 17);
        Outcome outcome{result, sentence.arg(momentText(side, when, distanceText(distance))), {}};
        if (date)
            outcome.time = CheckedTime{.side = side,
                                       .at = *date,
                                       .distance = std::chrono::seconds(qRound64(std::abs(distance))),
                                       .sentence = sentence};
        return outcome;
    }

    Outcome expires() const
    {
        const QJsonValue value = claim("exp"_L1);
        if (value.isUndefined())
            return missing("exp"_L1, m_expected.isIdToken);
        if (!value.isDouble())
            return failed(tr("The %1 is not a number.").arg(u"exp"_s));
        using enum CheckedTime::Side;
        const double time = value.toDouble();
        if (time > m_now)
            return ofTime(CheckResult::Pass, ToCome, time, tr("It expires at %1."));
        if (time - m_now + m_tolerance > 0)
            return ofTime(CheckResult::Pass, Past, time,
                          tr("It expired at %1. That is within the tolerance of %2."));
        return ofTime(CheckResult::Fail, Past, time, tr("It expired at %1."));
    }

    /// For nbf and iat: a time that must not lie ahead.
    Outcome notBefore(QLatin1StringView name, bool isOfIdToken) const
    {
        const QJsonValue value = claim(name);
        if (value.isUndefined())
            return missing(name, isOfIdToken && m_expected.isIdToken);
        if (!value.isDouble())
            return failed(tr("The %1 is not a number.").arg(name));
        using enum CheckedTime::Side;
        const double time = value.toDouble();
        if (time <= m_now)
            return ofTime(CheckResult::Pass, Past, time, tr("It says %1."));
        if (time - m_now <= m_tolerance)
            return ofTime(CheckResult::Pass, Ahead, time,
                          tr("It says %1. That is within the tolerance of %2."));
        return ofTime(CheckResult::Fail, Ahead, time, tr("It says %1."));
    }

    Outcome nonce() const
    {
        const QJsonValue value = claim("nonce"_L1);
        if (value.isUndefined())
            return missing("nonce"_L1, !m_expected.nonce.isEmpty());
        if (!value.isString())
            return failed(tr("The nonce is not a string."));
        if (m_expected.nonce.isEmpty())
            return notChecked(tr("The token has one. It is not known which was sent."));
        return Secret::fromText(value.toString()) == Secret::fromText(m_expected.nonce)
                   ? passed(tr("It is the one that was sent."))
                   : failed(tr("It is not the one that was sent."));
    }

    /// OpenID Connect Core 3.1.3.8.
    Outcome accessTokenHash() const
    {
        const QJsonValue value = claim("at_hash"_L1);
        if (value.isUndefined())
            return missing("at_hash"_L1, false);
        if (!value.isString())
            return failed(tr("The at_hash is not a string."));
        if (m_expected.accessToken.isEmpty())
            return notChecked(tr("The token has one. The access token to compare it with is not there."));
        const SignatureAlgorithm *algorithm = findSignatureAlgorithm(m_header.value("alg"_L1).toString());
        if (!algorithm)
            return notChecked(tr("The algorithm that the hash follows is not known."));
        const QByteArrayView token = m_expected.accessToken.bytes();
        const QByteArray hash =
            QCryptographicHash::hash(QByteArray::fromRawData(token.data(), token.size()), algorithm->hash);
        return value.toString() == QString::fromLatin1(toBase64Url(hash.first(hash.size() / 2)))
                   ? passed(tr("It is the hash of the access token."))
                   : failed(tr("It is not the hash of the access token that came with it."));
    }

    /// With scopes and without what only an ID token has. OneLogin calls both kinds JWT.
    bool looksLikeAccessToken() const
    {
        return m_expected.client.isEmpty() && !m_expected.isIdToken &&
               !claim("scope"_L1).toString().isEmpty() && claim("nonce"_L1).isUndefined() &&
               claim("at_hash"_L1).isUndefined();
    }

    /// OpenID Connect Core 3.1.3.7, points 4 and 5, which say nothing of access tokens.
    Outcome authorizedParty() const
    {
        const QJsonValue value = claim("azp"_L1);
        if (isAccessToken(m_header) || looksLikeAccessToken())
            return notChecked(tr("This is an access token. The rule is for ID tokens."));
        if (value.isUndefined()) {
            const std::optional<QStringList> audiences = audiencesOf(claim("aud"_L1));
            const bool isNeeded = audiences && audiences->size() > 1 && !m_expected.audience.isEmpty();
            return isNeeded ? failed(tr("The token is for several audiences and has no azp."))
                            : missing("azp"_L1, false);
        }
        if (!value.isString())
            return failed(tr("The azp is not a string."));
        const QString party = value.toString();
        const QString &client = m_expected.client.isEmpty() ? m_expected.audience : m_expected.client;
        if (client.isEmpty())
            return notChecked(tr("It says %1. No audience was given to compare it with.").arg(shown(party)));
        return party == client
                   ? passed(tr("It is %1.").arg(shown(party)))
                   : failed(tr("The token was issued to %1, not to %2.").arg(shown(party), shown(client)));
    }

    /// OpenID Connect Core 2: whom an ID token is about. Access tokens may be about nobody.
    Outcome subject() const
    {
        if (!m_expected.isIdToken)
            return {};
        const QJsonValue value = claim("sub"_L1);
        if (value.isUndefined())
            return missing("sub"_L1, true);
        if (!value.isString())
            return failed(tr("The sub is not a string."));
        if (value.toString().isEmpty())
            return failed(tr("The sub is empty."));
        return passed({});
    }

    const QJsonObject &m_header;
    const std::optional<QJsonObject> &m_claims;
    const ClaimExpectations &m_expected;
    const TokenTime &m_time;
    double m_now;
    double m_tolerance;
};

} // namespace

std::vector<Check> checkClaims(const QJsonObject &header, const std::optional<QJsonObject> &claims,
                               const ClaimExpectations &expected, const TokenTime &time)
{
    return Checklist(header, claims, expected, time).run();
}

} // namespace latchkey
