// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QNetworkAccessManager>
#include <QNetworkCookieJar>
#include <QNetworkReply>
#include <QRegularExpression>
#include <QTest>
#include <QUrl>
#include <QUrlQuery>

#include <memory>

namespace latchkey {

/// As much of a browser as a login page without scripts needs: cookies, forms, and redirects that the
/// test follows itself.
class FormBrowser
{
public:
    using Fields = QList<std::pair<QString, QString>>;

    struct Page
    {
        int status = 0;
        QUrl url{};
        QUrl redirect{}; ///< where Location points to
        QByteArray body{};
        QHash<QByteArray, QByteArray> headers{}; ///< names in lower case

        QString field(const QString &name) const
        {
            const QRegularExpression input(
                QStringLiteral("<input[^>]* name=\"%1\"[^>]* value=\"([^\"]*)\"").arg(name));
            return unescaped(input.match(QString::fromUtf8(body)).captured(1));
        }
        bool hasField(const QByteArray &name) const { return body.contains(" name=\"" + name + '"'); }
        /// Where the form goes.
        QUrl action() const
        {
            static const QRegularExpression form(QStringLiteral("<form[^>]* action=\"([^\"]*)\""));
            return url.resolved(QUrl(unescaped(form.match(QString::fromUtf8(body)).captured(1))));
        }
        QString problem() const
        {
            static const QRegularExpression text(QStringLiteral("role=\"alert\">([^<]*)<"));
            return unescaped(text.match(QString::fromUtf8(body)).captured(1));
        }
    };

    Page get(const QUrl &url) { return finish(m_network.get(requestFor(url))); }

    Page submit(const Page &page, Fields fields, const QByteArray &origin = {})
    {
        if (page.hasField("state_token"))
            fields.append({QStringLiteral("state_token"), page.field(QStringLiteral("state_token"))});
        QByteArrayList pairs;
        for (const auto &[name, value] : fields)
            pairs.append(QUrl::toPercentEncoding(name) + '=' + QUrl::toPercentEncoding(value));
        QNetworkRequest request = requestFor(page.action());
        request.setHeader(QNetworkRequest::ContentTypeHeader,
                          QByteArray("application/x-www-form-urlencoded"));
        if (!origin.isEmpty())
            request.setRawHeader("Origin", origin);
        return finish(m_network.post(request, pairs.join('&')));
    }

    /// Through the sandbox's login page; where it sends the browser in the end.
    QUrl logIn(const QUrl &authorization, const QString &username, const QString &password,
               const QString &otp = {})
    {
        Page page = get(authorization);
        if (page.hasField("password"))
            page = submit(page,
                          {{QStringLiteral("username"), username}, {QStringLiteral("password"), password}});
        if (page.hasField("otp"))
            page = submit(page, {{QStringLiteral("otp"), otp}});
        return page.redirect;
    }

    void forgetCookies() { m_network.setCookieJar(new QNetworkCookieJar); }

private:
    static QString unescaped(QString html)
    {
        return html.replace(QLatin1StringView("&quot;"), QLatin1StringView("\""))
            .replace(QLatin1StringView("&lt;"), QLatin1StringView("<"))
            .replace(QLatin1StringView("&gt;"), QLatin1StringView(">"))
            .replace(QLatin1StringView("&amp;"), QLatin1StringView("&"));
    }

    static QNetworkRequest requestFor(const QUrl &url)
    {
        QNetworkRequest request(url);
        request.setAttribute(QNetworkRequest::RedirectPolicyAttribute, QNetworkRequest::ManualRedirectPolicy);
        return request;
    }

    static Page finish(QNetworkReply *started)
    {
        const std::unique_ptr<QNetworkReply> reply(started);
        if (!QTest::qWaitFor([&reply] { return reply->isFinished(); }, 30'000))
            return {};
        Page page{.status = reply->attribute(QNetworkRequest::HttpStatusCodeAttribute).toInt(),
                  .url = reply->url(),
                  .redirect = QUrl::fromEncoded(reply->rawHeader("Location"), QUrl::StrictMode),
                  .body = reply->readAll()};
        for (const auto &[name, value] : reply->rawHeaderPairs())
            page.headers.insert(name.toLower(), value);
        return page;
    }

    QNetworkAccessManager m_network{};
};

/// The value of a parameter of the query; empty where it is absent.
inline QString parameterOf(const QUrl &url, const QString &name)
{
    QString value = QUrlQuery(url).queryItemValue(name, QUrl::FullyEncoded).replace(u'+', u' ');
    return QUrl::fromPercentEncoding(value.toLatin1());
}

} // namespace latchkey
