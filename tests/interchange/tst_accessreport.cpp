// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/accessreport.h"

#include "core/plaintext.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// Who may get what, for people who have no account at the tenant.
class TestAccessReport : public QObject
{
    Q_OBJECT

private slots:
    void writesOneRowAGrant();
    void disarmsFormulasAndMarkup();
    void noNameSteersATerminal();
    void saysWhatNobodyHas();

private:
    static AccessReport report(const QString &appName)
    {
        return {.tenant = {.name = u"acme"_s, .baseUrl = QUrl(u"http://127.0.0.1:1"_s)},
                .readAt = QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate),
                .servers = {{.server = {.id = {5}, .name = u"Zoo"_s, .resourceIdentifier = u"z"_s}},
                            {.server = {.id = {4}, .name = u"Invoices, all"_s, .resourceIdentifier = u"i"_s},
                             .scopes = {{.id = {31}, .value = u"read"_s, .description = u"Look"_s},
                                        {.id = {32}, .value = u"write"_s},
                                        {.id = {33}, .value = u"sell"_s}},
                             .clientApps = {{.id = {2}, .name = u"none"_s},
                                            {.id = {1}, .name = appName, .scopes = {{31}, {32}}}}}}};
    }
};

void TestAccessReport::writesOneRowAGrant()
{
    QCOMPARE(accessReportCsv(report(u"alpha"_s)),
             "tenant,server,resource_identifier,app,app_id,scope,description\r\n"
             "acme,\"Invoices, all\",i,alpha,1,read,Look\r\n"
             "acme,\"Invoices, all\",i,alpha,1,write,\r\n"
             "acme,\"Invoices, all\",i,none,2,,\r\n");
}

void TestAccessReport::disarmsFormulasAndMarkup()
{
    const AccessReport hostile = report(u"=1+<script>alert(1)</script>"_s);
    QVERIFY(accessReportCsv(hostile).contains("'=1+"));
    const QByteArray html = accessReportHtml(hostile);
    QVERIFY(!html.contains("<script"));
    QVERIFY(html.contains("=1+&lt;script&gt;"));
    QVERIFY(html.contains("default-src 'none'"));
}

void TestAccessReport::noNameSteersATerminal()
{
    AccessReport hostile = report(u"a\u001b[2J\u009b\u202eb\nc"_s);
    ServerGrants &grants = hostile.servers.back();
    hostile.tenant.name = grants.server.name = grants.server.resourceIdentifier = u"x\u009by"_s;
    for (Scope &scope : grants.scopes)
        scope.value = scope.description = u"x\u202ey%1"_s.arg(scope.id.value);
    for (const QByteArray &text : {accessReportCsv(hostile), accessReportHtml(hostile)}) {
        QVERIFY(text.contains("a‹U+001B›[2J‹U+009B›‹U+202E›b‹U+000A›c"));
        QVERIFY(!hasControls(QString::fromUtf8(text).remove(u'\r').remove(u'\n')));
    }
}

void TestAccessReport::saysWhatNobodyHas()
{
    const QByteArray html = accessReportHtml(report(u"alpha"_s));
    QVERIFY(html.contains("<code>sell</code></p>"));
    QVERIFY(html.contains("2026-01-02T03:04:05Z"));
    QVERIFY(html.indexOf("Invoices, all") < html.indexOf("Zoo"));
    // Every element is closed in its order.
    QXmlStreamReader xml(
        html.sliced(html.indexOf("<body>"), html.indexOf("</html>") - html.indexOf("<body>")));
    while (!xml.atEnd())
        xml.readNext();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
}

QTEST_GUILESS_MAIN(TestAccessReport)
#include "tst_accessreport.moc"
