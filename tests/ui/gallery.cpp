// SPDX-License-Identifier: GPL-3.0-or-later
// Every shared widget in every state, to be held against the design by eye:
// latchkey-gallery [--dark] [--page components|shell|dialog|first] [--scale N] [--shot FILE]
#include "models/tablemodel.h"
#include "style/buttonrole.h"
#include "style/latchkeystyle.h"
#include "style/metrics.h"
#include "style/theme.h"
#include "translations.h"
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
#include "widgets/messagebanner.h"
#include "widgets/navigationlist.h"
#include "widgets/panel.h"
#include "widgets/scopechips.h"
#include "widgets/secretfield.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/statebadge.h"
#include "widgets/statusbar.h"
#include "widgets/tabledelegate.h"

#include <QApplication>
#include <QCheckBox>
#include <QClipboard>
#include <QComboBox>
#include <QCommandLineParser>
#include <QFocusFrame>
#include <QGridLayout>
#include <QHeaderView>
#include <QJsonObject>
#include <QListView>
#include <QPushButton>
#include <QRadioButton>
#include <QSpinBox>
#include <QSplitter>
#include <QStandardItemModel>
#include <QTabBar>
#include <QTableView>
#include <QTimer>
#include <QToolButton>
#include <QVBoxLayout>

using namespace latchkey;
using namespace Qt::StringLiterals;

