// SPDX-License-Identifier: GPL-3.0-or-later
// The main job in the real window against the real sandbox, as a newcomer would do it: a token, two test
// logins, two scopes granted. With `--screenshots FOLDER` it leaves a picture of every step; packaging/run
// uses that where there is no display.
#include "authservers/grantgridview.h"
#include "authservers/reviewdialog.h"
#include "logins/loginform.h"
#include "mainwindow.h"
#include "models/grantgridmodel.h"
#include "onelogin/session.h"
#include "style/latchkeystyle.h"
#include "translations.h"
#include "ui/appfixture.h"
#include "widgets/claimtable.h"
#include "widgets/curltext.h"
#include "widgets/scopechips.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/statebadge.h"

#include <QApplication>
#include <QComboBox>
#include <QDir>
#include <QLabel>
#include <QLineEdit>
#include <QListView>
#include <QLoggingCategory>
#include <QMenu>
#include <QPainter>
#include <QPushButton>
#include <QTreeView>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

QString screenshotFolder;
QByteArray messages;
QtMessageHandler testHandler = nullptr;

void keepMessage(QtMsgType type, const QMessageLogContext &context, const QString &message)
{
    messages += message.toUtf8() + '\n';
    if (type != QtDebugMsg && type != QtInfoMsg)
        testHandler(type, context, message);
}

/// How a secret may look where it should not be.
QList<QByteArray> disguises(const QByteArray &secret)
{
    return {secret, secret.toBase64(), secret.toPercentEncoding(), secret.toHex()};
}

} // namespace

class TestMainJob : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase();
    void cleanupTestCase();
    void startsTheSandbox();
    void getsAManagementToken();
    void logsAServiceIn();
    void logsAUserIn();
    void explainsARefusedLogin();
    void grantsTwoScopesAndProvesThem();
    void recordsEveryExchange();
    void leavesNoSecretBehind();

private:
    void openPanel(Qt::Key key);
    void chooseLoginApp(const QString &name);
    void chooseUser(const QString &name);
    void typeScopes(const QStringList &scopes);
    void toggle(const QString &app, const QString &scope);
    QString words(const QString &name) const;
    void keepPicture(const QString &name);
    QList<QByteArray> secrets() const;

    std::unique_ptr<AppFixture> m_app;
    std::unique_ptr<MainWindow> m_window;
    std::vector<Secret> m_tokens;
    int m_pictures = 0;
};

void TestMainJob::initTestCase()
{
    QLoggingCategory::setFilterRules(u"*=true"_s);
    testHandler = qInstallMessageHandler(keepMessage);
    qDebug("the log is read");
    installTranslations(*qApp);
    installStyle(*qApp);
    m_app = std::make_unique<AppFixture>();
    m_window = std::make_unique<MainWindow>(m_app->services());
    m_window->show();
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    m_window->resize(1280, 800);
    m_window->begin(false);
}

void TestMainJob::cleanupTestCase()
{
    m_window.reset();
    m_app.reset();
    qInstallMessageHandler(testHandler);
}

QString TestMainJob::words(const QString &name) const
{
    const auto *label = shown<QLabel>(*m_window, name);
    return label ? label->text() : QString();
}

void TestMainJob::keepPicture(const QString &name)
{
    if (screenshotFolder.isEmpty())
        return;
    QWidget *dialog = QApplication::activeModalWidget();
    QPixmap picture = m_window->grab();
    if (dialog && dialog != m_window.get()) {
        QPainter painter(&picture);
        const QPixmap front = dialog->grab();
        painter.drawPixmap((picture.width() - front.width()) / 2, (picture.height() - front.height()) / 2,
                           front);
    }
    const QString file =
        u"%1/%2-%3.png"_s.arg(screenshotFolder).arg(++m_pictures, 2, 10, QLatin1Char('0')).arg(name);
    QVERIFY2(picture.save(file), qPrintable(file));
}

void TestMainJob::openPanel(Qt::Key key)
{
    m_window->activateWindow(); // where there is no window manager, a closed popup leaves no window active
    QVERIFY(QTest::qWaitForWindowActive(m_window.get()));
    QTest::keyClick(m_window.get(), key, Qt::ControlModifier);
}

void TestMainJob::chooseLoginApp(const QString &name)
{
    auto *apps = shown<QComboBox>(*m_window, u"loginApp"_s);
    QVERIFY(apps);
    QTRY_VERIFY(apps->findText(name) >= 0);
    const int row = apps->findText(name);
    apps->setCurrentIndex(row);
    emit apps->activated(row);
    QTRY_VERIFY(!shown<QLineEdit>(*m_window, u"loginSecret"_s)->text().isEmpty());
}

