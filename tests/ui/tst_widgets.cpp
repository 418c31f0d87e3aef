// SPDX-License-Identifier: GPL-3.0-or-later
#include "busy.h"
#include "style/buttonrole.h"
#include "style/latchkeystyle.h"
#include "style/theme.h"
#include "support/fakeclock.h"
#include "translations.h"
#include "widgets/breakable.h"
#include "widgets/card.h"
#include "widgets/checklistrow.h"
#include "widgets/claimtable.h"
#include "widgets/clipboard.h"
#include "widgets/codeblock.h"
#include "widgets/confirmdialog.h"
#include "widgets/countdownchip.h"
#include "widgets/editordialog.h"
#include "widgets/emptystate.h"
#include "widgets/environment.h"
#include "widgets/filterfield.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/navigationlist.h"
#include "widgets/panel.h"
#include "widgets/passwordfield.h"
#include "widgets/scopechips.h"
#include "widgets/scrolled.h"
#include "widgets/secretfield.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/statebadge.h"
#include "widgets/statusbar.h"

#include <QAccessible>
#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QFocusFrame>
#include <QHBoxLayout>
#include <QHelpEvent>
#include <QJsonArray>
#include <QJsonObject>
#include <QLineEdit>
#include <QPaintEvent>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QRadioButton>
#include <QScrollArea>
#include <QScrollBar>
#include <QSignalSpy>
#include <QSpinBox>
#include <QTabBar>
#include <QTest>
#include <QToolButton>
#include <QToolTip>
#include <QVBoxLayout>
#include <QWheelEvent>
#include <qtestspontaneevent.h>

using namespace latchkey;
using namespace Qt::StringLiterals;

using Make = std::function<QWidget *()>;
Q_DECLARE_METATYPE(Make)

class TestWidgets : public QObject
{
    Q_OBJECT

private slots:
    void initTestCase()
    {
        installTranslations(*qApp);
        installStyle(*qApp);
    }
    void init() { QTest::failOnWarning(QRegularExpression(u"^(?!This plugin does not support).*"_s)); }

    void rendersInBothThemes_data();
    void rendersInBothThemes();
    void buttonsAndFieldsAreEquallyHigh();
    void theFocusRingComesWithTheKeyboardOnly();
    void aWheelOverAChoiceScrollsTheForm();
    void bannerTextIsPlain();
    void anErrorBannerQuotesTheVendor();
    void aSentenceOfTheVendorEndsBeforeTheDetail();
    void anOkBannerLeavesByItself();
    void anOkBannerStaysUnderThePointerAndWhileThatMoves();
    void whatIsWaitedForIsSaidAsLongAsTheWaitLasts();
    void anElidedStatusIsReadInItsToolTip();
    void roomThatAnErrorTookStaysBelowTheForm();
    void aDangerBannerStays();
    void segmentsAreRadioButtons();
    void segmentsAreOneTabStop();
    void theFocusStaysInViewWhenTheFormGrows();
    void theFocusRingOfTheFirstTabIsWhole();
    void filterClearsOnEscape();
    void formFieldShowsTheErrorInPlaceOfTheHelp();
    void anEditEndsTheErrorOfAFormField_data();
    void anEditEndsTheErrorOfAFormField();
    void theEditorGrowsWithItsErrors();
    void theEditorKeepsItsInputAfterARefusal();
    void theEditorSubmitsOnlyWhatIsValid();
    void theConfirmationStartsAtCancel();
    void enterPressesTheFocusedButtonOfAConfirmation();
    void theConfirmationWantsTheTypedName();
    void aConfirmationHoldsTheLongestName();
    void aDialogThatGrowsStaysInTheMiddleOfItsWindow();
    void aKnownSecretDoesNotShowItsLength();
    void anAmpersandOfANameIsShown();
    void aButtonThatIsShownMakesRoomForItsKeys();
    void anElidedPathIsCutAtASlash();
    void anAddressBreaksBetweenItsParts();
    void loadingShowsAfterAMoment();
    void arraysAreOneValueALine();
    void aNarrowBannerHasItsButtonsBelow();
    void claimTimesSayHowFarTheyAre();
    void claimTimesAreInSecondsOrMilliseconds_data();
    void claimTimesAreInSecondsOrMilliseconds();
    void comparedClaimsMarkWhatChanged();
    void navigationSaysItsCount();
    void theStatusBarLeavesNoStrayLines();

private:
    FakeClock m_clock;
    Ticker m_ticker{m_clock};
    Clipboard m_clipboard{*QGuiApplication::clipboard(), m_ticker};
};