namespace {

struct Kit
{
    SystemClock clock;
    Ticker ticker{clock};
    Clipboard clipboard{*QGuiApplication::clipboard(), ticker};
};

QVBoxLayout *section(QGridLayout *grid, int row, int column, const QString &title)
{
    auto *box = new QVBoxLayout;
    box->setSpacing(metrics::space8);
    box->addWidget(new Label(title, TextStyle::CaptionStrong, Tone::Muted));
    grid->addLayout(box, row, column);
    return box;
}

QHBoxLayout *line(QVBoxLayout *box)
{
    auto *row = new QHBoxLayout;
    row->setSpacing(10);
    box->addLayout(row);
    return row;
}

void captioned(QHBoxLayout *row, QWidget *widget, const QString &caption)
{
    auto *box = new QVBoxLayout;
    box->setSpacing(metrics::space4);
    box->addWidget(widget, 0, Qt::AlignLeft);
    box->addWidget(new Label(caption, TextStyle::Caption, Tone::Muted));
    row->addLayout(box);
}

void addButtons(QVBoxLayout *box)
{
    QHBoxLayout *row = line(box);
    captioned(row, makeButton(u"Apply"_s, ButtonRole::Main), u"primary"_s);
    QPushButton *down = makeButton(u"Apply"_s, ButtonRole::Main);
    down->setDown(true);
    captioned(row, down, u"pressed"_s);
    QPushButton *focus = makeButton(u"Apply"_s, ButtonRole::Main);
    captioned(row, focus, u"focus"_s);
    auto *frame = new QFocusFrame(focus);
    frame->setWidget(focus);
    captioned(row, makeButton(u"Test"_s), u"plain"_s);
    QPushButton *off = makeButton(u"Test"_s);
    off->setEnabled(false);
    captioned(row, off, u"disabled"_s);
    captioned(row, makeButton(u"Revoke…"_s, ButtonRole::Danger), u"danger"_s);
    row->addStretch();
    row = line(box);
    captioned(row, makeButton(u"Delete pair"_s, ButtonRole::DangerFill), u"danger, dialog"_s);
    captioned(row, makeToolButton(Icon::Refresh, u"Reload"_s), u"tool"_s);
    QPushButton *offMain = makeButton(u"Apply"_s, ButtonRole::Main);
    offMain->setEnabled(false);
    captioned(row, offMain, u"disabled"_s);
    QPushButton *small = makeButton(Icon::Plus, u"New server…"_s);
    setSmall(small);
    captioned(row, small, u"small"_s);
    QPushButton *review = makeButton(u"Review"_s, ButtonRole::Main);
    setKeyHint(review, QKeySequence(Qt::CTRL | Qt::Key_Return));
    captioned(row, review, u"key"_s);
    captioned(row, makeButton(u"Open its grants"_s, ButtonRole::Link), u"link"_s);
    row->addStretch();
}

QLineEdit *edit(const QString &text, int width)
{
    auto *field = new QLineEdit(text);
    field->setFixedWidth(width);
    return field;
}

SecretField *secret(Kit &kit, SecretField::State state, bool revealed)
{
    auto *field = new SecretField(u"client secret of directory-sync"_s, kit.ticker, kit.clipboard);
    field->setState(state);
    field->setProvider([](const Continuation<Secret> &next) {
        finishLater<Secret>(next, Secret::fromText(u"9f2c-sandbox-41aa"));
    });
    if (revealed)
        QTimer::singleShot(0, field, &SecretField::reveal);
    return field;
}

void addFields(QVBoxLayout *box, Kit &kit)
{
    QHBoxLayout *row = line(box);
    captioned(row, edit(u"billing-service"_s, 150), u"filled"_s);
    QLineEdit *focus = edit(u"billing-service"_s, 150);
    captioned(row, focus, u"focus"_s);
    auto *frame = new QFocusFrame(focus);
    frame->setWidget(focus);
    auto *wrong = new FormField(u"Client ID"_s, edit(u"client id here"_s, 150));
    wrong->setError(u"Has a space in it"_s);
    row->addWidget(wrong);
    row->addStretch();
    row = line(box);
    QLineEdit *fixed = edit(u"read only"_s, 150);
    fixed->setReadOnly(true);
    captioned(row, fixed, u"read-only"_s);
    auto *combo = new QComboBox;
    combo->addItems({u"portal-web"_s, u"mobile-app"_s});
    captioned(row, combo, u"combo"_s);
    auto *spin = new QSpinBox;
    spin->setRange(1, 65535);
    spin->setValue(8765);
    captioned(row, spin, u"spin box"_s);
    auto *check = new QCheckBox(u"Read-only"_s);
    check->setChecked(true);
    captioned(row, check, u"check"_s);
    captioned(row, new QRadioButton(u"Basic"_s), u"radio"_s);
    row->addStretch();
    row = line(box);
    row->addWidget(secret(kit, SecretField::State::Keychain, false));
    row->addWidget(secret(kit, SecretField::State::Keychain, true));
    row = line(box);
    row->addWidget(secret(kit, SecretField::State::Missing, false));
    row->addWidget(secret(kit, SecretField::State::Locked, false));
}

void addBadges(QVBoxLayout *box)
{
    QHBoxLayout *row = line(box);
    row->addWidget(new StateBadge(Icon::Success, u"Enabled"_s, Tone::Ok));
    row->addWidget(new StateBadge(Icon::Pause, u"Disabled"_s, Tone::Muted));
    row->addWidget(new StateBadge(Icon::Clock, u"Disabling"_s, Tone::Warn));
    row->addWidget(new StateBadge(Icon::Error, u"Owner deleted"_s, Tone::Danger));
    row->addWidget(new StateBadge(Icon::Warning, u"No secret"_s, Tone::Warn));
    row->addStretch();
    row = line(box);
    row->addWidget(new StateBadge(Icon::AuthServer, u"Verified, 8 of 8"_s, Tone::Ok));
    row->addWidget(new StateBadge(Icon::Skip, u"Decoded, not verified"_s, Tone::Muted));
    row->addWidget(new StateBadge(Icon::Error, u"Failed: audience"_s, Tone::Danger));
    row->addWidget(new StateBadge(Icon::Pending, u"Pending"_s, Tone::Accent));
    row->addStretch();
}

void addCountdowns(QVBoxLayout *box, Kit &kit)
{
    using namespace std::chrono_literals;
    QHBoxLayout *row = line(box);
    const Clock::Instant now = kit.clock.monotonic();
    const auto chip = [&](std::optional<std::chrono::seconds> left) {
        auto *shown = new CountdownChip(kit.ticker);
        shown->setExpiry({.end = left ? std::optional(now + *left) : std::nullopt});
        row->addWidget(shown);
    };
    chip(7h + 42min + 30s);
    chip(14min + 12s);
    chip(58s);
    row->addStretch();
    row = line(box);
    chip(-200s);
    chip(std::nullopt);
    row->addStretch();
}

void addBanners(QVBoxLayout *box, QWidget *page)
{
    auto *danger = new MessageBanner(page);
    danger->showMessage(MessageBanner::Kind::Danger, u"The pair was refused."_s,
                        u"401 Authentication Failure. Request ID 91c0…"_s);
    danger->addButton(u"Explain"_s);
    auto *warn = new MessageBanner(page);
    warn->showMessage(MessageBanner::Kind::Warn, u"The keychain is locked."_s,
                      u"Secrets cannot be read until it is open."_s);
    warn->setIcon(Icon::Lock);
    warn->addButton(u"Unlock…"_s);
    warn->addButton(u"Use for this session"_s);
    warn->setClosable(false);
    auto *ok = new MessageBanner(page);
    ok->showMessage(MessageBanner::Kind::Ok, u"directory-sync removed from this app."_s);
    ok->addButton(u"Undo, 8 s"_s);
    ok->setClosable(false);
    auto *info = new MessageBanner(page);
    info->showMessage(MessageBanner::Kind::Info, u"The server changed since you loaded it."_s,
                      u"2 apps differ."_s);
    info->addButton(u"Compare…"_s);
    info->setClosable(false);
    for (MessageBanner *banner : {danger, warn, ok, info})
        box->addWidget(banner);
}

void addClaims(QVBoxLayout *box, Kit &kit)
{
    auto *table = new ClaimTable(kit.clipboard);
    const QDateTime now = QDateTime::fromSecsSinceEpoch(1795357387, Qt::UTC);
    table->setClaims(claimRows({{u"iss"_s, u"https://acme-dev.onelogin.example/oidc/2"_s},
                                {u"exp"_s, 1795358227},
                                {u"azp"_s, u"b5dee2e0-5cbf-sandbox-2920"_s}}),
                     now);
    table->setFixedHeight(80);
    box->addWidget(table);
}

QWidget *componentsPage(Kit &kit)
{
    auto *page = new QWidget;
    page->setBackgroundRole(QPalette::Base);
    auto *grid = new QGridLayout(page);
    grid->setContentsMargins(28, 20, 28, 20);
    grid->setHorizontalSpacing(32);
    grid->setVerticalSpacing(20);
    grid->setColumnStretch(0, 1);
    grid->setColumnStretch(1, 1);
    grid->addWidget(new Label(u"Components and their states"_s, TextStyle::Title), 0, 0);
    addButtons(section(grid, 1, 0, u"Buttons"_s));
    addFields(section(grid, 1, 1, u"Fields"_s), kit);
    addBadges(section(grid, 2, 0, u"StateBadge"_s));
    addCountdowns(section(grid, 2, 1, u"CountdownChip"_s), kit);
    addBanners(section(grid, 3, 0, u"MessageBanner"_s), page);
    QVBoxLayout *right = section(grid, 3, 1, u"Checklist, ClaimTable"_s);
    auto *checks = new QVBoxLayout;
    checks->setSpacing(0);
    using Outcome = ChecklistRow::Outcome;
    checks->addWidget(new ChecklistRow(u"Signature"_s, Outcome::Pass, u"RS256 over 784 bytes"_s));
    checks->addWidget(
        new ChecklistRow(u"Audience"_s, Outcome::Fail, u"Token says https://api.example.com/orders"_s));
    checks->addWidget(new ChecklistRow(u"Nonce"_s, Outcome::NotChecked, u"Only an ID token carries it"_s));
    checks->addWidget(new ChecklistRow(u"Key"_s, Outcome::Checking, u"Fetching the issuer’s JWKS"_s));
    right->addLayout(checks);
    addClaims(right, kit);
    QVBoxLayout *left = section(grid, 4, 0, u"Segments, chips, tags, tabs, code"_s);
    auto *segments = new SegmentedControl(u"State"_s);
    segments->addSegment(u"All"_s, 9);
    segments->addSegment(u"Needs attention"_s, 2);
    segments->addSegment(u"Disabled"_s, 2);
    left->addWidget(segments);
    auto *chips = new ScopeChips;
    chips->setScopes({u"openid"_s, u"profile"_s, u"read:invoices"_s, u"send:invoices"_s});
    chips->setFixedWidth(284);
    left->addWidget(chips);
    QHBoxLayout *tags = line(left);
    for (const TenantType type :
         {TenantType::Production, TenantType::Staging, TenantType::Development, TenantType::Sandbox})
        tags->addWidget(new EnvironmentTag(type));
    tags->addStretch();
    auto *tabs = new QTabBar;
    tabs->addTab(u"Checks"_s);
    tabs->addTab(textWithCount(u"Claims"_s, 9));
    tabs->addTab(u"Raw"_s);
    left->addWidget(tabs);
    auto *code = new CodeBlock(u"the request as curl"_s, kit.clipboard);
    code->setCode(u"curl https://api.example.com/invoices \\\n  -H \"Authorization: Bearer $TOKEN\""_s);
    left->addWidget(code);
    auto *empty = new EmptyState(Icon::Scope, u"No scopes yet"_s,
                                 u"Client apps can be granted scopes once Reports API has one."_s);
    empty->setMainButton(Icon::Plus, u"Add scope…"_s);
    auto *frame = new Card;
    frame->body()->addWidget(empty);
    section(grid, 4, 1, u"EmptyState"_s)->addWidget(frame);
    for (int index = 0; index < grid->count(); ++index) {
        if (auto *box = qobject_cast<QVBoxLayout *>(grid->itemAt(index)->layout()))
            box->addStretch();
    }
    return page;
}

struct Pair
{
    QString name{};
    QString id{};
    QString level{};
    QString token{};
    Icon icon = Icon::Success;
    Tone tone = Tone::Ok;
    QString state{};
    QString used{};
};

QWidget *credentialTable()
{
    std::vector<Column<Pair>> columns(5);
    columns[0] = {.title = u"State"_s,
                  .text = [](const Pair &p) { return p.state; },
                  .glyph = [](const Pair &p) { return p.icon; },
                  .tone = [](const Pair &p) { return p.tone; },
                  .textTone = [](const Pair &p) { return p.tone == Tone::Ok ? Tone::Normal : p.tone; }};
    columns[1] = {.title = u"Name"_s,
                  .text = [](const Pair &p) { return p.name; },
                  .subtitle = [](const Pair &p) { return p.id; },
                  .fixedSubtitle = true};
    columns[2] = {.title = u"Scope level"_s, .text = [](const Pair &p) { return p.level; }};
    columns[3] = {.title = u"Token"_s, .text = [](const Pair &p) { return p.token; }};
    columns[4] = {.title = u"Used here"_s,
                  .text = [](const Pair &p) { return p.used; },
                  .textTone = [](const Pair &) { return Tone::Muted; }};
    auto *view = new QTableView;
    auto *model = new TableModel<Pair>(
        columns, [](const Pair &p) { return QVariant(p.name); }, view);
    model->setRecords({{u"legacy-migration"_s, u"c20f7e41…88d1a6"_s, u"Manage All"_s, u"None"_s, Icon::Error,
                        Tone::Danger, u"Owner deleted"_s, u"94 days ago"_s},
                       {u"ci-pipeline"_s, u"5be9034d…17f2c0"_s, u"Read All"_s, u"None"_s, Icon::Warning,
                        Tone::Warn, u"No secret"_s, u"3 days ago"_s},
                       {u"billing-service"_s, u"e6013cc8…02b97d"_s, u"Read Users"_s, u"9 h 12 min"_s,
                        Icon::Success, Tone::Ok, u"Enabled"_s, u"21 min ago"_s},
                       {u"directory-sync"_s, u"7b1c04e9…d95f30"_s, u"Manage users"_s, u"7 h 42 min"_s,
                        Icon::Success, Tone::Ok, u"Enabled"_s, u"4 min ago"_s},
                       {u"hr-import"_s, u"a93c5f07…b84d12"_s, u"Manage users"_s, u"None"_s, Icon::Pause,
                        Tone::Muted, u"Disabled"_s, u"41 days ago"_s}});
    view->setModel(model);
    prepareTable(view, metrics::twoLineRow);
    view->horizontalHeader()->setSortIndicatorShown(true);
    view->horizontalHeader()->setSortIndicator(1, Qt::DescendingOrder);
    view->horizontalHeader()->setStretchLastSection(true);
    view->setColumnWidth(0, 142);
    view->setColumnWidth(1, 122);
    view->setColumnWidth(2, 142);
    view->selectRow(3);
    return view;
}

QWidget *detailPane(Kit &kit)
{
    auto *pane = new QWidget;
    auto *column = new QVBoxLayout(pane);
    column->setContentsMargins(20, 14, 20, 16);
    column->setSpacing(metrics::space12);
    auto *head = new QHBoxLayout;
    head->addWidget(new Label(u"directory-sync"_s, TextStyle::Heading));
    head->addStretch();
    QPushButton *disable = makeButton(Icon::Pause, u"Disable…"_s);
    setSmall(disable);
    head->addWidget(disable);
    column->addLayout(head);
    auto *facts = new FactList;
    facts->addFact(u"Scope level"_s, u"Manage users"_s);
    auto *id = new Label(u"7b1c04e9a2d86f-sandbox-c3e7d95f30"_s, TextStyle::Fixed);
    id->setElide(Label::Elide::Middle);
    facts->addFact(u"Client ID"_s, id);
    facts->addFact(u"Client secret"_s, secret(kit, SecretField::State::Keychain, false));
    facts->addFact(u"Owner note"_s, u"Nightly sync, identity-platform"_s);
    column->addWidget(facts);
    auto *card = new Card;
    auto *chip = new CountdownChip(kit.ticker);
    chip->setExpiry({.end = kit.clock.monotonic() + std::chrono::minutes(462)});
    card->setHead(Icon::Token, u"Management token"_s)->addWidget(chip);
    auto *more = new FactList;
    more->addFact(u"Created"_s, u"Today 12:06"_s);
    more->addFact(u"Calls left"_s, u"4,812 of 5,000"_s);
    card->body()->addWidget(more);
    card->foot()->addWidget(makeButton(Icon::Copy, u"Copy header"_s, ButtonRole::Main));
    card->foot()->addStretch();
    card->foot()->addWidget(makeButton(u"Revoke…"_s, ButtonRole::Danger));
    column->addWidget(card);
    column->addStretch();
    return pane;
}

QWidget *shellPage(Kit &kit)
{
    auto *page = new QWidget;
    auto *band = new EnvironmentBand;
    band->setEnvironment(TenantType::Staging);
    auto *navigation = new NavigationList;
    navigation->addItem(Icon::Key, u"API credentials"_s);
    navigation->addItem(Icon::Login, u"Test logins"_s);
    navigation->addItem(Icon::AuthServer, u"Authorization servers"_s);
    navigation->addItem(Icon::Activity, u"Activity"_s);
    navigation->addItem(Icon::Settings, u"Settings"_s, true);
    navigation->setCurrentIndex(0);
    navigation->setCount(0, 2, true, u"2 need attention"_s);
    navigation->setCount(2, 4);
    navigation->setItemEnabled(3, false, u"No tenant is open"_s);
    auto *panel = new Panel(u"API credentials"_s);
    panel->addAction(makeButton(Icon::Import, u"Import…"_s));
    panel->addAction(makeButton(u"Hygiene"_s));
    panel->addAction(makeButton(Icon::Plus, u"New credential…"_s, ButtonRole::Main));
    auto *filter = new FilterField(u"Filter by name, ID or note"_s);
    filter->setKeyHint(QKeySequence(Qt::CTRL | Qt::Key_F));
    filter->setFixedWidth(264);
    auto *segments = new SegmentedControl(u"State"_s);
    segments->addSegment(u"All"_s, 9);
    segments->addSegment(u"Needs attention"_s, 2);
    segments->addSegment(u"Enabled"_s, 5);
    segments->addSegment(u"Disabled"_s, 2);
    panel->toolRow()->addWidget(filter);
    panel->toolRow()->addWidget(segments);
    panel->toolRow()->addStretch();
    panel->toolRow()->addWidget(makeToolButton(Icon::Columns, u"Columns"_s));
    panel->toolRow()->addWidget(makeToolButton(Icon::Refresh, u"Reload"_s));
    auto *split = new QSplitter;
    split->addWidget(credentialTable());
    split->addWidget(detailPane(kit));
    split->setSizes({676, 376});
    panel->setContent(split);
    panel->banner()->showMessage(MessageBanner::Kind::Warn, u"The list could not be read again."_s,
                                 u"Status 503. Request ID 1f2e-sandbox"_s);
    panel->banner()->addButton(u"Try again"_s);
    panel->setNote(u"As of 14:02"_s);
    auto *status = new StatusBar;
    status->addLeft(u"connection"_s)
        ->setContent(Icon::Success, Tone::Ok, u"Connected as"_s, u"grants-admin"_s);
    status->addLeft(u"token"_s)->setContent(Icon::Clock, Tone::Muted, u"Token 2 h 05 min"_s);
    status->addLeft(u"calls"_s)->setContent(std::nullopt, Tone::Muted, u"4,812 calls left"_s);
    status->addRight(u"clipboard"_s)->setContent(Icon::Copy, Tone::Muted, u"Clipboard clears in 18 s"_s);
    status->addRight(u"keychain"_s)->setContent(Icon::Lock, Tone::Ok, u"Keychain: Secret Service"_s);
    auto *row = new QHBoxLayout;
    row->setSpacing(0);
    row->addWidget(navigation);
    row->addWidget(panel, 1);
    auto *column = new QVBoxLayout(page);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(band);
    column->addLayout(row, 1);
    column->addWidget(status);
    page->resize(1280, 752);
    return page;
}

QWidget *confirmPage()
{
    auto *dialog = new ConfirmDialog(u"Delete hr-import"_s, u"Delete hr-import"_s);
    dialog->setSubtitle(u"API credential in acme"_s);
    dialog->setEnvironment(TenantType::Production);
    dialog->setEffects({u"Everything that signs in with this pair stops working at once."_s,
                        u"The secret is removed from the keychain of this computer."_s,
                        u"This cannot be undone."_s});
    dialog->requireTyping(u"hr-import"_s);
    dialog->resize(520, 100);
    return dialog;
}

QWidget *editorPage()
{
    auto *dialog = new EditorDialog(u"New client app"_s, u"Add client app"_s);
    dialog->setSubtitle(u"Invoices API in acme-dev"_s);
    dialog->setEnvironment(TenantType::Development);
    dialog->addField(u"name"_s, u"Name"_s, new QLineEdit(u"billing-service"_s),
                     u"Shown in the list of client apps."_s);
    auto *scopes = new ScopeChips;
    scopes->setScopes({u"read:invoices"_s});
    dialog->addField(u"scopes"_s, u"Scopes"_s, scopes);
    dialog->showError({.kind = ErrorKind::Invalid,
                       .message = u"The tenant refused the client app."_s,
                       .vendorText = u"name has already been taken"_s,
                       .httpStatus = 422,
                       .fieldErrors = {{u"name"_s, u"Has already been taken"_s}}});
    dialog->resize(560, 100);
    return dialog;
}

QWidget *makePage(const QString &name, Kit &kit)
{
    if (name == "shell"_L1)
        return shellPage(kit);
    if (name == "confirm"_L1)
        return confirmPage();
    if (name == "editor"_L1)
        return editorPage();
    return componentsPage(kit);
}

} // namespace

