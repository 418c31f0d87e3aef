// SPDX-License-Identifier: GPL-3.0-or-later
// What decoding, verifying with a kept key and the checklist of an RS256 token cost, as a multiple of
// libjose's own verify of the same token, which is handed to it ready made. The two take turns, and it is
// the processor's time that counts, so that other work on the machine does not.
#include "jose/claimcheck.h"
#include "jose/josehandle.h"
#include "jose/signingkey.h"
#include "jose/verifier.h"

#include <QJsonArray>
#include <QJsonDocument>
#include <QTextStream>

#include <algorithm>
#include <ctime>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr int kTurns = 800;
constexpr int kTokensATurn = 15;
constexpr double kMostRatio = 1.3;

double processorMicroseconds()
{
    timespec time{};
    ::clock_gettime(CLOCK_THREAD_CPUTIME_ID, &time);
    return static_cast<double>(time.tv_sec) * 1e6 + static_cast<double>(time.tv_nsec) / 1e3;
}

/// Of one call.
template<typename Callable>
double microseconds(Callable callable)
{
    const double start = processorMicroseconds();
    for (int i = 0; i < kTokensATurn; ++i) {
        if (!callable())
            qFatal("A token was refused.");
    }
    return (processorMicroseconds() - start) / kTokensATurn;
}

double median(QList<double> values)
{
    std::sort(values.begin(), values.end());
    return values.at(values.size() / 2);
}

QJsonObject claims(qint64 now)
{
    return {{u"iss"_s, u"https://acme.example.com/oidc/2"_s},
            {u"sub"_s, u"104829301"_s},
            {u"aud"_s, u"client-of-the-benchmark"_s},
            {u"exp"_s, now + 3600},
            {u"iat"_s, now},
            {u"nonce"_s, u"n-0S6_WzA2Mj"_s},
            {u"email"_s, u"jdoe.test@example.com"_s},
            {u"name"_s, u"J Doe"_s},
            {u"groups"_s, QJsonArray{u"billing"_s, u"staff"_s}}};
}

} // namespace

int main()
{
    const QDateTime now = QDateTime::currentDateTimeUtc();
    const Result<SigningKey> key = SigningKey::generate();
    const Result<QByteArray> token =
        key.and_then([&now](const SigningKey &each) { return each.sign(claims(now.toSecsSinceEpoch())); });
    if (!token)
        return 1;

    const QByteArrayList parts = token->split('.');
    const JoseJson jws(json_pack("{s:s, s:s, s:s}", "protected", parts.at(0).constData(), "payload",
                                 parts.at(1).constData(), "signature", parts.at(2).constData()));
    const JoseJson jwk(json_loads(QJsonDocument(key->publicJwk()).toJson().constData(), 0, nullptr));
    const Result<Jwks> set = parseJwks("{\"keys\":[" + QJsonDocument(key->publicJwk()).toJson() + "]}");
    if (!set)
        return 1;
    const Verifier verifier(*set);
    const ClaimExpectations expected{.issuer = u"https://acme.example.com/oidc/2"_s,
                                     .audience = u"client-of-the-benchmark"_s,
                                     .nonce = u"n-0S6_WzA2Mj"_s,
                                     .isIdToken = true};
    const TokenTime time{.now = now};

    QList<double> bare;
    QList<double> whole;
    QList<double> ratios;
    for (int turn = 0; turn < kTurns; ++turn) {
        bare.append(
            microseconds([&] { return jose_jws_ver(nullptr, jws.get(), nullptr, jwk.get(), false); }));
        whole.append(microseconds([&] {
            const Result<DecodedJwt> jwt = decodeJwt(*token);
            return jwt && verifier.verify(*jwt).isValid() &&
                   nothingFailed(checkClaims(jwt->header, jwt->payload, expected, time));
        }));
        ratios.append(whole.back() / bare.back());
    }
    const double ratio = median(ratios);
    QTextStream(stdout) << "libjose's verify " << median(bare) << " us, decode, verify and checklist "
                        << median(whole) << " us, ratio " << ratio << " (at most " << kMostRatio << ")\n";
    return ratio <= kMostRatio ? 0 : 1;
}
