// SPDX-License-Identifier: GPL-3.0-or-later
#include "activity/activitymodel.h"
#include "activity/activitypanel.h"
#include "onelogin/tokensource.h"
#include "style/latchkeystyle.h"
#include "support/waitfor.h"
#include "translations.h"
#include "ui/appfixture.h"
#include "widgets/codeblock.h"
#include "widgets/confirmdialog.h"
#include "widgets/curltext.h"

#include <QAbstractItemModelTester>
#include <QClipboard>
#include <QProcess>
#include <QPushButton>
#include <QStandardPaths>
#include <QTableView>
#include <QToolButton>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

Exchange exchange(quint64 number, const QString &method, const QString &path, int status)
{
    Exchange made;
    made.number = number;
    made.startedAt =
        QDateTime(QDate(2026, 1, 2), QTime(3, 4, 5), Qt::UTC).addSecs(static_cast<qint64>(number));
    made.askedBy = u"directory-sync, get token"_s;
    made.method = method;
    made.url = QUrl(u"http://127.0.0.1:1234"_s + path);
    made.status = status;
    made.statusText = status == 200 ? u"OK"_s : QString();
    made.requestId = u"req-%1"_s.arg(number);
    return made;
}

} // namespace

class TestActivity : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { failOnWarnings(); }

    void forgetsTheOldestWhenFull();
    void isBoundByItsBytesToo();
    void showsTheNewestFirstAndCounts();
    void filtersByKindAndText();
    void holdsNewOnesBackWhileScrolled();
    void writesCurl_data();
    void writesCurl();
    void curlRunsAgainstATenant();
    void panelShowsAndCopiesTheChosenExchange();
    void panelClearsAfterAsking();
};

void TestActivity::forgetsTheOldestWhenFull()
{
    ActivityLog log(2);
    ActivityModel model(log);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    for (quint64 number = 1; number <= 3; ++number)
        log.append(exchange(number, u"GET"_s, u"/a"_s, 200));
    QCOMPARE(log.exchanges().size(), size_t(2));
    QCOMPARE(log.exchanges().front().number, quint64(2));
    QCOMPARE(model.rowCount(), 2);
    QCOMPARE(model.counts().all, 2);
    QCOMPARE(model.at(1).number, quint64(2));
}

void TestActivity::isBoundByItsBytesToo()
{
    ActivityLog log(100, 10'000);
    ActivityModel model(log);
    for (quint64 number = 1; number <= 9; ++number) {
        Exchange each = exchange(number, number % 2 == 0 ? u"POST"_s : u"GET"_s, u"/a"_s, 200);
        each.responseBody = QString(1500, u'x'); // 3,000 bytes
        log.append(each);
    }
    QCOMPARE(log.exchanges().size(), size_t(3));
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.counts().all, 3);
    QCOMPARE(model.counts().writes, 1);
    Exchange large = exchange(10, u"GET"_s, u"/a"_s, 500);
    large.responseBody = QString(8000, u'x');
    log.append(large);
    QCOMPARE(log.exchanges().size(), size_t(1)); // the newest stays whatever its size
    QCOMPARE(model.counts().errors, 1);
    log.clear();
    log.append(exchange(11, u"GET"_s, u"/a"_s, 200));
    log.append(exchange(12, u"GET"_s, u"/a"_s, 200));
    QCOMPARE(log.exchanges().size(), size_t(2));
}

void TestActivity::showsTheNewestFirstAndCounts()
{
    ActivityLog log;
    ActivityModel model(log);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    log.append(exchange(1, u"GET"_s, u"/auth/rate_limit"_s, 200));
    log.append(exchange(2, u"POST"_s, u"/oidc/2/token"_s, 401));
    log.append(exchange(3, u"GET"_s, u"/api/2/apps"_s, 0));
    QCOMPARE(model.at(0).number, quint64(3));
    QCOMPARE(model.counts().all, 3);
    QCOMPARE(model.counts().writes, 1);
    QCOMPARE(model.counts().errors, 2);
    QCOMPARE(model.index(0, ActivityModel::Status).data().toString(), u"None"_s);
    QCOMPARE(model.index(1, ActivityModel::Path).data().toString(), u"/oidc/2/token"_s);
}

void TestActivity::filtersByKindAndText()
{
    ActivityLog log;
    ActivityModel model(log);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    log.append(exchange(1, u"GET"_s, u"/auth/rate_limit"_s, 200));
    log.append(exchange(2, u"POST"_s, u"/oidc/2/token"_s, 401));
    model.setFilter(ActivityModel::Kind::Errors, {});
    QCOMPARE(model.rowCount(), 1);
    model.setFilter(ActivityModel::Kind::All, u" RATE "_s);
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.at(0).number, quint64(1));
    model.setFilter(ActivityModel::Kind::All, u"req-2"_s);
    QCOMPARE(model.at(0).number, quint64(2));
    log.append(exchange(3, u"GET"_s, u"/other"_s, 200));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.counts().all, 3);
}