void TestWidgets::rendersInBothThemes_data()
{
    QTest::addColumn<Make>("make");
    const auto add = [](const char *name, const Make &make) { QTest::newRow(name) << make; };
    add("button", [] { return makeButton(Icon::Plus, u"Add"_s, ButtonRole::Plain); });
    add("danger button", [] { return makeButton(u"Revoke…"_s, ButtonRole::Danger); });
    add("tool button", [] { return makeToolButton(Icon::Refresh, u"Reload"_s); });
    add("line edit", [] { return new QLineEdit(u"text"_s); });
    add("spin box", [] { return new QSpinBox; });
    add("check box", [] { return new QCheckBox(u"Read-only"_s); });
    add("combo box", [] {
        auto *box = new QComboBox;
        box->addItem(u"portal-web"_s);
        return box;
    });
    add("tabs", [] {
        auto *tabs = new QTabBar;
        tabs->addTab(textWithCount(u"Claims"_s, 9));
        return tabs;
    });
    add("scroll bar", [] { return new QScrollBar(Qt::Vertical); });
    add("label", [] { return new Label(u"text"_s); });
    add("banner", [] {
        auto *banner = new MessageBanner;
        banner->showMessage(MessageBanner::Kind::Warn, u"One."_s, u"Two."_s);
        return banner;
    });
    add("empty state", [] { return new EmptyState(Icon::Scope, u"No scopes yet"_s, u"Add one."_s); });
    add("panel", [] { return new Panel(u"Activity"_s); });
    add("badge", [] { return new StateBadge(Icon::Success, u"Enabled"_s, Tone::Ok); });
    add("countdown", [this] { return new CountdownChip(m_ticker); });
    add("secret", [this] { return new SecretField(u"client secret"_s, m_ticker, m_clipboard); });
    add("claims", [this] {
        auto *table = new ClaimTable(m_clipboard);
        table->setClaims(claimRows({{u"exp"_s, 1795358227}}), m_clock.now());
        return table;
    });
    add("chips", [] {
        auto *chips = new ScopeChips;
        chips->setScopes({u"openid"_s});
        return chips;
    });
    add("segments", [] {
        auto *segments = new SegmentedControl(u"State"_s);
        segments->addSegment(u"All"_s, 9);
        segments->addSegment(u"Disabled"_s);
        return segments;
    });
    add("filter", [] { return new FilterField(u"Filter"_s); });
    add("card", [] {
        auto *card = new Card;
        card->setHead(Icon::Token, u"Token"_s);
        card->foot()->addWidget(makeButton(u"Copy"_s));
        return card;
    });
    add("form field", [] { return new FormField(u"Name"_s, new QLineEdit); });
    add("environment tag", [] { return new EnvironmentTag(TenantType::Staging); });
    add("code", [this] { return new CodeBlock(u"code"_s, m_clipboard); });
    add("check", [] { return new ChecklistRow(u"Key"_s, ChecklistRow::Outcome::Fail, u"why"_s); });
    add("confirmation", [] { return new ConfirmDialog(u"Delete it"_s, u"Delete it"_s); });
    add("editor", [] { return new EditorDialog(u"New"_s, u"Add"_s); });
    add("navigation", [] {
        auto *list = new NavigationList;
        list->addItem(Icon::Key, u"API credentials"_s);
        return list;
    });
    add("status bar", [] {
        auto *bar = new StatusBar;
        bar->addLeft(u"connection"_s)->setContent(Icon::Success, Tone::Ok, u"Connected as"_s, u"jdoe.test"_s);
        return bar;
    });
}

void TestWidgets::rendersInBothThemes()
{
    QFETCH(Make, make);
    QApplication::setPalette(paletteFor(ThemeKind::Light));
    const std::unique_ptr<QWidget> widget(make());
    widget->resize(widget->sizeHint().expandedTo(QSize(40, 10)));
    widget->show();
    const auto shows = [&widget](ThemeKind kind) {
        return widget->palette().color(QPalette::Window) == theme(kind).window;
    };
    QTRY_VERIFY(shows(ThemeKind::Light));
    const QImage light = widget->grab().toImage();
    QApplication::setPalette(paletteFor(ThemeKind::Dark));
    QTRY_VERIFY(shows(ThemeKind::Dark));
    QVERIFY(widget->grab().toImage() != light);
}

void TestWidgets::buttonsAndFieldsAreEquallyHigh()
{
    QPushButton *button = makeButton(u"Test"_s);
    const std::unique_ptr<QPushButton> owner(button);
    QLineEdit edit;
    QComboBox combo;
    QSpinBox spin;
    QCOMPARE(edit.sizeHint().height(), button->sizeHint().height());
    QCOMPARE(combo.sizeHint().height(), button->sizeHint().height());
    QCOMPARE(spin.sizeHint().height(), button->sizeHint().height());
    const int before = edit.sizeHint().height();
    QFont large = edit.font();
    large.setPixelSize(30);
    edit.setFont(large);
    QVERIFY(edit.sizeHint().height() > before);
}

void TestWidgets::theFocusRingComesWithTheKeyboardOnly()
{
    QWidget window;
    QPushButton first(u"First"_s, &window);
    QPushButton second(u"Second"_s, &window);
    second.move(100, 0);
    window.resize(300, 80);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    QTest::mouseClick(&first, Qt::LeftButton);
    first.setFocus();
    QVERIFY(!window.findChild<QFocusFrame *>());
    QTest::keyClick(&first, Qt::Key_Tab);
    QVERIFY(second.hasFocus());
    auto *frame = window.findChild<QFocusFrame *>();
    QVERIFY(frame && frame->widget() == &second);
    QTest::mouseClick(&window, Qt::LeftButton);
    QVERIFY(!window.findChild<QFocusFrame *>());
}

void TestWidgets::aWheelOverAChoiceScrollsTheForm()
{
    auto *form = new QWidget;
    auto *column = new QVBoxLayout(form);
    auto *choice = new QComboBox;
    choice->addItems({u"one"_s, u"two"_s, u"three"_s});
    column->addWidget(choice);
    auto *rest = new QWidget;
    rest->setFixedHeight(2000);
    column->addWidget(rest);
    const std::unique_ptr<QScrollArea> area(scrolled(form));
    area->resize(300, 200);
    area->show();
    QVERIFY(QTest::qWaitForWindowExposed(area.get()));
    const QPoint middle = choice->rect().center();
    QWheelEvent down(QPointF(middle), QPointF(choice->mapToGlobal(middle)), {}, {0, -120}, Qt::NoButton,
                     Qt::NoModifier, Qt::NoScrollPhase, false);
    QSpontaneKeyEvent::setSpontaneous(&down); // only a spontaneous wheel event is offered to the parents
    qApp->notify(choice, &down);
    QCOMPARE(choice->currentText(), u"one"_s);
    QVERIFY(area->verticalScrollBar()->value() > 0);
}

