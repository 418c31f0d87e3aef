// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/router.h"

#include "sandbox/authroutes.h"
#include "sandbox/oidcroutes.h"
#include "sandbox/portalroutes.h"

#include <QLocale>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr qsizetype kCachedAnswers = 2000;

std::optional<std::vector<qint64>> match(const ApiRoute &route, const QList<QStringView> &segments)
{
    const QString pattern(route.path);
    const QList<QStringView> expected = QStringView(pattern).split(u'/');
    if (expected.size() != segments.size())
        return std::nullopt;
    std::vector<qint64> ids;
    for (qsizetype i = 0; i < expected.size(); ++i) {
        if (expected.at(i) == u"*") {
            bool ok = false;
            ids.push_back(segments.at(i).toLongLong(&ok));
            if (!ok)
                return std::nullopt;
        } else if (expected.at(i) != segments.at(i)) {
            return std::nullopt;
        }
    }
    return ids;
}

QByteArray httpDate(const QDateTime &time)
{
    return QLocale::c().toString(time.toUTC(), u"ddd, dd MMM yyyy hh:mm:ss 'GMT'"_s).toLatin1();
}

bool isVersion1(const Request &request)
{
    return request.path.startsWith("/api/1/"_L1);
}

} // namespace

Response notFound()
{
    return apiError(404, u"The resource with the given id could not be found"_s);
}

Response invalid(const QString &what)
{
    return apiError(422, "Validation failed: "_L1 + what);
}

Response versionedError(const Request &request, int status, const QString &message)
{
    return isVersion1(request) ? envelopeError(status, message) : apiError(status, message);
}

Response unauthorized(const Request &request)
{
    return versionedError(request, 401,
                          isVersion1(request) ? u"Authentication Failure"_s : u"Unauthorized"_s);
}

Router::Router(Tenant &tenant)
    : m_tenant(tenant)
{
    for (auto &&routes : {apiAuthRoutes(), clientAppRoutes(), appRoutes(), userRoutes(), loginRoutes()})
        m_routes.insert(m_routes.end(), routes.begin(), routes.end());
}

Response Router::answer(const Request &request)
{
    // A login changes a user too, so every method that may write drops the cache, wherever it goes.
    if (m_tenant.catchUp() || request.method != "GET")
        m_cache.clear();
    Response response = answerArea(request);
    response.headers.emplace_back("x-request-id", m_tenant.random.hex(32).toLatin1());
    response.headers.emplace_back("Date", httpDate(m_tenant.clock.now()));
    return response;
}

Response Router::answerArea(const Request &request)
{
    if (request.path.startsWith("/auth/"_L1))
        return answerAuth(m_tenant, request);
    if (request.path.startsWith("/oidc/2/"_L1))
        return answerOidc(m_tenant, request);
    if (isVersion1(request) || request.path.startsWith("/api/2/"_L1))
        return answerApi(request);
    if (request.path.startsWith("/sandbox/portal/"_L1))
        return answerPortal(m_tenant, request);
    return envelopeError(404, u"No Route Exists"_s);
}

Response Router::answerApi(const Request &request)
{
    const Pair *pair = pairOfToken(m_tenant, bearerToken(request, " "_L1));
    if (!pair)
        return unauthorized(request);

    const bool withinLimit = m_tenant.rateLimit.take();
    const Headers limits = isVersion1(request) ? rateLimitHeaders(m_tenant.rateLimit) : Headers{};
    Response response = isVersion1(request) ? envelopeError(404, u"No Route Exists"_s) : notFound();
    if (!withinLimit) {
        response = versionedError(request, 429, u"Too Many Requests"_s);
    } else {
        const QList<QStringView> segments = QStringView(request.path).split(u'/');
        for (const ApiRoute &route : m_routes) {
            if (route.method != request.method)
                continue;
            if (auto ids = match(route, segments)) {
                const bool allowed =
                    (m_tenant.strict ? route.strictLevels : route.levels).contain(pair->level);
                response = allowed ? answerRoute(route, {request, pair->level, *std::move(ids)})
                                   : unauthorized(request);
                break;
            }
        }
    }
    response.headers.insert(response.headers.end(), limits.begin(), limits.end());
    return response;
}

Response Router::answerRoute(const ApiRoute &route, const ApiCall &call)
{
    if (call.request.method != "GET")
        return route.answer(m_tenant, call);
    const QByteArray key = call.request.path.toUtf8() + '?' + call.request.query;
    const auto cached = m_cache.constFind(key);
    if (cached != m_cache.constEnd())
        return *cached;
    const Response response = route.answer(m_tenant, call);
    if (m_cache.size() >= kCachedAnswers)
        m_cache.clear();
    m_cache.insert(key, response);
    return response;
}

} // namespace latchkey::sandbox