void TestActivity::holdsNewOnesBackWhileScrolled()
{
    ActivityLog log;
    ActivityModel model(log);
    const QAbstractItemModelTester tester(&model, QAbstractItemModelTester::FailureReportingMode::QtTest);
    log.append(exchange(1, u"GET"_s, u"/a"_s, 200));
    model.setHeld(true);
    log.append(exchange(2, u"GET"_s, u"/b"_s, 200));
    log.append(exchange(3, u"GET"_s, u"/c"_s, 200));
    QCOMPARE(model.rowCount(), 1);
    QCOMPARE(model.waiting(), 2);
    model.setHeld(false);
    QCOMPARE(model.rowCount(), 3);
    QCOMPARE(model.at(0).number, quint64(3));
    QCOMPARE(model.waiting(), 0);
}

void TestActivity::writesCurl_data()
{
    QTest::addColumn<QString>("method");
    QTest::addColumn<QString>("path");
    QTest::addColumn<QString>("authorization");
    QTest::addColumn<QString>("body");
    QTest::addColumn<QString>("expected");
    QTest::newRow("get with a token") << u"GET"_s << u"/api/2/apps?limit=10&name=a%26b"_s
                                      << u"bearer ‹redacted, 64 characters›"_s << QString()
                                      << u"curl \"$OL_URL/api/2/apps?limit=10&name=a%26b\" \\\n"
                                         u"  -H \"Authorization: bearer $OL_TOKEN\""_s;
    QTest::newRow("rate limit")
        << u"GET"_s << u"/auth/rate_limit"_s << u"bearer:‹redacted, 64 characters›"_s << QString()
        << u"curl \"$OL_URL/auth/rate_limit\" \\\n  -H \"Authorization: bearer:$OL_TOKEN\""_s;
    QTest::newRow("basic and json") << u"POST"_s << u"/auth/oauth2/v2/token"_s
                                    << u"Basic ‹redacted, 64 characters›"_s
                                    << u"{\"grant_type\":\"client_credentials\"}"_s
                                    << u"curl -X POST \"$OL_URL/auth/oauth2/v2/token\" \\\n"
                                       u"  -u \"$OL_CLIENT_ID:$OL_CLIENT_SECRET\" \\\n"
                                       u"  -d '{\"grant_type\":\"client_credentials\"}'"_s;
    QTest::newRow("secret in json") << u"POST"_s << u"/auth/oauth2/revoke"_s << QString()
                                    << u"{\"access_token\": \"‹redacted, 64 characters›\"}"_s
                                    << u"curl -X POST \"$OL_URL/auth/oauth2/revoke\" \\\n"
                                       u"  -d '{\"access_token\": \"'\"$OL_TOKEN\"'\"}'"_s;
    QTest::newRow("secrets in a form")
        << u"POST"_s << u"/oidc/2/token"_s << QString()
        << u"grant_type=password&username=jdoe.test&password=‹redacted, 9 characters›&client_secret=‹redacted, 3 characters›"_s
        << u"curl -X POST \"$OL_URL/oidc/2/token\" \\\n"
           u"  -d 'grant_type=password&username=jdoe.test&password='\"$OL_PASSWORD\"'&client_secret='\"$OL_CLIENT_SECRET\""_s;
    QTest::newRow("quote in the body")
        << u"PUT"_s << u"/api/2/x"_s << QString() << u"{\"name\":\"it's\"}"_s
        << u"curl -X PUT \"$OL_URL/api/2/x\" \\\n  -d '{\"name\":\"it'\\''s\"}'"_s;
    QTest::newRow("dollar in the path")
        << u"GET"_s << u"/a$b`c"_s << QString() << QString() << u"curl \"$OL_URL/a\\$b%60c\""_s;
}

void TestActivity::writesCurl()
{
    QFETCH(QString, method);
    QFETCH(QString, path);
    QFETCH(QString, authorization);
    QFETCH(QString, body);
    Exchange made = exchange(1, method, path, 200);
    if (!authorization.isEmpty())
        made.requestHeaders.append({u"Authorization"_s, authorization});
    made.requestHeaders.append({u"Content-Length"_s, u"12"_s});
    made.requestBody = body;
    QTEST(curlText(made), "expected");
}