void TestWidgets::bannerTextIsPlain()
{
    MessageBanner plain;
    plain.resize(500, 60);
    plain.showMessage(MessageBanner::Kind::Info, u"<b>bold</b>"_s, u"<img src='x'>"_s);
    QCOMPARE(plain.sentence(), u"<b>bold</b>"_s);
    QCOMPARE(plain.accessibleName(), u"<b>bold</b>. <img src='x'>"_s);
    const QImage shown = plain.grab().toImage();
    plain.showMessage(MessageBanner::Kind::Info, u"bold"_s, u""_s);
    QVERIFY(shown != plain.grab().toImage());
}

void TestWidgets::anErrorBannerQuotesTheVendor()
{
    MessageBanner banner;
    banner.showError({.message = u"The pair was refused."_s,
                      .vendorText = u"Authentication Failure"_s,
                      .httpStatus = 401,
                      .requestId = u"91c0-sandbox"_s});
    QCOMPARE(banner.sentence(), u"The pair was refused."_s);
    QCOMPARE(banner.detail(), u"“Authentication Failure” Status 401. Request ID 91c0-sandbox"_s);
    banner.showError({.message = u"The pair was refused."_s,
                      .detail = u"HTTP 401 Unauthorized: “Authentication Failure”"_s,
                      .vendorText = u"Authentication Failure"_s,
                      .httpStatus = 401});
    QCOMPARE(banner.detail(), u"“Authentication Failure” Status 401. Unauthorized."_s);
    banner.showError({.message = u"The tenant failed to answer (status 502)."_s,
                      .detail = u"HTTP 502: Bad gateway"_s,
                      .httpStatus = 502});
    QCOMPARE(banner.detail(), u"Bad gateway"_s);
}

void TestWidgets::aSentenceOfTheVendorEndsBeforeTheDetail()
{
    MessageBanner banner;
    banner.showMessage(MessageBanner::Kind::Danger, u"password incorrect for user"_s,
                       u"No token was issued."_s);
    QCOMPARE(banner.sentence(), u"password incorrect for user"_s);
    QCOMPARE(banner.accessibleName(), u"password incorrect for user. No token was issued."_s);
    banner.showMessage(MessageBanner::Kind::Danger, u"It was refused."_s, u"No token was issued."_s);
    QCOMPARE(banner.accessibleName(), u"It was refused. No token was issued."_s);
}

void TestWidgets::anOkBannerStaysUnderThePointerAndWhileThatMoves()
{
    QWidget window;
    window.resize(300, 200);
    MessageBanner banner(&window);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    banner.setOkDuration(std::chrono::milliseconds(1));
    QEnterEvent enter({10, 10}, {10, 10}, {10, 10});
    QEvent leave(QEvent::Leave);
    QSignalSpy timeouts(banner.findChild<QTimer *>(), &QTimer::timeout);
    banner.showMessage(MessageBanner::Kind::Ok, u"Saved."_s);
    QCoreApplication::sendEvent(&banner, &enter);
    QTRY_VERIFY(timeouts.count() > 3);
    QVERIFY(banner.isVisible());
    QCoreApplication::sendEvent(&banner, &leave);
    QTRY_VERIFY(!banner.isVisible());

    banner.showMessage(MessageBanner::Kind::Ok, u"Saved."_s);
    QCoreApplication::sendEvent(&window, &enter);
    timeouts.clear();
    bool stayed = true; // looked at as it moves: a moment later it may rest
    connect(banner.findChild<QTimer *>(), &QTimer::timeout, &banner, [&] {
        if (timeouts.count() >= 4)
            return;
        stayed = stayed && banner.isVisible();
        QCursor::setPos(window.mapToGlobal(QPoint(20 + static_cast<int>(timeouts.count()), 150))); // and on
    });
    QCursor::setPos(window.mapToGlobal(QPoint(10, 150)));
    QTRY_VERIFY(timeouts.count() >= 3);
    QVERIFY(stayed);
    QTRY_VERIFY(!banner.isVisible()); // it rests
}

void TestWidgets::whatIsWaitedForIsSaidAsLongAsTheWaitLasts()
{
    Panel panel(u"API credentials"_s);
    panel.resize(600, 300);
    panel.show();
    auto busy = std::make_unique<Busy>(panel, u"Waiting for a token."_s, [] {});
    QTRY_COMPARE(panel.banner()->sentence(), u"Waiting for a token."_s);
    panel.banner()->setOkDuration(std::chrono::milliseconds(1));
    panel.banner()->showMessage(MessageBanner::Kind::Ok, u"Copied."_s);
    QTRY_COMPARE(panel.banner()->sentence(), u"Waiting for a token."_s);
    panel.banner()->showMessage(MessageBanner::Kind::Warn, u"Something else."_s);
    busy.reset();
    QCOMPARE(panel.banner()->sentence(), u"Something else."_s); // it is not its own to take away
}

