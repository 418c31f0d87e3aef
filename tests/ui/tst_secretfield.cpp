// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/latchkeystyle.h"
#include "support/fakeclock.h"
#include "translations.h"
#include "ui/hands.h"
#include "widgets/clipboard.h"
#include "widgets/secretfield.h"

#include <QAccessible>
#include <QApplication>
#include <QClipboard>
#include <QMimeData>
#include <QPushButton>
#include <QSignalSpy>
#include <QTest>
#include <QToolButton>
#include <QVBoxLayout>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

namespace {

const QString secretText = u"swordfish-sandbox"_s;

QString allAccessibleText(QAccessibleInterface *node)
{
    QString text = node->text(QAccessible::Name) + u'|' + node->text(QAccessible::Value) + u'|' +
                   node->text(QAccessible::Description);
    for (int child = 0; child < node->childCount(); ++child)
        text += u'|' + allAccessibleText(node->child(child));
    return text;
}

} // namespace

class TestSecretField : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init();
    void cleanup();

    void masksAfterItsTime();
    void masksWhenTheFocusLeaves();
    void masksWhenItIsHidden();
    void showsALongSecretInFullAndMovesNothing();
    void exposesOnlyThatItIsHidden();
    void looksTheSameForEverySecretWhileMasked();
    void tellsWhyItCannotReveal();
    void aMissingSecretAsksToBePasted();
    void copiesWithoutRevealing();
    void marksTheSecretOnTheClipboard();
    void clearsItsOwnSecretInTime();
    void leavesWhatWasCopiedSince();
    void clearsOnDestruction();

private:
    std::unique_ptr<SecretField> makeField();

    FakeClock m_clock;
    std::unique_ptr<Ticker> m_ticker;
    std::unique_ptr<Clipboard> m_clipboard;
};

void TestSecretField::init()
{
    QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s));
    QGuiApplication::clipboard()->clear();
    m_ticker = std::make_unique<Ticker>(m_clock);
    m_clipboard = std::make_unique<Clipboard>(*QGuiApplication::clipboard(), *m_ticker);
}

void TestSecretField::cleanup()
{
    m_clipboard.reset();
    m_ticker.reset();
}

std::unique_ptr<SecretField> TestSecretField::makeField()
{
    auto field = std::make_unique<SecretField>(u"client secret of directory-sync"_s, *m_ticker, *m_clipboard);
    field->setProvider(
        [](const Continuation<Secret> &next) { finishLater<Secret>(next, Secret::fromText(secretText)); });
    field->resize(360, 30);
    field->show();
    return field;
}

void TestSecretField::masksAfterItsTime()
{
    const std::unique_ptr<SecretField> field = makeField();
    auto *button = field->findChild<QPushButton *>(u"revealSecret"_s);
    QTest::mouseClick(button, Qt::LeftButton);
    QTRY_VERIFY(field->isRevealed());
    QCOMPARE(button->text(), u"Hide, 15 s"_s);
    m_clock.advance(4s);
    emit m_ticker->ticked();
    QCOMPARE(button->text(), u"Hide, 11 s"_s);
    QVERIFY(field->isRevealed());
    m_clock.advance(11s);
    emit m_ticker->ticked();
    QVERIFY(!field->isRevealed());
    QCOMPARE(button->text(), u"Reveal"_s);
}

void TestSecretField::masksWhenTheFocusLeaves()
{
    QWidget window;
    SecretField field(u"client secret"_s, *m_ticker, *m_clipboard, &window);
    field.setProvider(
        [](const Continuation<Secret> &next) { finishLater<Secret>(next, Secret::fromText(secretText)); });
    QPushButton other(u"Other"_s, &window);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    field.findChild<QPushButton *>(u"revealSecret"_s)->setFocus();
    field.reveal();
    QTRY_VERIFY(field.isRevealed());
    field.findChild<QToolButton *>(u"copySecret"_s)->setFocus();
    QCoreApplication::processEvents();
    QVERIFY(field.isRevealed());
    other.setFocus();
    QTRY_VERIFY(!field.isRevealed());
}

void TestSecretField::masksWhenItIsHidden()
{
    const std::unique_ptr<SecretField> field = makeField();
    field->reveal();
    QTRY_VERIFY(field->isRevealed());
    field->hide();
    QVERIFY(!field->isRevealed());
}

