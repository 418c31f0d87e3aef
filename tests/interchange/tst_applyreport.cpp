// SPDX-License-Identifier: GPL-3.0-or-later
#include "interchange/applyreport.h"

#include "core/plaintext.h"

#include <QTest>
#include <QXmlStreamReader>

using namespace latchkey;
using namespace Qt::StringLiterals;

/// What was applied, for the file of a change request.
class TestApplyReport : public QObject
{
    Q_OBJECT

private slots:
    void writesOneRowAScope();
    void disarmsFormulasAndMarkup();
    void noNameSteersATerminal();
    void saysWhatBecameOfEachApp();

private:
    static ApplyReport report(const QString &appName)
    {
        const QDateTime at = QDateTime::fromString(u"2026-01-02T03:04:05Z"_s, Qt::ISODate);
        const JournalRow stored{.change = {.action = GrantAction::AddClientApp,
                                           .app = {1},
                                           .appName = appName,
                                           .after = {ScopeId{31}}},
                                .state = JournalState::Proven,
                                .stateAt = at.addSecs(1),
                                .found = ScopeSet{ScopeId{31}}};
        const JournalRow partly{.change = {.app = {2},
                                           .appName = u"portal"_s,
                                           .before = {ScopeId{31}, ScopeId{32}},
                                           .after = {ScopeId{33}}},
                                .state = JournalState::NotStored,
                                .stateAt = at.addSecs(2),
                                .reason = u"The tenant said no."_s,
                                .requestId = u"5f20c1be"_s,
                                .found = ScopeSet{ScopeId{31}}};
        const JournalRow removed{
            .change = {.action = GrantAction::RemoveClientApp, .app = {3}, .appName = u"old"_s},
            .state = JournalState::Skipped};
        return {.tenant = {.name = u"acme"_s, .baseUrl = QUrl(u"http://127.0.0.1:1"_s)},
                .entry = {.id = {7},
                          .serverName = u"Invoices, all"_s,
                          .who = u"grants-admin"_s,
                          .scopeValues = {{{31}, u"read"_s}, {{32}, u"write"_s}, {{33}, u"sell"_s}},
                          .at = at,
                          .rows = {stored, partly, removed}}};
    }
};

void TestApplyReport::writesOneRowAScope()
{
    const QByteArray head = "acme,\"Invoices, all\",7,2026-01-02T03:04:05Z,grants-admin,";
    const QByteArray reason = ",2026-01-02T03:04:07Z,5f20c1be,The tenant said no.\r\n";
    QCOMPARE(applyReportCsv(report(u"alpha"_s)),
             "tenant,server,entry,begun_at,credential,app,app_id,action,change,scope,state,state_at,"
             "request_id,reason\r\n" +
                 head + "alpha,1,add_client,add,read,proven,2026-01-02T03:04:06Z,,\r\n" + head +
                 "portal,2,update_client,add,sell,not_stored" + reason + head +
                 "portal,2,update_client,remove,read,not_stored" + reason + head +
                 "portal,2,update_client,remove,write,proven" + reason + head +
                 "old,3,remove_client,remove,,skipped,,,\r\n");
}

void TestApplyReport::disarmsFormulasAndMarkup()
{
    const ApplyReport hostile = report(u"=1+<script>alert(1)</script>"_s);
    QVERIFY(applyReportCsv(hostile).contains("'=1+"));
    const QByteArray html = applyReportHtml(hostile);
    QVERIFY(!html.contains("<script"));
    QVERIFY(html.contains("=1+&lt;script&gt;"));
    QVERIFY(html.contains("default-src 'none'"));
}

void TestApplyReport::noNameSteersATerminal()
{
    ApplyReport hostile = report(u"a\u001b[2J\u009b\u202eb\nc"_s);
    hostile.tenant.name = hostile.entry.serverName = hostile.entry.who = u"x\u009by"_s;
    hostile.entry.rows[1].reason = hostile.entry.rows[1].requestId = u"x\u202ey"_s;
    hostile.entry.scopeValues[{31}] = u"x\u202ey"_s;
    for (const QByteArray &text : {applyReportCsv(hostile), applyReportHtml(hostile)}) {
        QVERIFY(text.contains("a‹U+001B›[2J‹U+009B›‹U+202E›b‹U+000A›c"));
        QVERIFY(!hasControls(QString::fromUtf8(text).remove(u'\r').remove(u'\n')));
    }
}

void TestApplyReport::saysWhatBecameOfEachApp()
{
    const QByteArray html = applyReportHtml(report(u"alpha"_s));
    QVERIFY(html.contains("<td>Add</td><td><code>read</code></td><td>verified</td>"));
    QVERIFY(html.contains("<td>Remove</td><td><code>read</code></td><td>not stored</td>"));
    QVERIFY(html.contains("The tenant said no. Request ID 5f20c1be"));
    QVERIFY(html.contains("<em>the client app itself</em></td><td>not sent</td>"));
    QVERIFY(html.contains("2026-01-02T03:04:05Z with the API credential grants-admin. Entry 7"));
    // Every element is closed in its order.
    QXmlStreamReader xml(
        html.sliced(html.indexOf("<body>"), html.indexOf("</html>") - html.indexOf("<body>")));
    while (!xml.atEnd())
        xml.readNext();
    QVERIFY2(!xml.hasError(), qPrintable(xml.errorString()));
}

QTEST_GUILESS_MAIN(TestApplyReport)
#include "tst_applyreport.moc"