void TestWidgets::anElidedStatusIsReadInItsToolTip()
{
    StatusBar bar;
    StatusSegment *segment = bar.addLeft(u"status.connection"_s);
    segment->setContent(std::nullopt, Tone::Muted, u"Connected as"_s, u"directory-sync"_s);
    const auto ask = [segment] {
        QToolTip::hideText();
        QHelpEvent help(QEvent::ToolTip, {5, 5}, segment->mapToGlobal(QPoint(5, 5)));
        QCoreApplication::sendEvent(segment, &help);
        return QToolTip::text();
    };
    bar.resize(900, 28);
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    QCOMPARE(ask(), QString());
    segment->setFixedWidth(60);
    QTRY_COMPARE(segment->width(), 60);
    QCOMPARE(ask(), u"Connected as directory-sync"_s);
}

void TestWidgets::roomThatAnErrorTookStaysBelowTheForm()
{
    QWidget window;
    window.resize(900, 700);
    window.show();
    EditorDialog dialog(u"Export"_s, u"Export"_s, &window);
    auto *first = new QLineEdit;
    auto *second = new QLineEdit;
    FormField *field = dialog.addField(u"first"_s, u"First"_s, first);
    dialog.addField(u"second"_s, u"Second"_s, second);
    dialog.setCheck(field, [first] { return first->text().isEmpty() ? u"It is needed."_s : QString(); });
    dialog.open();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    const int gap = second->mapTo(&dialog, QPoint()).y() - first->mapTo(&dialog, QPoint()).y();
    const int height = dialog.height();
    QTest::mouseClick(dialog.applyButton(), Qt::LeftButton);
    QTRY_VERIFY(dialog.height() > height);
    const int grown = dialog.height();
    const QPoint button = dialog.applyButton()->mapTo(&dialog, QPoint());
    QTest::keyClicks(first, u"a"_s);
    QTest::mouseClick(dialog.applyButton(), Qt::LeftButton);
    QTRY_COMPARE(second->mapTo(&dialog, QPoint()).y() - first->mapTo(&dialog, QPoint()).y(), gap);
    QCOMPARE(dialog.height(), grown);
    QCOMPARE(dialog.applyButton()->mapTo(&dialog, QPoint()), button);
}

void TestWidgets::anOkBannerLeavesByItself()
{
    QWidget window;
    QLineEdit other(&window);
    MessageBanner banner(&window);
    window.resize(300, 200);
    QCursor::setPos(700, 700); // elsewhere
    window.show();
    other.setFocus();
    banner.setOkDuration(std::chrono::milliseconds(1));
    banner.showMessage(MessageBanner::Kind::Ok, u"Saved."_s);
    QVERIFY(banner.isVisible());
    QTRY_VERIFY(!banner.isVisible());
    banner.showMessage(MessageBanner::Kind::Ok, u"Removed."_s);
    banner.addButton(u"Undo, 8 s"_s);
    QSignalSpy timeouts(banner.findChild<QTimer *>(), &QTimer::timeout);
    QTRY_VERIFY(timeouts.count() > 0 || !banner.findChild<QTimer *>()->isActive());
    QVERIFY(banner.isVisible());
}

void TestWidgets::aDangerBannerStays()
{
    MessageBanner banner;
    QSignalSpy closed(&banner, &MessageBanner::closed);
    banner.showMessage(MessageBanner::Kind::Danger, u"Refused."_s);
    QVERIFY(!banner.findChild<QTimer *>()->isActive());
    QTest::mouseClick(banner.findChild<QToolButton *>(u"bannerClose"_s), Qt::LeftButton);
    QCOMPARE(closed.count(), 1);
    QVERIFY(!banner.isVisible());
}

void TestWidgets::segmentsAreOneTabStop()
{
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *before = new QPushButton(u"Before"_s);
    auto *segments = new SegmentedControl(u"State"_s);
    for (const QString &text : {u"All"_s, u"Differences"_s, u"Pending"_s})
        segments->addSegment(text);
    auto *after = new QPushButton(u"After"_s);
    for (QWidget *each : std::initializer_list<QWidget *>{before, segments, after})
        row->addWidget(each);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    for (int chosen : {0, 1, 2}) {
        segments->setCurrentIndex(chosen);
        const QString name = u"segment%1"_s.arg(chosen);
        after->setFocus();
        QTest::keyClick(after, Qt::Key_Backtab);
        QCOMPARE(window.focusWidget()->objectName(), name);
        QTest::keyClick(window.focusWidget(), Qt::Key_Backtab);
        QVERIFY(before->hasFocus());
        QTest::keyClick(before, Qt::Key_Tab);
        QCOMPARE(window.focusWidget()->objectName(), name);
        QTest::keyClick(window.focusWidget(), Qt::Key_Tab);
        QVERIFY(after->hasFocus());
    }
    segments->setCurrentIndex(0);
    before->setFocus();
    QTest::keyClick(before, Qt::Key_Tab);
    QTest::keyClick(window.focusWidget(), Qt::Key_Right); // within it the arrows go on
    QCOMPARE(segments->currentIndex(), 1);
}

void TestWidgets::theFocusStaysInViewWhenTheFormGrows()
{
    auto *content = new QWidget;
    auto *column = new QVBoxLayout(content);
    auto *help = new Label(u"Known"_s);
    help->setFixedHeight(60);
    help->hide();
    column->addWidget(help);
    std::vector<QComboBox *> fields;
    for (int i = 0; i < 12; ++i) {
        fields.push_back(new QComboBox);
        fields.back()->setEditable(true);
        column->addWidget(fields.back());
    }
    std::unique_ptr<QScrollArea> scroll(scrolled(content));
    keepFocusInView(scroll.get());
    scroll->resize(300, 200);
    scroll->show();
    QVERIFY(QTest::qWaitForWindowActive(scroll.get()));
    QComboBox *last = nullptr;
    const auto isSeen = [&] {
        const QRect place(last->mapTo(scroll->viewport(), QPoint()), last->size());
        return scroll->viewport()->rect().contains(place.adjusted(0, -3, 0, 3));
    };
    for (QComboBox *each : fields) {
        last = each;
        if (!isSeen())
            break;
    }
    QVERIFY(!isSeen());
    QTest::mouseClick(last->lineEdit(), Qt::LeftButton, {}, QPoint(5, 2));
    QVERIFY(last->hasFocus());
    QTRY_VERIFY(isSeen());
    help->show();
    QTRY_VERIFY(help->isVisible() && isSeen());
    scroll->resize(300, 120);
    QTRY_VERIFY(isSeen());
}

