// SPDX-License-Identifier: GPL-3.0-or-later
// A token is pasted and the issuer's keys are there: what lies between its text and the verdict, which must
// fit one frame of a screen with 60 Hz. bench_pastetoken has the same in the window.
#include "jose/signingkey.h"
#include "oidc/tokenjudgement.h"

#include <QElapsedTimer>
#include <QJsonDocument>
#include <QTextStream>

#include <algorithm>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

constexpr int kRounds = 400;
constexpr double kFrame = 16.0; // milliseconds
const QString kIssuer = u"https://acme.example.com/oidc/2"_s;
const QString kClient = u"client-of-the-benchmark"_s;

double median(std::vector<double> times)
{
    std::ranges::sort(times);
    return times.at(times.size() / 2);
}

} // namespace

int main()
{
    const SystemClock clock;
    const qint64 now = clock.now().toSecsSinceEpoch();
    const Result<SigningKey> key = SigningKey::generate();
    const Result<QByteArray> token = key.and_then([now](const SigningKey &each) {
        return each.sign({{u"iss"_s, kIssuer}, {u"aud"_s, kClient}, {u"iat"_s, now}, {u"exp"_s, now + 3600}});
    });
    const Result<Jwks> set = key.and_then([](const SigningKey &each) {
        return parseJwks("{\"keys\":[" + QJsonDocument(each.publicJwk()).toJson() + "]}");
    });
    if (!token || !set)
        return 1;
    const IssuerKeys keys{.issuer = kIssuer, .keys = *set};
    std::vector<double> times;
    for (int round = 0; round < kRounds; ++round) {
        QElapsedTimer timer;
        timer.start();
        const Result<DecodedJws> jws = decodeJws(*token);
        const bool isGood =
            jws &&
            isVerified(judgeToken({.token = *jws,
                                   .expected = {.issuer = kIssuer, .audience = kClient, .isIdToken = true}},
                                  keys, clock)
                           .checks);
        times.push_back(static_cast<double>(timer.nsecsElapsed()) / 1e6);
        if (!isGood)
            return 1;
    }
    const double worst = *std::ranges::max_element(times);
    const double usual = median(std::move(times));
    QTextStream(stdout) << "from the text of a token to its verdict " << usual << " ms, at worst " << worst
                        << " ms, a frame " << kFrame << " ms\n";
    return usual <= kFrame ? 0 : 1;
}
