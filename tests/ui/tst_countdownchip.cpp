// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/latchkeystyle.h"
#include "support/fakeclock.h"
#include "translations.h"
#include "widgets/countdownchip.h"
#include "widgets/ticker.h"

#include <QApplication>
#include <QSignalSpy>
#include <QTest>

using namespace latchkey;
using namespace Qt::StringLiterals;
using namespace std::chrono_literals;

class TestCountdownChip : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }

    void saysWhatIsLeft_data();
    void saysWhatIsLeft();
    void warnsEarlierForALongLife();
    void saysThatNothingIsStated();
    void ticksAndTellsTheEndOnce();
    void keepsItsWidthWhileItTicks();
    void theTickerRestsWhileNobodyListens();
};

void TestCountdownChip::saysWhatIsLeft_data()
{
    QTest::addColumn<int>("left");
    QTest::addColumn<QString>("text");
    QTest::addColumn<Tone>("tone");
    QTest::newRow("days") << 3 * 86400 + 5 << u"3 days left"_s << Tone::Ok;
    QTest::newRow("hours") << 7 * 3600 + 42 * 60 + 5 << u"7 h 42 min left"_s << Tone::Ok;
    QTest::newRow("an hour") << 3600 << u"1 h 00 min left"_s << Tone::Ok;
    QTest::newRow("minutes") << 59 * 60 << u"59 min left"_s << Tone::Ok;
    QTest::newRow("a quarter") << 15 * 60 << u"15 min left"_s << Tone::Ok;
    QTest::newRow("under a quarter") << 14 * 60 + 12 << u"14 min 12 s left"_s << Tone::Ok;
    QTest::newRow("a minute") << 60 << u"1 min 00 s left"_s << Tone::Ok;
    QTest::newRow("under a minute") << 58 << u"58 s left"_s << Tone::Warn;
    QTest::newRow("now") << 0 << u"Expired 0 s ago"_s << Tone::Muted;
    QTest::newRow("past") << -185 << u"Expired 3 min ago"_s << Tone::Muted;
    QTest::newRow("a day past") << -86400 << u"Expired 1 day ago"_s << Tone::Muted;
}

void TestCountdownChip::saysWhatIsLeft()
{
    QFETCH(int, left);
    QFETCH(QString, text);
    QFETCH(Tone, tone);
    const Clock::Instant now{100h};
    CountdownText shown = countdownText({.end = now + std::chrono::seconds(left)}, now);
    QCOMPARE(shown.text.replace(QChar::Nbsp, u' '), text);
    QCOMPARE(shown.tone, tone);
}

void TestCountdownChip::warnsEarlierForALongLife()
{
    const Clock::Instant now{100h};
    QCOMPARE(countdownText({.end = now + 9min, .lifetime = 10h}, now).tone, Tone::Warn);
    QCOMPARE(countdownText({.end = now + 11min, .lifetime = 10h}, now).tone, Tone::Ok);
    QCOMPARE(countdownText({.end = now + 9min, .lifetime = 10min}, now).tone, Tone::Ok);
}

void TestCountdownChip::saysThatNothingIsStated()
{
    QCOMPARE(countdownText({}, Clock::Instant{}).text, u"Expiry not stated"_s);
}

void TestCountdownChip::ticksAndTellsTheEndOnce()
{
    FakeClock clock;
    Ticker ticker(clock);
    CountdownChip chip(ticker);
    QSignalSpy expired(&chip, &CountdownChip::expired);
    chip.setExpiry({.end = clock.monotonic() + 2s});
    clock.advance(1s);
    emit ticker.ticked();
    QCOMPARE(chip.text().replace(QChar::Nbsp, u' '), u"1 s left"_s);
    clock.advance(1s);
    emit ticker.ticked();
    emit ticker.ticked();
    QCOMPARE(expired.count(), 1);
    QCOMPARE(chip.accessibleName(), chip.text());
}

void TestCountdownChip::keepsItsWidthWhileItTicks()
{
    FakeClock clock;
    Ticker ticker(clock);
    CountdownChip chip(ticker);
    chip.setExpiry({.end = clock.monotonic() + 12min + 11s});
    const int width = chip.sizeHint().width();
    for (int second = 0; second < 60; ++second) {
        clock.advance(1s);
        emit ticker.ticked();
        QCOMPARE(chip.sizeHint().width(), width);
    }
}

void TestCountdownChip::theTickerRestsWhileNobodyListens()
{
    FakeClock clock;
    Ticker ticker(clock);
    ticker.setInterval(1ms);
    const auto *timer = ticker.findChild<QTimer *>();
    QVERIFY(timer && !timer->isActive());
    {
        CountdownChip chip(ticker);
        QVERIFY(timer->isActive());
    }
    QTRY_VERIFY(!timer->isActive());
}

QTEST_MAIN(TestCountdownChip)
#include "tst_countdownchip.moc"
