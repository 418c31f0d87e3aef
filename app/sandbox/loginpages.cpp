// SPDX-License-Identifier: GPL-3.0-or-later
#include "sandbox/loginpages.h"

#include <QCryptographicHash>
#include <QUrl>

namespace latchkey::sandbox {

using namespace Qt::StringLiterals;

namespace {

constexpr char kStyle[] =
    "body{margin:10vh auto;max-width:24em;padding:0 1em;font:1em/1.5 system-ui,sans-serif;"
    "color:#222;background:#fff}label{display:block;margin-top:1em}"
    "input{display:block;width:100%;box-sizing:border-box;padding:.5em;font:inherit}"
    "button{margin:1.5em .5em 0 0;padding:.5em 1.2em;font:inherit}.problem{color:#a4262c}"
    "@media(prefers-color-scheme:dark){body{color:#ddd;background:#1e1e1e}.problem{color:#ff9b9b}}";

/// A browser holds `form-action` against the redirect that answers the form too.
QByteArray contentPolicy(const QString &redirectUri)
{
    const QUrl target(redirectUri, QUrl::StrictMode);
    const QByteArray action = redirectUri.isEmpty()
                                  ? QByteArray("'none'")
                                  : "'self' " + QByteArray(target.scheme().toLatin1() + "://" +
                                                           target.authority(QUrl::FullyEncoded).toLatin1());
    return "default-src 'none'; style-src 'sha256-" +
           QCryptographicHash::hash(kStyle, QCryptographicHash::Sha256).toBase64() +
           "'; base-uri 'none'; frame-ancestors 'none'; form-action " + action;
}

Response page(int status, const QString &title, const QString &content, const QString &redirectUri = {})
{
    const QString html = u"<!DOCTYPE html>\n<html lang=\"en\"><head><meta charset=\"utf-8\">"
                         "<meta name=\"viewport\" content=\"width=device-width\"><title>%1</title>"
                         "<style>%2</style></head>\n<body><h1>%1</h1>\n%3</body></html>\n"_s.arg(
                             title.toHtmlEscaped(), QLatin1StringView(kStyle), content);
    // The form's Origin is that of this page only while a referrer of the same origin is allowed.
    return Response{.status = status, .contentType = "text/html; charset=utf-8", .body = html.toUtf8()}
        .with("Cache-Control", "no-store")
        .with("Referrer-Policy", "same-origin")
        .with("X-Content-Type-Options", "nosniff")
        .with("Content-Security-Policy", contentPolicy(redirectUri));
}

Response formPage(const LoginPage &shown, const QString &fields)
{
    const QString problem =
        shown.problem.isEmpty()
            ? QString()
            : u"<p class=\"problem\" role=\"alert\">%1</p>\n"_s.arg(shown.problem.toHtmlEscaped());
    const QString form =
        u"<p>A tenant in a box, to log in to <b>%1</b>.</p>\n%2<form method=\"post\" "
        u"action=\"/oidc/2/auth?%3\">"
        "%4<button type=\"submit\">Log in</button>"
        "<button type=\"submit\" name=\"action\" value=\"cancel\" formnovalidate>Cancel</button></form>\n"_s
            .arg(shown.appName.toHtmlEscaped(), problem, QString::fromLatin1(shown.query).toHtmlEscaped(),
                 fields);
    return page(shown.problem.isEmpty() ? 200 : 403, u"Sandbox login"_s, form, shown.redirectUri);
}

} // namespace

Response passwordPage(const LoginPage &shown, const QString &username)
{
    return formPage(
        shown, u"<label for=\"username\">User name</label>"
               "<input id=\"username\" name=\"username\" autocomplete=\"username\" required value=\"%1\">"
               "<label for=\"password\">Password</label>"
               "<input id=\"password\" name=\"password\" type=\"password\" "
               "autocomplete=\"current-password\" required>"_s.arg(username.toHtmlEscaped()));
}

Response factorPage(const LoginPage &shown, const QString &stateToken)
{
    return formPage(shown, u"<input type=\"hidden\" name=\"state_token\" value=\"%1\">"
                           "<label for=\"otp\">One-time password</label>"
                           "<input id=\"otp\" name=\"otp\" inputmode=\"numeric\" "
                           "autocomplete=\"one-time-code\" required>"_s.arg(stateToken.toHtmlEscaped()));
}

Response signedOutPage()
{
    return page(200, u"You are logged out"_s, u"<p>You can close this page.</p>\n"_s);
}

Response errorPage(const QString &error, const QString &description, int status)
{
    return page(status, u"This login cannot go on"_s,
                u"<p class=\"problem\"><code>%1</code>: %2</p>\n"_s.arg(error.toHtmlEscaped(),
                                                                        description.toHtmlEscaped()));
}

} // namespace latchkey::sandbox
