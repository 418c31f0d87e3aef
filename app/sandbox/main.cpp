// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/announcement.h"
#include "sandbox/endings.h"
#include "sandbox/faults.h"
#include "sandbox/httpfront.h"
#include "sandbox/options.h"
#include "sandbox/router.h"

#include <QCoreApplication>

#include <cstdio>

using namespace latchkey;
using namespace latchkey::sandbox;
using namespace Qt::StringLiterals;

namespace {

constexpr int kFailed = 1;
constexpr int kUsage = 2;

void print(std::FILE *stream, const QByteArray &text)
{
    std::fwrite(text.constData(), 1, static_cast<size_t>(text.size()), stream);
    std::fflush(stream);
}

int complain(int code, const QString &message)
{
    print(stderr, "latchkey-sandbox: " + message.toLocal8Bit() + '\n');
    return code;
}

int serve(const Options &options)
{
    Result<SigningKey> key = SigningKey::generate();
    if (!key)
        return complain(kFailed, key.error().message);

    const OffsetClock clock(options.clockOffset);
    Random random(options.seedNumber);
    Tenant tenant(clock, random, *std::move(key), options.callsPerHour);
    tenant.strict = options.strict;
    tenant.disableDelay = options.disableDelay;
    tenant.directory = seedDirectory(random, clock.now(), options.extras);

    Router router(tenant);
    Faults faults(options.faults);
    HttpFront front([&](const Request &request) {
        Response response =
            faults.answer(request, [&router](const Request &each) { return router.answer(each); });
        if (!options.quiet)
            print(stderr, request.method + ' ' + request.path.toUtf8() + ' ' +
                              QByteArray::number(response.status) + '\n');
        return response;
    });
    QByteArray certificate;
    if (options.tls) {
        const Result<TlsIdentity> identity = TlsIdentity::generate();
        if (!identity)
            return complain(kFailed, identity.error().message);
        front.setIdentity(*identity);
        certificate = identity->certificate;
    }
    const Result<quint16> port = front.listen(options.port);
    if (!port)
        return complain(kFailed,
                        u"cannot listen on 127.0.0.1:%1: %2"_s.arg(options.port).arg(port.error().message));
    tenant.baseUrl = u"%1://127.0.0.1:%2"_s.arg(options.tls ? u"https"_s : u"http"_s).arg(*port);

    onTerminationSignal(qApp, &QCoreApplication::quit);
    if (options.withParent)
        onInputClosed(qApp, &QCoreApplication::quit);
    print(stdout, announcement(tenant, certificate));
    return QCoreApplication::exec();
}

} // namespace

int main(int argc, char **argv)
{
    QCoreApplication app(argc, argv);
    QCoreApplication::setApplicationName(u"latchkey-sandbox"_s);
    const Result<Options> options = Options::parse(QCoreApplication::arguments());
    if (!options) {
        return complain(kUsage,
                        options.error().message + u"\nTry 'latchkey-sandbox --help' for more information."_s);
    }
    if (!options->print.isEmpty()) {
        print(stdout, options->print.toLocal8Bit());
        return 0;
    }
    return serve(*options);
}