void TestWidgets::theFocusRingOfTheFirstTabIsWhole()
{
    QWidget window;
    auto *row = new QHBoxLayout(&window);
    auto *before = new QPushButton(u"Before"_s);
    auto *tabs = new QTabBar;
    tabs->setDrawBase(false);
    tabs->addTab(u"Grants"_s);
    tabs->addTab(u"Scopes"_s);
    row->addWidget(before);
    row->addWidget(tabs);
    window.show();
    QVERIFY(QTest::qWaitForWindowActive(&window));
    before->setFocus();
    QTest::keyClick(before, Qt::Key_Tab);
    QVERIFY(tabs->hasFocus());
    const QImage image = tabs->grab().toImage();
    const QColor accent = themeFor(tabs->palette()).accent;
    int high = 0; // the left side of the ring
    for (int y = 0; y < image.height(); ++y)
        high += image.pixelColor(0, y) == accent ? 1 : 0;
    QVERIFY2(high > image.height() / 2, qPrintable(QString::number(high)));
}

void TestWidgets::segmentsAreRadioButtons()
{
    SegmentedControl control(u"State"_s);
    control.addSegment(u"All"_s, 9);
    control.addSegment(u"Enabled"_s, 5);
    control.addSegment(u"Disabled"_s);
    control.show();
    QVERIFY(QTest::qWaitForWindowActive(&control));
    QSignalSpy changed(&control, &SegmentedControl::currentChanged);
    const QList<QRadioButton *> parts = control.findChildren<QRadioButton *>();
    parts[0]->setFocus();
    QTest::keyClick(parts[0], Qt::Key_Right);
    QCOMPARE(control.currentIndex(), 1);
    QCOMPARE(changed.count(), 1);
    const QAccessibleInterface *said = QAccessible::queryAccessibleInterface(parts[1]);
    QCOMPARE(said->role(), QAccessible::RadioButton);
    QCOMPARE(said->text(QAccessible::Name), u"Enabled, 5"_s);
    QVERIFY(said->state().checked);
}

void TestWidgets::filterClearsOnEscape()
{
    FilterField field(u"Filter"_s);
    field.setText(u"abc"_s);
    QTest::keyClick(&field, Qt::Key_Escape);
    QVERIFY(field.text().isEmpty());
}

void TestWidgets::formFieldShowsTheErrorInPlaceOfTheHelp()
{
    auto *edit = new QLineEdit;
    FormField field(u"Client ID"_s, edit);
    field.setHelp(u"From the portal."_s);
    QCOMPARE(edit->accessibleName(), u"Client ID"_s);
    QCOMPARE(edit->accessibleDescription(), u"From the portal."_s);
    field.setError(u"Has a space in it"_s);
    QVERIFY(hasFieldError(edit));
    QCOMPARE(edit->accessibleDescription(), u"Has a space in it"_s);
    field.clearError();
    QVERIFY(!hasFieldError(edit));
    QCOMPARE(edit->accessibleDescription(), u"From the portal."_s);
}

void TestWidgets::anEditEndsTheErrorOfAFormField_data()
{
    QTest::addColumn<Make>("make");
    QTest::addRow("line edit") << Make([] { return new QLineEdit; });
    QTest::addRow("text edit") << Make([] { return new QPlainTextEdit; });
    QTest::addRow("spin box") << Make([] { return new QSpinBox; });
    QTest::addRow("combo box") << Make([] {
        auto *combo = new QComboBox;
        combo->addItems({u"1"_s, u"2"_s});
        combo->setCurrentIndex(-1);
        return combo;
    });
}

void TestWidgets::anEditEndsTheErrorOfAFormField()
{
    QFETCH(Make, make);
    QWidget *edit = make();
    FormField field(u"Number"_s, edit);
    field.setHelp(u"Any."_s);
    field.show();
    field.setError(u"A number is needed."_s);
    QVERIFY(QTest::qWaitForWindowExposed(&field));
    edit->setFocus();
    QTest::keyClick(edit, Qt::Key_2);
    QVERIFY(!field.hasError());
    QCOMPARE(edit->accessibleDescription(), u"Any."_s);
}

void TestWidgets::theEditorGrowsWithItsErrors()
{
    EditorDialog dialog(u"New client app"_s, u"Add client app"_s);
    for (const QString &key : {u"name"_s, u"note"_s, u"owner"_s}) {
        FormField *field = dialog.addField(key, key, new QLineEdit);
        dialog.setCheck(field, [] { return u"It is needed."_s; });
    }
    dialog.open();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    const int before = dialog.height();
    QTest::mouseClick(dialog.applyButton(), Qt::LeftButton);
    QTRY_VERIFY(dialog.height() > before);
    QTRY_VERIFY(!dialog.findChild<QScrollBar *>()->isVisible());
}