void TestMainJob::chooseUser(const QString &name)
{
    for (QAction *action : m_window->findChild<QMenu *>(u"demoUserMenu"_s)->actions()) {
        if (action->text().startsWith(name))
            action->trigger();
    }
    const auto *user = shown<QLineEdit>(*m_window, u"loginUsername"_s);
    QVERIFY(user);
    QCOMPARE(user->text(), name);
}

void TestMainJob::typeScopes(const QStringList &scopes)
{
    auto *chips = shown<ScopeChips>(*m_window, u"loginScopes"_s);
    QVERIFY(chips);
    for (const QString &scope : scopes) {
        if (!chips->scopes().contains(scope))
            QTest::keyClicks(chips->editor(), scope + u' ');
    }
}

void TestMainJob::startsTheSandbox()
{
    QTRY_VERIFY(shown<QPushButton>(*m_window, u"firstRun.sandbox"_s));
    keepPicture(u"first-run"_s);
    QVERIFY(press(*m_window, u"firstRun.sandbox"_s));
    QTRY_VERIFY_WITH_TIMEOUT(m_window->session(), 20000);
    QTRY_VERIFY(shown<QTreeView>(*m_window, u"credentials.list"_s));
    QVERIFY(m_window->session()->workingCredential().has_value());
}

void TestMainJob::getsAManagementToken()
{
    QVERIFY(press(*m_window, u"token.get"_s));
    const auto source = [this] {
        return m_window->session()->existingTokenSource(m_window->session()->workingCredential()->id);
    };
    QTRY_VERIFY(source() && source()->current());
    m_tokens.push_back(source()->current()->value);
    QTRY_VERIFY(source()->lastRateLimit());
    keepPicture(u"management-token"_s);
}

void TestMainJob::logsAServiceIn()
{
    openPanel(Qt::Key_2);
    chooseLoginApp(u"billing-service"_s);
    shown<QComboBox>(*m_window, u"loginResource"_s)->setEditText(u"https://api.example.com/invoices"_s);
    typeScopes({u"read:invoices"_s});
    QVERIFY(press(*m_window, u"runLogin"_s));
    QTRY_COMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
    QTRY_COMPARE(shown<StateBadge>(*m_window, u"tokenBadge"_s)->text(), u"Verified, 8 of 8"_s);
    QVERIFY(m_window->findChild<ClaimTable *>(u"claimTable"_s)->model()->rowCount() > 4);
    keepPicture(u"service-login"_s);
}

void TestMainJob::logsAUserIn()
{
    const auto *grant = shown<SegmentedControl>(*m_window, u"loginGrant"_s);
    QVERIFY(grant);
    const QList<QAbstractButton *> segments = grant->findChildren<QAbstractButton *>();
    QCOMPARE(segments.size(), 4);
    QTest::mouseClick(segments.at(2), Qt::LeftButton);
    QTRY_VERIFY(shown<QLineEdit>(*m_window, u"loginUsername"_s));
    chooseLoginApp(u"portal-web"_s);
    chooseUser(u"app.smoke.test"_s);
    typeScopes({u"openid"_s, u"profile"_s});
    QVERIFY(press(*m_window, u"runLogin"_s));
    QTRY_VERIFY(shown<QWidget>(*m_window, u"idTile"_s));
    QCOMPARE(words(u"resultTitle"_s), u"Login succeeded"_s);
    keepPicture(u"user-login"_s);
}

void TestMainJob::explainsARefusedLogin()
{
    chooseUser(u"jdoe.test"_s);
    QVERIFY(press(*m_window, u"runLogin"_s));
    QTRY_COMPARE(words(u"resultTitle"_s), u"Login failed"_s);
    QCOMPARE(words(u"explainTitle"_s), u"MFA is required for this user"_s);
    keepPicture(u"refused-login"_s);
}

void TestMainJob::toggle(const QString &app, const QString &scope)
{
    auto *grid = shown<GrantGridView>(*m_window, u"grantsGrid"_s);
    QVERIFY(grid);
    const QAbstractItemModel *model = grid->model();
    QModelIndex cell;
    for (int row = 0; row < model->rowCount(); ++row) {
        for (int column = 0; column < model->columnCount(); ++column) {
            if (model->headerData(row, Qt::Vertical).toString() == app &&
                model->headerData(column, Qt::Horizontal).toString() == scope)
                cell = model->index(row, column);
        }
    }
    QVERIFY2(cell.isValid(), qPrintable(app + u' ' + scope));
    grid->setFocus();
    grid->setCurrentIndex(cell);
    QTest::keyClick(grid, Qt::Key_Space);
}

