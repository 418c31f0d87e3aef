// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/colorscheme.h"
#include "style/icons.h"
#include "style/latchkeystyle.h"
#include "style/theme.h"
#include "style/typography.h"
#include "translations.h"

#include <QApplication>
#include <QFile>
#include <QLabel>
#include <QPainter>
#include <QStyleOption>
#include <QTest>
#include <QToolTip>

#include <algorithm>
#include <cmath>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

double luminance(const QColor &color)
{
    const auto linear = [](double channel) {
        return channel <= 0.03928 ? channel / 12.92 : std::pow((channel + 0.055) / 1.055, 2.4);
    };
    return 0.2126 * linear(color.redF()) + 0.7152 * linear(color.greenF()) + 0.0722 * linear(color.blueF());
}

double contrast(const QColor &one, const QColor &other)
{
    const double a = luminance(one);
    const double b = luminance(other);
    return (std::max(a, b) + 0.05) / (std::min(a, b) + 0.05);
}

double lowest(const QList<QColor> &inks, const QList<QColor> &grounds)
{
    double least = 100;
    for (const QColor &ink : inks) {
        for (const QColor &ground : grounds)
            least = std::min(least, contrast(ink, ground));
    }
    return least;
}

} // namespace

class TestTheme : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }

    void reachesTheContrastOfItsTable_data();
    void reachesTheContrastOfItsTable();
    void palettesNameTheirTheme_data();
    void palettesNameTheirTheme();
    void placeholdersAreOpaque();
    void theFileDialogHasOurGlyphs();
    void everyIconExistsAndTakesTheColor();
    void iconsAreSharpAtTwiceTheRatio();
    void largerBaseFontEnlargesEveryStyle();
    void choosingDarkChangesThePaletteOnce();
    void toolTipsAreNoMarkup();
    void theCornerOfTwoScrollBarsIsPlain();
};

void TestTheme::reachesTheContrastOfItsTable_data()
{
    QTest::addColumn<ThemeKind>("kind");
    QTest::newRow("light") << ThemeKind::Light;
    QTest::newRow("dark") << ThemeKind::Dark;
    QTest::newRow("light, more contrast") << ThemeKind::LightMoreContrast;
    QTest::newRow("dark, more contrast") << ThemeKind::DarkMoreContrast;
}

void TestTheme::reachesTheContrastOfItsTable()
{
    QFETCH(ThemeKind, kind);
    const Theme &t = theme(kind);
    const bool dark = kind == ThemeKind::Dark || kind == ThemeKind::DarkMoreContrast;
    const QList<QColor> surfaces = {t.window,     t.base,   t.sunken,   t.hover,
                                    t.accentTint, t.okTint, t.warnTint, t.dangerTint};
    const auto reaches = [dark](double found, double light, double night) {
        return found >= (dark ? night : light) - 0.05;
    };
    QVERIFY(reaches(lowest({t.text}, surfaces), 14.6, 11.1));
    QVERIFY(reaches(lowest({t.muted}, surfaces), 5.5, 5.8));
    QVERIFY(reaches(lowest({t.accent}, {t.window, t.base, t.sunken, t.accentTint}), 5.6, 6.2));
    QVERIFY(reaches(lowest({t.accentInk}, {t.accentTint}), 7.1, 8.2));
    QVERIFY(reaches(lowest({t.onAccent}, {t.accent, t.accentHover, t.accentDown}), 6.5, 6.7));
    QVERIFY(reaches(lowest({t.lineStrong}, {t.window, t.base, t.sunken}), 3.2, 3.8));
    QVERIFY(reaches(lowest({t.ok}, {t.base, t.sunken, t.okTint, t.accentTint}), 5.2, 6.8));
    QVERIFY(reaches(lowest({t.warn}, {t.base, t.sunken, t.warnTint, t.accentTint}), 5.6, 7.3));
    QVERIFY(reaches(lowest({t.danger}, {t.base, t.sunken, t.dangerTint, t.accentTint}), 5.6, 6.3));
    QVERIFY(reaches(lowest({t.onDanger}, {t.danger}), 6.5, 8.4));
    const QList<QColor> environments = {t.envProduction, t.envStaging, t.envDevelopment, t.envSandbox};
    QVERIFY(reaches(lowest(environments, {t.window, t.base}), 4.9, 7.8));
    QVERIFY(reaches(lowest({t.onEnv}, environments), 5.4, 8.3));
}

void TestTheme::palettesNameTheirTheme_data()
{
    reachesTheContrastOfItsTable_data();
}

void TestTheme::palettesNameTheirTheme()
{
    QFETCH(ThemeKind, kind);
    QCOMPARE(&themeFor(paletteFor(kind)), &theme(kind));
}

void TestTheme::placeholdersAreOpaque()
{
    QCOMPARE(paletteFor(ThemeKind::Light).color(QPalette::PlaceholderText), theme(ThemeKind::Light).muted);
    QCOMPARE(paletteFor(ThemeKind::Dark).color(QPalette::Disabled, QPalette::Text),
             theme(ThemeKind::Dark).disabled);
}

