// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/options.h"

#include <QCommandLineParser>

#include <limits>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

/// Reads whole numbers out of options and remembers the first that is none.
class NumberReader
{
public:
    explicit NumberReader(const QCommandLineParser &parser)
        : m_parser(parser)
    {
    }

    qint64 read(const QString &name, qint64 fallback, qint64 least, qint64 most)
    {
        if (!m_parser.isSet(name))
            return fallback;
        bool ok = false;
        const qint64 number = m_parser.value(name).toLongLong(&ok);
        if (ok && number >= least && number <= most)
            return number;
        if (m_problem.isEmpty())
            m_problem = u"--%1: a number from %2 to %3 is needed"_s.arg(name).arg(least).arg(most);
        return fallback;
    }

    QString problem() const { return m_problem; }

private:
    const QCommandLineParser &m_parser;
    QString m_problem{};
};

void declare(QCommandLineParser &parser)
{
    parser.setApplicationDescription(
        u"A OneLogin tenant in a box, on the loopback address. Its first line on standard output is a JSON "
        "object that says where it listens and how to get in."_s);
    parser.setOptionsAfterPositionalArgumentsMode(QCommandLineParser::ParseAsOptions);
    const auto add = [&parser](const QString &name, const QString &text, const QString &value = {}) {
        parser.addOption(QCommandLineOption(name, text, value));
    };
    add(u"port"_s, u"Listen on this port; 0, the default, takes any free one."_s, u"N"_s);
    add(u"servers"_s, u"Add N authorization servers."_s, u"N"_s);
    add(u"apps"_s, u"Add N OIDC apps, all of them client apps of the server \"Scale API\"."_s, u"N"_s);
    add(u"scopes"_s, u"Give the server \"Scale API\" N scopes."_s, u"N"_s);
    add(u"seed-number"_s, u"Make the same ids and secrets at every start."_s, u"N"_s);
    add(u"clock-offset"_s,
        u"Put the tenant's clock forward by this many seconds; a negative number puts it back."_s,
        u"SECONDS"_s);
    add(u"rate-limit"_s, u"Allow N calls an hour; 5000 by default, 0 for no limit."_s, u"N"_s);
    add(u"disable-delay"_s,
        u"Let a disabled credential work for this long; 5 by default, 0 ends it at once."_s, u"SECONDS"_s);
    add(u"fault"_s,
        u"Answer badly on purpose: delay=MS, status=CODE, html, cut (half an answer) or silence, and behind "
        u"it "
        "any of ,method=M ,path=/START ,times=N that say when. May stand several times."_s,
        u"SPEC"_s);
    add(u"strict"_s, u"Only Manage All reads authorization servers, and a client app needs a scope."_s);
    add(u"tls"_s, u"Serve https; the first line has the certificate to trust, as PEM."_s);
    add(u"with-parent"_s, u"End when standard input closes."_s);
    add(u"quiet"_s, u"Do not write a line for each request to standard error."_s);
    add(u"help"_s, u"Show this help."_s);
    add(u"version"_s, u"Show the version."_s);
}

} // namespace

Result<Options> Options::parse(const QStringList &arguments)
{
    QCommandLineParser parser;
    declare(parser);
    if (!parser.parse(arguments))
        return fail(ErrorKind::InvalidInput, parser.errorText());
    if (!parser.positionalArguments().isEmpty())
        return fail(ErrorKind::InvalidInput,
                    u"unexpected argument '%1'"_s.arg(parser.positionalArguments().constFirst()));
    if (parser.isSet(u"help"_s))
        return Options{.print = parser.helpText()};
    if (parser.isSet(u"version"_s))
        return Options{.print = u"latchkey-sandbox %1\n"_s.arg(QLatin1StringView(LATCHKEY_VERSION))};

    constexpr qint64 kMostRecords = 1'000'000;
    constexpr qint64 kCentury = 3'155'760'000;
    NumberReader numbers(parser);
    Options options{.port = static_cast<quint16>(numbers.read(u"port"_s, 0, 0, 65535)),
                    .extras = {.servers = static_cast<int>(numbers.read(u"servers"_s, 0, 0, kMostRecords)),
                               .apps = static_cast<int>(numbers.read(u"apps"_s, 0, 0, kMostRecords)),
                               .scopes = static_cast<int>(numbers.read(u"scopes"_s, 0, 0, kMostRecords))},
                    .clockOffset =
                        std::chrono::seconds(numbers.read(u"clock-offset"_s, 0, -kCentury, kCentury)),
                    .callsPerHour = static_cast<int>(numbers.read(u"rate-limit"_s, 5000, 0, kMostRecords)),
                    .disableDelay = std::chrono::seconds(numbers.read(u"disable-delay"_s, 5, 0, kCentury)),
                    .strict = parser.isSet(u"strict"_s),
                    .tls = parser.isSet(u"tls"_s),
                    .withParent = parser.isSet(u"with-parent"_s),
                    .quiet = parser.isSet(u"quiet"_s)};
    if (parser.isSet(u"seed-number"_s))
        options.seedNumber =
            static_cast<quint32>(numbers.read(u"seed-number"_s, 0, 0, std::numeric_limits<quint32>::max()));
    if (!numbers.problem().isEmpty())
        return fail(ErrorKind::InvalidInput, numbers.problem());
    const QStringList faults = parser.values(u"fault"_s);
    for (const QString &text : faults) {
        Result<Fault> fault = Fault::parse(text);
        if (!fault)
            return fail(fault.error());
        options.faults.push_back(*std::move(fault));
    }
    return options;
}

} // namespace latchkey::sandbox