void TestMainJob::grantsTwoScopesAndProvesThem()
{
    openPanel(Qt::Key_3);
    QTRY_VERIFY(shown<QListView>(*m_window, u"serverList"_s));
    auto *servers = shown<QListView>(*m_window, u"serverList"_s);
    QTRY_COMPARE(servers->model()->rowCount(), 5);
    QTest::mouseClick(servers->viewport(), Qt::LeftButton, {},
                      servers->visualRect(servers->model()->index(2, 0)).center());
    QTRY_VERIFY(shown<GrantGridView>(*m_window, u"grantsGrid"_s));
    QTRY_COMPARE(shown<GrantGridView>(*m_window, u"grantsGrid"_s)->model()->columnCount(), 8);
    toggle(u"billing-service"_s, u"send:invoices"_s);
    toggle(u"billing-service"_s, u"void:invoices"_s);
    keepPicture(u"staged-grants"_s);

    QVERIFY(press(*m_window, u"reviewGrants"_s));
    QTRY_VERIFY(m_window->findChild<ReviewDialog *>());
    auto *review = m_window->findChild<ReviewDialog *>();
    auto *apply = review->findChild<QPushButton *>(u"reviewApply"_s);
    QTRY_VERIFY(apply->isEnabled());
    keepPicture(u"review"_s);
    QTest::mouseClick(apply, Qt::LeftButton);
    const auto proven = [review] {
        const QList<QLabel *> states = review->findChildren<QLabel *>(u"reviewState"_s);
        return states.size() == 2 && states.at(0)->text() == u"Verified"_s &&
               states.at(1)->text() == u"Verified"_s;
    };
    QTRY_VERIFY(proven());
    keepPicture(u"verified"_s);
    QVERIFY(press(*review, u"reviewApply"_s)); // it reads Done now
    QTRY_VERIFY(!m_window->findChild<ReviewDialog *>());
}

void TestMainJob::recordsEveryExchange()
{
    openPanel(Qt::Key_4);
    QVERIFY(m_app->activity.exchanges().size() > 10);
    keepPicture(u"activity"_s);
}

QList<QByteArray> TestMainJob::secrets() const
{
    QList<QByteArray> all;
    QObject context;
    for (const Secret &token : m_tokens)
        all += token.bytes().toByteArray();
    const auto credentials = m_app->credentials.list(m_window->session()->tenant().id);
    for (const ApiCredential &credential : credentials.value_or(std::vector<ApiCredential>())) {
        bool done = false;
        m_app->credentials.secret(credential, then(&context, [&](const Result<Secret> &secret) {
                                      done = true;
                                      if (secret)
                                          all += secret->bytes().toByteArray();
                                  }));
        if (!QTest::qWaitFor([&] { return done; }))
            return {};
    }
    for (const auto *name : {"loginSecret", "loginPassword"})
        all += m_window->findChild<QLineEdit *>(QLatin1StringView(name))->text().toUtf8();
    all.removeAll(QByteArray());
    return all;
}

void TestMainJob::leavesNoSecretBehind()
{
    QByteArray traces = messages;
    for (const QFileInfo &file : QDir(m_app->folder.path()).entryInfoList(QDir::Files | QDir::Hidden)) {
        QFile content(file.filePath());
        QVERIFY(content.open(QIODevice::ReadOnly));
        traces += content.readAll();
    }
    QVERIFY(traces.contains("SQLite format 3"));
    QVERIFY(traces.contains("the log is read"));
    for (const Exchange &exchange : m_app->activity.exchanges()) {
        traces += exchange.url.toEncoded() + exchange.requestBody.toUtf8() + exchange.responseBody.toUtf8() +
                  exchange.failure.toUtf8() + curlText(exchange).toUtf8();
        for (const ExchangeHeader &header : exchange.requestHeaders + exchange.responseHeaders)
            traces += header.value.toUtf8() + '\n';
    }
    QVERIFY(traces.contains("grant_type"));
    const QList<QByteArray> used = secrets();
    QVERIFY(used.size() > 8);
    for (const QByteArray &secret : used) {
        for (const QByteArray &form : disguises(secret))
            QVERIFY2(!traces.contains(form), "a secret was found where none may be");
    }
}

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QStringList arguments = QCoreApplication::arguments();
    const qsizetype option = arguments.indexOf(u"--screenshots"_s);
    if (option > 0 && option + 1 < arguments.size()) {
        screenshotFolder = arguments.at(option + 1);
        arguments.remove(option, 2);
    }
    TestMainJob job;
    return QTest::qExec(&job, arguments);
}

#include "tst_mainjob.moc"