void TestTheme::theFileDialogHasOurGlyphs()
{
    const LatchkeyStyle style;
    QCOMPARE(style.standardIcon(QStyle::SP_ArrowBack).name(), u"arrow-left"_s);
    QCOMPARE(style.standardIcon(QStyle::SP_ArrowForward).name(), u"arrow-right"_s);
    QCOMPARE(style.standardIcon(QStyle::SP_FileDialogToParent).name(), u"arrow-up"_s);
    QCOMPARE(style.standardIcon(QStyle::SP_FileDialogNewFolder).name(), u"folder-new"_s);
    QCOMPARE(style.standardIcon(QStyle::SP_FileDialogListView).name(), u"menu"_s);
    QCOMPARE(style.standardIcon(QStyle::SP_FileDialogDetailedView).name(), u"columns"_s);
    QWidget mirrored;
    mirrored.setLayoutDirection(Qt::RightToLeft);
    QCOMPARE(style.standardIcon(QStyle::SP_ArrowBack, nullptr, &mirrored).name(), u"arrow-right"_s);
}

void TestTheme::everyIconExistsAndTakesTheColor()
{
    const QColor color(0x12, 0x34, 0x56);
    for (int index = 0; index < iconCount; ++index) {
        const Icon which = static_cast<Icon>(index);
        QVERIFY2(QFile::exists(u":/icons/%1.svg"_s.arg(iconName(which))), qPrintable(iconName(which)));
        const QImage image =
            tintedPixmap(which, 20, color, 1).toImage().convertToFormat(QImage::Format_ARGB32);
        int painted = 0;
        for (int y = 0; y < image.height(); ++y) {
            for (int x = 0; x < image.width(); ++x) {
                const QColor pixel = image.pixelColor(x, y);
                if (pixel.alpha() == 255) {
                    ++painted;
                    QCOMPARE(pixel, color);
                } else if (pixel.alpha() > 60) {
                    ++painted;
                }
            }
        }
        QVERIFY2(painted > 4, qPrintable(iconName(which)));
    }
    QVERIFY(!applicationIcon().pixmap(64, 64).isNull());
}

void TestTheme::iconsAreSharpAtTwiceTheRatio()
{
    const QPixmap pixmap = tintedPixmap(Icon::Key, 16, Qt::black, 2.0);
    QCOMPARE(pixmap.size(), QSize(32, 32));
    QCOMPARE(pixmap.deviceIndependentSize(), QSizeF(16, 16));
    QCOMPARE(icon(Icon::Key).pixmap(QSize(16, 16), 2.0).size(), QSize(32, 32));
}

void TestTheme::largerBaseFontEnlargesEveryStyle()
{
    QFont base;
    base.setPixelSize(26);
    QCOMPARE(fontFor(TextStyle::Title, base).pixelSize(), 40);
    QCOMPARE(fontFor(TextStyle::Fixed, base).pixelSize(), 24);
    QCOMPARE(fontFor(TextStyle::Body, base).pixelSize(), 26);
}

void TestTheme::choosingDarkChangesThePaletteOnce()
{
    ColorScheme scheme(ThemeKind::Light);
    scheme.setChoice(ColorScheme::Choice::Light);
    int changes = 0;
    connect(&scheme, &ColorScheme::changed, this, [&changes] { ++changes; });
    scheme.setChoice(ColorScheme::Choice::Dark);
    scheme.setChoice(ColorScheme::Choice::Dark);
    QCOMPARE(changes, 1);
    QCOMPARE(&themeFor(QApplication::palette()), &theme(ThemeKind::Dark));
}

void TestTheme::toolTipsAreNoMarkup()
{
    QWidget window;
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    const QString text = u"<b>read:invoices</b> &lt; all"_s;
    QToolTip::showText(window.mapToGlobal(QPoint(5, 5)), text, &window);
    QCOMPARE(QToolTip::text(), text);
    const QWidgetList all = QApplication::topLevelWidgets();
    const auto found =
        std::find_if(all.begin(), all.end(), [](const QWidget *each) { return each->inherits("QTipLabel"); });
    QVERIFY(found != all.end());
    QCOMPARE(qobject_cast<QLabel *>(*found)->textFormat(), Qt::PlainText);
    QToolTip::hideText();
}

void TestTheme::theCornerOfTwoScrollBarsIsPlain()
{
    const LatchkeyStyle style;
    QImage image(10, 10, QImage::Format_RGB32);
    image.fill(Qt::red);
    QStyleOption option;
    option.rect = image.rect();
    option.palette = paletteFor(ThemeKind::Light);
    QPainter painter(&image);
    style.drawPrimitive(QStyle::PE_PanelScrollAreaCorner, &option, &painter);
    painter.end();
    QImage plain(10, 10, QImage::Format_RGB32);
    plain.fill(theme(ThemeKind::Light).base);
    QCOMPARE(image, plain);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
