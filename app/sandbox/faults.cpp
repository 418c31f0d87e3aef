// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/faults.h"

#include <QStringList>

#include <limits>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr int kLongestDelay = 3'600'000;

std::optional<int> numberIn(const QString &text, int least, int most)
{
    bool ok = false;
    const int number = text.toInt(&ok);
    return ok && number >= least && number <= most ? std::optional(number) : std::nullopt;
}

struct Field
{
    QString name{};
    QString value{};
};

Field fieldOf(const QString &text)
{
    const qsizetype equals = text.indexOf(u'=');
    return equals < 0 ? Field{.name = text} : Field{text.first(equals), text.sliced(equals + 1)};
}

/// What is wrong; empty: nothing.
QString readKind(const Field &field, Fault &fault)
{
    using Kind = Fault::Kind;
    if (field.name == "delay"_L1 || field.name == "status"_L1) {
        const bool isDelay = field.name == "delay"_L1;
        const int least = isDelay ? 0 : 400;
        const int most = isDelay ? kLongestDelay : 599;
        fault.kind = isDelay ? Kind::Delay : Kind::Status;
        const std::optional<int> number = numberIn(field.value, least, most);
        fault.number = number.value_or(0);
        return number ? QString()
                      : u"%1: a number from %2 to %3 is needed"_s.arg(field.name).arg(least).arg(most);
    }
    if (field.name == "html"_L1)
        fault.kind = Kind::Html;
    else if (field.name == "cut"_L1)
        fault.kind = Kind::Cut;
    else if (field.name == "silence"_L1)
        fault.kind = Kind::Silence;
    else
        return u"a fault begins with delay=MS, status=CODE, html, cut or silence, not with '%1'"_s.arg(
            field.name);
    return field.value.isEmpty() ? QString() : u"%1 takes no value"_s.arg(field.name);
}

QString readCondition(const Field &field, Fault &fault)
{
    if (field.name == "method"_L1 && !field.value.isEmpty()) {
        fault.method = field.value.toUpper().toUtf8();
    } else if (field.name == "path"_L1 && field.value.startsWith(u'/')) {
        fault.path = field.value;
    } else if (field.name == "times"_L1) {
        fault.times = numberIn(field.value, 1, std::numeric_limits<int>::max());
        return fault.times ? QString() : u"times: a number from 1 is needed"_s;
    } else {
        return u"method=M, path=/START and times=N say when a fault is played, not '%1'"_s.arg(field.name);
    }
    return {};
}

bool isMeantFor(const Fault &fault, const Request &request)
{
    return fault.times.value_or(1) > 0 && (fault.method.isEmpty() || fault.method == request.method) &&
           request.path.startsWith(fault.path);
}

/// In the dialect of what was asked.
Response errorFor(const Request &request, int status)
{
    const QString message = u"A fault of this sandbox, as --fault asks for it."_s;
    if (request.path.startsWith("/oidc/"_L1))
        return oauthError(status, u"server_error"_s, message);
    if (request.path.startsWith("/api/2/"_L1))
        return apiError(status, message);
    return envelopeError(status, message);
}

Response playInstead(const Fault &fault, const Request &request, const Faults::Handler &tenant)
{
    switch (fault.kind) {
    case Fault::Kind::Status:
        return errorFor(request, fault.number);
    case Fault::Kind::Html:
        return {.status = 502,
                .contentType = "text/html; charset=utf-8",
                .body = "<!DOCTYPE html><title>Bad gateway</title><h1>Bad gateway</h1>"};
    case Fault::Kind::Cut:
    case Fault::Kind::Silence:
    case Fault::Kind::Delay:
        break;
    }
    Response response = tenant(request);
    if (fault.kind == Fault::Kind::Cut)
        response.body.truncate(response.body.size() / 2);
    response.isSent = fault.kind != Fault::Kind::Silence;
    return response;
}

} // namespace

Result<Fault> Fault::parse(const QString &text)
{
    const QStringList fields = text.split(u',');
    Fault fault;
    QString problem = readKind(fieldOf(fields.constFirst()), fault);
    for (qsizetype i = 1; i < fields.size() && problem.isEmpty(); ++i)
        problem = readCondition(fieldOf(fields.at(i)), fault);
    if (!problem.isEmpty())
        return fail(ErrorKind::InvalidInput, u"--fault %1: %2"_s.arg(text, problem));
    return fault;
}

Response Faults::answer(const Request &request, const Handler &tenant)
{
    std::chrono::milliseconds delay{0};
    std::optional<Fault> instead;
    for (Fault &fault : m_faults) {
        if (!isMeantFor(fault, request) || (fault.kind != Fault::Kind::Delay && instead))
            continue;
        if (fault.times)
            --*fault.times;
        if (fault.kind == Fault::Kind::Delay)
            delay += std::chrono::milliseconds(fault.number);
        else
            instead = fault;
    }
    Response response = instead ? playInstead(*instead, request, tenant) : tenant(request);
    response.delay = delay;
    return response;
}

} // namespace latchkey::sandbox