int main(int argc, char **argv)
{
    QApplication application(argc, argv);
    QCommandLineParser options;
    options.addOptions({{u"dark"_s, u"The dark theme."_s},
                        {u"more-contrast"_s, u"More contrast."_s},
                        {u"rtl"_s, u"Right to left."_s},
                        {u"page"_s, u"components, shell, confirm or editor."_s, u"page"_s},
                        {u"shot"_s, u"Render to this file and quit."_s, u"file"_s}});
    options.addHelpOption();
    options.process(application);
    installTranslations(application);
    installStyle(application);
    QFont font(u"Noto Sans"_s);
    font.setPixelSize(13);
    QApplication::setFont(font);
    const bool dark = options.isSet(u"dark"_s);
    const bool more = options.isSet(u"more-contrast"_s);
    QApplication::setPalette(paletteFor(dark ? (more ? ThemeKind::DarkMoreContrast : ThemeKind::Dark)
                                             : (more ? ThemeKind::LightMoreContrast : ThemeKind::Light)));
    if (options.isSet(u"rtl"_s))
        QApplication::setLayoutDirection(Qt::RightToLeft);
    Kit kit;
    std::unique_ptr<QWidget> page(makePage(options.value(u"page"_s), kit));
    page->setAutoFillBackground(true);
    page->show();
    if (options.isSet(u"shot"_s)) {
        if (page->width() < 640 && !page->inherits("QDialog"))
            page->resize(1280, 960);
        QTimer::singleShot(400, page.get(), [&page, &options] {
            page->grab().save(options.value(u"shot"_s));
            QCoreApplication::quit();
        });
    }
    return QApplication::exec();
}