void TestWidgets::theEditorKeepsItsInputAfterARefusal()
{
    EditorDialog dialog(u"New client app"_s, u"Add client app"_s);
    auto *name = new QLineEdit(u"billing-service"_s);
    FormField *field = dialog.addField(u"name"_s, u"Name"_s, name);
    dialog.setBusy(true, u"Adding"_s);
    QVERIFY(!dialog.applyButton()->isEnabled());
    dialog.showError({.kind = ErrorKind::Invalid,
                      .message = u"The tenant refused the client app."_s,
                      .fieldErrors = {{u"name"_s, u"Has already been taken"_s}}});
    QVERIFY(!dialog.isBusy());
    QVERIFY(dialog.applyButton()->isEnabled());
    QVERIFY(field->hasError());
    QCOMPARE(name->text(), u"billing-service"_s);
    QCOMPARE(dialog.banner()->sentence(), u"The tenant refused the client app."_s);
}

void TestWidgets::theEditorSubmitsOnlyWhatIsValid()
{
    EditorDialog dialog(u"New client app"_s, u"Add client app"_s);
    auto *name = new QLineEdit;
    FormField *field = dialog.addField(u"name"_s, u"Name"_s, name);
    dialog.setCheck(field, [name] { return name->text().isEmpty() ? u"A name is needed"_s : QString(); });
    QSignalSpy submitted(&dialog, &EditorDialog::submitted);
    dialog.applyButton()->click();
    QCOMPARE(submitted.count(), 0);
    QVERIFY(field->hasError());
    name->setText(u"billing-service"_s);
    dialog.applyButton()->click();
    QCOMPARE(submitted.count(), 1);
    QVERIFY(!field->hasError());
}

void TestWidgets::theConfirmationStartsAtCancel()
{
    ConfirmDialog dialog(u"Delete hr-import"_s, u"Delete hr-import"_s);
    dialog.setEffects({u"This cannot be undone."_s});
    QSignalSpy confirmed(&dialog, &ConfirmDialog::confirmed);
    QSignalSpy rejected(&dialog, &QDialog::rejected);
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    QVERIFY(dialog.cancelButton()->hasFocus());
    QTest::keyClick(&dialog, Qt::Key_Return);
    QCOMPARE(confirmed.count(), 0);
    QCOMPARE(rejected.count(), 1);
}

void TestWidgets::enterPressesTheFocusedButtonOfAConfirmation()
{
    ConfirmDialog dialog(u"Delete hr-import"_s, u"Delete hr-import"_s);
    QSignalSpy confirmed(&dialog, &ConfirmDialog::confirmed);
    dialog.open();
    QVERIFY(QTest::qWaitForWindowActive(&dialog));
    dialog.verbButton()->setFocus();
    QTest::keyClick(dialog.verbButton(), Qt::Key_Return);
    QCOMPARE(confirmed.count(), 1);
    QVERIFY(dialog.isVisible());
}

void TestWidgets::aConfirmationHoldsTheLongestName()
{
    const QString title = u"Delete "_s + QString(200, u'w');
    ConfirmDialog dialog(title, title);
    dialog.setEffects({QString(200, u'w') + u" is lost."_s});
    dialog.requireTyping(QString(200, u'w'));
    dialog.open();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTRY_VERIFY(dialog.width() < 600);
    for (const QWidget *part : dialog.findChildren<QWidget *>()) {
        const int end = part->mapTo(&dialog, QPoint(part->width(), 0)).x();
        QVERIFY2(!part->isVisible() || end <= dialog.width(), qPrintable(part->objectName()));
    }
    QCOMPARE(dialog.windowTitle(), title);
    QCOMPARE(dialog.verbButton()->accessibleName(), title); // its text is shorter
    QVERIFY(dialog.verbButton()->text().size() < 60);
}

void TestWidgets::theConfirmationWantsTheTypedName()
{
    ConfirmDialog dialog(u"Delete Invoices API"_s, u"Delete Invoices API"_s);
    dialog.requireTyping(u"Invoices API"_s);
    auto *typed = dialog.findChild<QLineEdit *>(u"typedName"_s);
    QTest::keyClicks(typed, u"invoices api"_s);
    QVERIFY(!dialog.verbButton()->isEnabled());
    typed->clear();
    QTest::keyClicks(typed, u"Invoices API"_s);
    QVERIFY(dialog.verbButton()->isEnabled());
}

void TestWidgets::aDialogThatGrowsStaysInTheMiddleOfItsWindow()
{
    QWidget window;
    window.setGeometry(60, 60, 700, 620);
    window.show();
    QVERIFY(QTest::qWaitForWindowExposed(&window));
    DialogFrame dialog(u"Review"_s, &window);
    auto *content = new QWidget;
    content->setFixedHeight(80);
    dialog.body()->addWidget(content);
    dialog.open();
    QVERIFY(QTest::qWaitForWindowExposed(&dialog));
    QTRY_VERIFY(content->isVisible());
    const int middle = dialog.geometry().center().y();
    const int before = dialog.height();
    content->setFixedHeight(280);
    dialog.fit();
    QCOMPARE(dialog.height(), before + 200);
    QTRY_VERIFY(std::abs(dialog.geometry().center().y() - middle) <= 1);
    dialog.move(dialog.x(), window.geometry().bottom() - dialog.height()); // where a person put it
    content->setFixedHeight(900);
    dialog.fit();
    const QRect room = window.frameGeometry().adjusted(0, 24, 0, -24);
    QTRY_VERIFY(room.top() <= dialog.frameGeometry().top());
    QTRY_VERIFY(room.bottom() >= dialog.frameGeometry().bottom());
}