void TestSecretField::showsALongSecretInFullAndMovesNothing()
{
    QWidget window;
    QVBoxLayout column(&window);
    auto *field = new SecretField(u"client secret"_s, *m_ticker, *m_clipboard);
    QString secret(96, u'0');
    field->setProvider(
        [&secret](const Continuation<Secret> &next) { finishLater<Secret>(next, Secret::fromText(secret)); });
    column.addWidget(field);
    column.addStretch(1);
    window.resize(360, 300);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    const auto *button = field->findChild<QPushButton *>(u"revealSecret"_s);
    const QRect masked = field->geometry();
    const QRect before = button->geometry();
    field->reveal();
    QTRY_VERIFY(field->isRevealed());
    QTRY_VERIFY(shown<QWidget>(window, u"secretSheet"_s));
    auto *sheet = shown<QWidget>(window, u"secretSheet"_s);
    const QFontMetricsF metrics(sheet->font());
    QVERIFY(sheet->width() * sheet->height() >= metrics.horizontalAdvance(secret) * metrics.height());
    QVERIFY(!sheet->geometry().intersects(masked));
    QVERIFY(window.rect().contains(sheet->geometry()));
    QCoreApplication::processEvents();
    QCOMPARE(field->geometry(), masked);
    QCOMPARE(button->geometry(), before);
    // The end of the secret is painted too.
    const QImage painted = sheet->grab().toImage();
    field->mask();
    QVERIFY(!shown<QWidget>(window, u"secretSheet"_s));
    secret.back() = u'1';
    field->reveal();
    QTRY_VERIFY(shown<QWidget>(window, u"secretSheet"_s));
    QVERIFY(shown<QWidget>(window, u"secretSheet"_s)->grab().toImage() != painted);
}

void TestSecretField::exposesOnlyThatItIsHidden()
{
    const std::unique_ptr<SecretField> field = makeField();
    field->reveal();
    QTRY_VERIFY(field->isRevealed());
    const QString said = allAccessibleText(QAccessible::queryAccessibleInterface(field.get()));
    QVERIFY(!said.contains(secretText));
    QVERIFY(said.contains(u"client secret of directory-sync, hidden"_s));
    const QList<QWidget *> parts = field->findChildren<QWidget *>();
    for (const QWidget *part : parts)
        QVERIFY(!part->toolTip().contains(secretText));
}

void TestSecretField::looksTheSameForEverySecretWhileMasked()
{
    const std::unique_ptr<SecretField> field = makeField();
    const QImage before = field->grab().toImage();
    field->setProvider(
        [](const Continuation<Secret> &next) { finishLater<Secret>(next, Secret::fromText(u"x")); });
    QCOMPARE(field->grab().toImage(), before);
}

void TestSecretField::tellsWhyItCannotReveal()
{
    const std::unique_ptr<SecretField> field = makeField();
    field->setProvider([](const Continuation<Secret> &next) {
        finishLater<Secret>(next, fail(ErrorKind::KeychainLocked, u"The keychain is locked."_s));
    });
    QSignalSpy failed(field.get(), &SecretField::failed);
    field->reveal();
    QTRY_COMPARE(failed.count(), 1);
    QVERIFY(!field->isRevealed());
}

void TestSecretField::aMissingSecretAsksToBePasted()
{
    const std::unique_ptr<SecretField> field = makeField();
    QSignalSpy paste(field.get(), &SecretField::pasteRequested);
    QSignalSpy unlock(field.get(), &SecretField::unlockRequested);
    auto *mend = field->findChild<QPushButton *>(u"mendSecret"_s);
    QVERIFY(!mend->isVisible());
    field->setState(SecretField::State::Missing);
    QTest::mouseClick(mend, Qt::LeftButton);
    field->setState(SecretField::State::Locked);
    QTest::mouseClick(mend, Qt::LeftButton);
    QCOMPARE(paste.count(), 1);
    QCOMPARE(unlock.count(), 1);
}

void TestSecretField::copiesWithoutRevealing()
{
    const std::unique_ptr<SecretField> field = makeField();
    QTest::mouseClick(field->findChild<QToolButton *>(u"copySecret"_s), Qt::LeftButton);
    QTRY_COMPARE(QGuiApplication::clipboard()->text(), secretText);
    QVERIFY(!field->isRevealed());
}

void TestSecretField::marksTheSecretOnTheClipboard()
{
    m_clipboard->copySecret(Secret::fromText(secretText));
    const QMimeData *data = QGuiApplication::clipboard()->mimeData();
    QCOMPARE(data->data(u"x-kde-passwordManagerHint"_s), QByteArray("secret"));
}

void TestSecretField::clearsItsOwnSecretInTime()
{
    QSignalSpy gone(m_clipboard.get(), &Clipboard::secretGone);
    m_clipboard->copySecret(Secret::fromText(secretText));
    m_clock.advance(12s);
    emit m_ticker->ticked();
    QCOMPARE(m_clipboard->secondsLeft(), std::optional(18s));
    m_clock.advance(18s);
    emit m_ticker->ticked();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone.first().first().toBool(), true);
    QVERIFY(!m_clipboard->secondsLeft());
}

void TestSecretField::leavesWhatWasCopiedSince()
{
    QSignalSpy gone(m_clipboard.get(), &Clipboard::secretGone);
    m_clipboard->copySecret(Secret::fromText(secretText));
    QGuiApplication::clipboard()->setText(u"a note"_s);
    m_clock.advance(60s);
    emit m_ticker->ticked();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"a note"_s);
    QCOMPARE(gone.count(), 1);
    QCOMPARE(gone.first().first().toBool(), false);
}

void TestSecretField::clearsOnDestruction()
{
    m_clipboard->copySecret(Secret::fromText(secretText));
    m_clipboard.reset();
    QVERIFY(QGuiApplication::clipboard()->text().isEmpty());
}

QTEST_MAIN(TestSecretField)
#include "tst_secretfield.moc"