void TestActivity::curlRunsAgainstATenant()
{
    const QString curl = QStandardPaths::findExecutable(u"curl"_s);
    if (curl.isEmpty())
        QSKIP("curl is not installed");
    SandboxProcess tenant;
    QVERIFY2(tenant.start(), qPrintable(tenant.problem()));
    const auto pair = tenant.credential(u"directory-sync");
    AppFixture app;
    TokenSource source(
        app.http, app.clock, tenant.url(), pair.clientId, pair.name,
        [&](Continuation<Secret> next) { finishLater<Secret>(next, Secret::fromText(pair.clientSecret)); });
    QVERIFY_OK(waitFor<ManagementToken>([&](auto next) { source.fetch(next); }));

    QProcess shell;
    QProcessEnvironment environment = QProcessEnvironment::systemEnvironment();
    environment.insert(u"OL_URL"_s, tenant.url().toString());
    environment.insert(u"OL_CLIENT_ID"_s, pair.clientId);
    environment.insert(u"OL_CLIENT_SECRET"_s, pair.clientSecret);
    shell.setProcessEnvironment(environment);
    shell.start(u"sh"_s,
                {u"-c"_s, curlText(app.activity.exchanges().back()) + " --silent --show-error --fail"_L1});
    QVERIFY(QTest::qWaitFor([&] { return shell.state() == QProcess::NotRunning; }, 20000));
    const QByteArray answer = shell.readAllStandardOutput();
    QVERIFY2(answer.contains("\"access_token\""), (answer + shell.readAllStandardError()).constData());
}

void TestActivity::panelShowsAndCopiesTheChosenExchange()
{
    AppFixture app;
    for (quint64 number = 1; number <= 3; ++number)
        app.activity.append(exchange(number, u"GET"_s, u"/api/2/apps/%1"_s.arg(number), 200));
    ActivityPanel panel(app.activity, app.tools());
    panel.resize(1052, 720);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    auto *list = shown<QTableView>(panel, u"activity.list"_s);
    QVERIFY(list);
    QTest::mouseClick(list->viewport(), Qt::LeftButton, {},
                      list->visualRect(list->model()->index(1, 2)).center());
    QTRY_VERIFY(shown<CodeBlock>(panel, u"exchange.curl"_s));
    QVERIFY(shown<CodeBlock>(panel, u"exchange.curl"_s)->toPlainText().contains(u"/api/2/apps/2"_s));
    QVERIFY(press(panel, u"exchange.copyId"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"req-2"_s);
    QVERIFY(press(panel, u"exchange.copyCurl"_s));
    QCOMPARE(QGuiApplication::clipboard()->text(), u"curl \"$OL_URL/api/2/apps/2\""_s);
    auto *copyCurl = shown<QPushButton>(panel, u"exchange.copyCurl"_s);
    QCOMPARE(copyCurl->text(), u"Copied"_s);
    QTRY_COMPARE(copyCurl->text(), u"Copy as curl"_s);
    auto *curl = shown<CodeBlock>(panel, u"exchange.curl"_s);
    QVERIFY(
        !curl->viewport()->geometry().intersects(curl->findChild<QToolButton *>(u"copyCode"_s)->geometry()));
    app.activity.append(exchange(4, u"POST"_s, u"/new"_s, 500));
    QCOMPARE(list->currentIndex().row(), 2);
    QVERIFY(shown<CodeBlock>(panel, u"exchange.curl"_s)->toPlainText().contains(u"/api/2/apps/2"_s));
}

void TestActivity::panelClearsAfterAsking()
{
    AppFixture app;
    app.activity.append(exchange(1, u"GET"_s, u"/a"_s, 200));
    ActivityPanel panel(app.activity, app.tools());
    panel.resize(1052, 720);
    panel.show();
    QVERIFY(QTest::qWaitForWindowExposed(&panel));
    QVERIFY(press(panel, u"activity.clear"_s));
    auto *dialog = panel.findChild<ConfirmDialog *>(u"clearDialog"_s);
    QVERIFY(dialog);
    QTest::keyClick(dialog, Qt::Key_Escape);
    QCOMPARE(app.activity.exchanges().size(), size_t(1));
    QTRY_VERIFY(!panel.findChild<ConfirmDialog *>(u"clearDialog"_s));
    QVERIFY(press(panel, u"activity.clear"_s));
    dialog = panel.findChild<ConfirmDialog *>(u"clearDialog"_s);
    QTest::mouseClick(dialog->verbButton(), Qt::LeftButton);
    QCOMPARE(app.activity.exchanges().size(), size_t(0));
    QTRY_VERIFY(!shown(panel, u"exchangeDetail"_s));
}

QTEST_MAIN(TestActivity)
#include "tst_activity.moc"