void TestWidgets::aKnownSecretDoesNotShowItsLength()
{
    PasswordField field(u"client secret"_s);
    field.resize(300, 34);
    field.fill(u"short"_s);
    const QImage five = field.grab().toImage();
    field.fill(QString(40, u'x'));
    QCOMPARE(field.grab().toImage(), five);
    QCOMPARE(field.text().size(), 40);
    field.setText(u"typed"_s);
    QVERIFY(field.grab().toImage() != five); // what is typed is seen to grow
}

void TestWidgets::anAmpersandOfANameIsShown()
{
    const QString name = u"Smith & Sons"_s;
    ConfirmDialog dialog(u"Delete "_s + name, u"Delete "_s + name);
    dialog.requireTyping(name);
    QCOMPARE(dialog.verbButton()->text(), u"Delete Smith && Sons"_s);
    const auto *field = dialog.findChild<FormField *>();
    QCOMPARE(field->label(), u"Type Smith & Sons to go on"_s);
    QCOMPARE(field->field()->accessibleName(), field->label());
    const auto labels = field->findChildren<Label *>();
    QVERIFY(std::any_of(labels.begin(), labels.end(), [&](const Label *label) {
        return label->buddy() && label->text() == u"Type Smith && Sons to go on"_s;
    }));
    MessageBanner banner;
    QCOMPARE(banner.addButton(name)->text(), u"Smith && Sons"_s);
}

void TestWidgets::aButtonThatIsShownMakesRoomForItsKeys()
{
    MessageBanner banner;
    banner.showMessage(MessageBanner::Kind::Ok, u"It is stored."_s);
    QPushButton *button = banner.addButton(u"Grant to…"_s);
    const int before = button->sizeHint().width();
    setKeyHint(button, Qt::CTRL | Qt::Key_G);
    QVERIFY(button->sizeHint().width() > before + 20);
}

void TestWidgets::anElidedPathIsCutAtASlash()
{
    const QString path = u"https://api.example.com/one/two/three/last"_s;
    const QFontMetrics metrics(QApplication::font());
    QCOMPARE(elidedPath(path, metrics, 4000), path);
    const int room = metrics.horizontalAdvance(u"https://api.example.com/…/three/last"_s);
    QCOMPARE(elidedPath(path, metrics, room), u"https://api.example.com/…/three/last"_s);
}

void TestWidgets::anAddressBreaksBetweenItsParts()
{
    const auto parts = [](const QString &text) { return breakable(text).split(QChar(0x200b)); };
    QCOMPARE(parts(u"https://api.example.com/invoices/all?from=1&to=2"_s),
             QStringList(
                 {u"https://"_s, u"api.example.com/"_s, u"invoices/"_s, u"all?"_s, u"from=1&"_s, u"to=2"_s}));
    QCOMPARE(parts(u"short:scope"_s), QStringList({u"short:scope"_s}));
    const QString segment = QString(90, u'a');
    QCOMPARE(parts(u"https://api.example.com/"_s + segment).size(), 2 + 23); // no line would hold it
    QCOMPARE(parts(QString(26, u'b')).size(), 7);
}

void TestWidgets::loadingShowsAfterAMoment()
{
    LoadingBar bar;
    bar.setDelay(std::chrono::milliseconds(1));
    bar.setLoading(true);
    QVERIFY(!bar.isShown());
    QTRY_VERIFY(bar.isShown());
    bar.setLoading(false);
    QVERIFY(!bar.isShown());
}

void TestWidgets::arraysAreOneValueALine()
{
    const std::vector<ClaimRow> rows = claimRows({{u"groups"_s, QJsonArray{u"a"_s, u"b"_s}},
                                                  {u"iss"_s, u"https://x.example"_s},
                                                  {u"exp"_s, 1795358227}});
    QCOMPARE(rows.size(), size_t(3));
    QCOMPARE(rows[0].name, u"iss"_s);
    QCOMPARE(rows[1].time->toSecsSinceEpoch(), 1795358227);
    QCOMPARE(rows[2].values, QStringList({u"a"_s, u"b"_s}));
    QCOMPARE(rows[2].meaning, u"Groups"_s);
}

void TestWidgets::aNarrowBannerHasItsButtonsBelow()
{
    QWidget window;
    auto *column = new QVBoxLayout(&window);
    column->setContentsMargins({});
    auto *banner = new MessageBanner;
    column->addWidget(banner);
    column->addStretch(1);
    banner->showMessage(MessageBanner::Kind::Info, u"As the run at 14:02:11 asked."_s);
    QPushButton *button = banner->addButton(u"Back to your edits"_s);
    const auto *text = banner->findChild<QWidget *>(u"bannerText"_s);
    const auto *close = banner->findChild<QWidget *>(u"bannerClose"_s);
    const auto lieApart = [&] {
        return !button->geometry().intersects(text->geometry()) &&
               !close->geometry().intersects(button->geometry()) &&
               banner->rect().contains(button->geometry()) && banner->rect().contains(text->geometry()) &&
               text->height() >= text->heightForWidth(text->width());
    };
    window.resize(270, 300);
    window.show();
    QTRY_VERIFY(button->y() > text->geometry().bottom());
    QCOMPARE(banner->width(), 270);
    QVERIFY(lieApart());
    window.resize(600, 300);
    QTRY_VERIFY(button->x() > text->geometry().right());
    QVERIFY(lieApart());
    window.setLayoutDirection(Qt::RightToLeft);
    QTRY_VERIFY(button->geometry().right() < text->x());
    QVERIFY(lieApart());
}

void TestWidgets::claimTimesSayHowFarTheyAre()
{
    ClaimTable table(m_clipboard);
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1795358227, Qt::UTC);
    const auto said = [&](qint64 time) {
        table.setClaims(claimRows({{u"iat"_s, time}}), now);
        return table.model()->index(0, 1).data(Qt::AccessibleTextRole).toString() +
               table.model()->index(0, 1).data().toString();
    };
    QVERIFY2(said(1795358227).contains(u"just now"_s), qPrintable(said(1795358227)));
    QVERIFY(said(1795358222).contains(u"5\u00a0s ago"_s));
    QVERIFY(said(1795358232).contains(u"in 5\u00a0s"_s));
}

void TestWidgets::claimTimesAreInSecondsOrMilliseconds_data()
{
    QTest::addColumn<QString>("claim");
    QTest::addColumn<double>("value");
    QTest::addColumn<qint64>("milliseconds"); // -1: it is no time
    const auto row = [](const char *name, const QString &claim, double value, qint64 milliseconds) {
        QTest::newRow(name) << claim << value << milliseconds;
    };
    row("seconds", u"updated_at"_s, 1795358227, 1'795'358'227'000);
    row("milliseconds", u"updated_at"_s, 1795358227123, 1'795'358'227'123);
    row("milliseconds elsewhere", u"auth_time"_s, 1795358227123, 1'795'358'227'123);
    row("the beginning", u"iat"_s, 0, 0);
    row("a fraction", u"iat"_s, 1795358227.9, 1'795'358'227'000);
    row("the last that is seconds", u"exp"_s, 99'999'999'999, 99'999'999'999'000);
    row("the first that is milliseconds", u"exp"_s, 100'000'000'000, 100'000'000'000);
    row("the year 9999", u"exp"_s, 253'402'300'799'000, 253'402'300'799'000);
    row("beyond it", u"exp"_s, 253'402'300'799'001, -1);
    row("before the epoch", u"iat"_s, -1, -1);
    row("no time", u"count"_s, 1795358227, -1);
}

// RFC 7519 section 2 has seconds, OneLogin's updated_at milliseconds.
void TestWidgets::claimTimesAreInSecondsOrMilliseconds()
{
    QFETCH(QString, claim);
    QFETCH(double, value);
    QFETCH(qint64, milliseconds);
    const std::vector<ClaimRow> rows = claimRows({{claim, value}});
    QCOMPARE(rows.size(), size_t(1));
    QCOMPARE(rows[0].time ? rows[0].time->toMSecsSinceEpoch() : -1, milliseconds);
    QVERIFY(!claimRows({{claim, QString::number(value)}})[0].time); // a text is none
}

void TestWidgets::comparedClaimsMarkWhatChanged()
{
    ClaimTable table(m_clipboard);
    table.setClaims(
        comparedClaimRows({{u"aud"_s, u"a"_s}, {u"sub"_s, u"1"_s}}, {{u"aud"_s, u"b"_s}, {u"sub"_s, u"1"_s}}),
        m_clock.now());
    QVERIFY(!table.isColumnHidden(2));
    QCOMPARE(table.model()->index(0, 3).data().toString(), u"Same"_s);
    QCOMPARE(table.model()->index(1, 3).data().toString(), u"Changed"_s);
    QCOMPARE(table.model()->index(1, 2).data().toString(), u"b"_s);
    table.setCurrentIndex(table.model()->index(1, 1));
    table.copyRow();
    QCOMPARE(QGuiApplication::clipboard()->text(), u"aud: a"_s);
}

void TestWidgets::navigationSaysItsCount()
{
    NavigationList list;
    const int keys = list.addItem(Icon::Key, u"API credentials"_s);
    const int servers = list.addItem(Icon::AuthServer, u"Authorization servers"_s);
    QSignalSpy changed(&list, &NavigationList::currentChanged);
    list.show();
    QVERIFY(QTest::qWaitForWindowActive(&list));
    list.setCurrentIndex(keys);
    list.setCount(keys, 2, true, u"2 need attention"_s);
    const QList<QRadioButton *> items = list.findChildren<QRadioButton *>();
    QCOMPARE(items[0]->accessibleName(), u"API credentials, 2 need attention"_s);
    items[0]->setFocus();
    QTest::keyClick(items[0], Qt::Key_Down);
    QCOMPARE(list.currentIndex(), servers);
    QCOMPARE(changed.count(), 2);
    list.setRail(true);
    QCOMPARE(list.sizeHint().width(), 56);
    QCOMPARE(items[1]->toolTip(), u"Authorization servers"_s);
}

void TestWidgets::theStatusBarLeavesNoStrayLines()
{
    class Painted final : public QObject
    {
    public:
        QRegion region;

    private:
        bool eventFilter(QObject *, QEvent *event) override
        {
            if (event->type() == QEvent::Paint)
                region += static_cast<QPaintEvent *>(event)->region();
            return false;
        }
    };
    StatusBar bar;
    bar.addLeft(u"connection"_s)->setContent({}, Tone::Muted, u"Works as"_s, u"jdoe.test"_s);
    StatusSegment *token = bar.addLeft(u"token"_s);
    token->setContent({}, Tone::Muted, u"Token: 2 min left"_s);
    bar.resize(600, bar.height());
    bar.show();
    QVERIFY(QTest::qWaitForWindowExposed(&bar));
    const QPoint line(token->x() - 1, bar.height() / 2);
    Painted painted;
    bar.installEventFilter(&painted);
    token->hide();
    QTRY_VERIFY(painted.region.contains(line));
}

QTEST_MAIN(TestWidgets)
#include "tst_widgets.moc"
