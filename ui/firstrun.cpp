// SPDX-License-Identifier: GPL-3.0-or-later
#include "firstrun.h"

#include "keychainstate.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"
#include "widgets/card.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/scrolled.h"

#include <QPushButton>
#include <QScrollArea>
#include <QTimer>
#include <QVBoxLayout>

using namespace std::chrono_literals;

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 936;
constexpr int kOneColumnBelow = 760;

/// The key of the program, large.
class Mark final : public QWidget
{
public:
    using QWidget::QWidget;
    QSize sizeHint() const override { return QSize(128, 60); }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        painter.setRenderHint(QPainter::Antialiasing);
        paintMark(&painter, rect(), themeFor(palette()));
    }
};

/// An icon on a tile.
class Tile final : public QWidget
{
public:
    Tile(Icon icon, bool accent, QWidget *parent = nullptr)
        : QWidget(parent)
        , m_icon(icon)
        , m_accent(accent)
    {
        setFixedSize(40, 40);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        QPainter painter(this);
        const Theme &theme = themeFor(palette());
        paintRounded(&painter, rect(), metrics::controlRadius, m_accent ? theme.accentTint : theme.hover);
        paintIcon(&painter, rect(), m_icon, metrics::iconNavigation,
                  m_accent ? theme.accentInk : theme.muted);
    }

private:
    const Icon m_icon;
    const bool m_accent;
};

} // namespace

FirstRun::FirstRun(KeychainState &keychain, QWidget *parent)
    : QWidget(parent)
    , m_keychain(keychain)
    , m_loading(new LoadingBar)
    , m_failure(new MessageBanner)
    , m_keychainBanner(new MessageBanner)
    , m_cancelDelay(new QTimer(this))
{
    setObjectName(u"firstRun"_s);
    m_failure->setObjectName(u"firstRun.failure"_s);
    m_keychainBanner->setObjectName(u"firstRun.keychain"_s);
    auto *outer = new QVBoxLayout(this);
    outer->setContentsMargins(0, 0, 0, 0);
    outer->setSpacing(0);
    outer->addWidget(m_loading);
    auto *page = new QWidget;
    outer->addWidget(scrolled(page), 1);

    auto *column = new QWidget;
    column->setMaximumWidth(kWidth);
    auto *stack = new QVBoxLayout(column);
    stack->setContentsMargins(0, 0, 0, 0);
    stack->setSpacing(metrics::space20);
    stack->addWidget(makeHead());
    stack->addSpacing(12);
    stack->addWidget(m_failure);
    stack->addWidget(makeCards());
    stack->addWidget(m_keychainBanner);
    auto *across = new QHBoxLayout;
    across->addStretch(1);
    across->addWidget(column, 1000);
    across->addStretch(1);
    auto *down = new QVBoxLayout(page);
    down->setContentsMargins(metrics::space24, metrics::space24, metrics::space24, metrics::space24);
    down->addStretch(1);
    down->addLayout(across);
    down->addStretch(2);

    m_failure->clear();
    m_cancel->hide();
    m_cancelDelay->setSingleShot(true);
    m_cancelDelay->setInterval(1s);
    connect(m_cancelDelay, &QTimer::timeout, m_cancel, &QWidget::show);
    connect(&keychain, &KeychainState::changed, this, &FirstRun::showKeychain);
    setHasTenants(false);
    showKeychain();
}

QWidget *FirstRun::makeHead()
{
    auto *head = new QWidget;
    auto *column = new QVBoxLayout(head);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(6);
    column->addWidget(new Mark, 0, Qt::AlignHCenter);
    column->addSpacing(18);
    m_title = new Label({}, TextStyle::Display);
    m_title->setAlignment(Qt::AlignHCenter);
    column->addWidget(m_title);
    Label *sentence =
        makeParagraph(tr("Latchkey keeps API credentials, tries OIDC logins and stages scope grants. "
                         "Nothing is written to a tenant before you have seen the exact change."),
                      TextStyle::Body, Tone::Muted);
    sentence->setAlignment(Qt::AlignHCenter);
    sentence->setMaximumWidth(540);
    auto *row = new QHBoxLayout;
    row->addStretch(1);
    row->addWidget(sentence, 1000);
    row->addStretch(1);
    column->addLayout(row);
    return head;
}

QWidget *FirstRun::makeCard(Icon icon, bool first, const QString &title, const QString &sentence,
                            const QStringList &points, const QList<QPushButton *> &buttons,
                            const QString &foot)
{
    auto *card = new Card;
    QVBoxLayout *body = card->body();
    body->setContentsMargins(20, 20, 20, 20);
    body->setSpacing(10);
    auto *head = new QHBoxLayout;
    head->setSpacing(12);
    head->addWidget(new Tile(icon, first));
    head->addWidget(new Label(title, TextStyle::Heading), 1);
    body->addLayout(head);
    body->addSpacing(2);
    Label *what = makeParagraph(sentence, TextStyle::Body, Tone::Muted);
    what->setAlignment(Qt::AlignTop | Qt::AlignLeading);
    what->setMinimumHeight(2 * lineHeight(TextStyle::Body));
    body->addWidget(what);
    for (const QString &point : points) {
        auto *row = new QHBoxLayout;
        row->setSpacing(8);
        row->addWidget(new Glyph(Icon::Check, Tone::Muted, metrics::iconButton), 0, Qt::AlignTop);
        row->addWidget(makeParagraph(point), 1);
        body->addLayout(row);
    }
    body->addStretch();
    auto *row = new QHBoxLayout;
    row->setSpacing(8);
    for (QPushButton *button : buttons)
        row->addWidget(button);
    row->addStretch();
    row->addWidget(new Label(foot, TextStyle::Caption, Tone::Muted));
    row->addItem(new QSpacerItem(0, metrics::control));
    body->addLayout(row);
    return card;
}

QWidget *FirstRun::makeCards()
{
    m_sandbox = makeButton(tr("Start the sandbox"), ButtonRole::Main);
    m_sandbox->setObjectName(u"firstRun.sandbox"_s);
    m_cancel = makeButton(tr("Cancel"));
    m_cancel->setObjectName(u"firstRun.cancel"_s);
    m_addTenant = makeButton(tr("Add tenant…"));
    m_addTenant->setObjectName(u"firstRun.addTenant"_s);
    m_import = makeButton(tr("Import…"));
    m_import->setObjectName(u"firstRun.import"_s);
    connect(m_import, &QPushButton::clicked, this, &FirstRun::importAsked);
    connect(m_sandbox, &QPushButton::clicked, this, &FirstRun::sandboxAsked);
    connect(m_addTenant, &QPushButton::clicked, this, &FirstRun::addTenantAsked);
    connect(m_cancel, &QPushButton::clicked, this, &FirstRun::cancelAsked);

    auto *cards = new QWidget;
    m_cards = new QHBoxLayout(cards);
    m_cards->setContentsMargins(0, 0, 0, 0);
    m_cards->setSpacing(metrics::space16);
    QWidget *sandbox = makeCard(Icon::Sandbox, true, tr("Try the sandbox"),
                                tr("A full tenant beside this window. No account, no network."),
                                {tr("Apps, users and servers to try"),
                                 tr("Every documented error, on purpose"), tr("Gone when Latchkey quits")},
                                {m_sandbox, m_cancel}, tr("About 5 seconds"));
    QWidget *tenant = makeCard(Icon::Tenant, false, tr("Add your tenant"),
                               tr("Your OneLogin address and one API credential pair."),
                               {tr("Tests the pair before it is saved"),
                                tr("Secrets go to the keychain alone"), tr("Production shows its red band")},
                               {m_addTenant}, tr("About 2 minutes"));
    QWidget *import = makeCard(Icon::Import, false, tr("Import"),
                               tr("Pairs you already keep in files, profiles or the environment."),
                               {tr(".env, SDK, Postman and CSV files"), tr("Row by row, with a preview")},
                               {m_import}, tr("Into a tenant you add first"));
    for (QWidget *card : {sandbox, tenant, import})
        m_cards->addWidget(card, 1);
    return cards;
}

void FirstRun::setHasTenants(bool has)
{
    m_title->setText(has ? tr("Open a tenant") : tr("Open your first tenant"));
}

void FirstRun::setStarting(bool starting)
{
    m_loading->setLoading(starting);
    m_sandbox->setEnabled(!starting);
    m_addTenant->setEnabled(!starting);
    m_import->setEnabled(!starting);
    m_cancel->hide();
    if (starting) {
        m_failure->clear();
        m_cancelDelay->start();
    } else {
        m_cancelDelay->stop();
    }
}

void FirstRun::showError(const Error &error)
{
    m_failure->showError(error);
}

void FirstRun::showKeychain()
{
    using Kind = MessageBanner::Kind;
    const bool ready = m_keychain.isReady();
    const bool checking = m_keychain.state() == KeychainState::State::Checking;
    const bool calm = checking || ready || m_keychain.isSessionOnly();
    m_keychainBanner->showMessage(calm ? Kind::Info : Kind::Warn, m_keychain.sentence(), m_keychain.detail());
    m_keychainBanner->setIcon(ready ? Icon::Success : checking ? Icon::Clock : Icon::Lock);
    m_keychainBanner->setClosable(false);
    if (m_keychain.state() == KeychainState::State::Locked) {
        QPushButton *unlock = m_keychainBanner->addButton(tr("Unlock…"));
        unlock->setObjectName(u"firstRun.unlock"_s);
        unlock->setEnabled(!m_keychain.isUnlocking());
        connect(unlock, &QPushButton::clicked, &m_keychain, &KeychainState::unlock, Qt::QueuedConnection);
    } else if (!checking) {
        QPushButton *again = m_keychainBanner->addButton(tr("Check again"));
        again->setObjectName(u"firstRun.checkAgain"_s);
        connect(again, &QPushButton::clicked, &m_keychain, &KeychainState::probe, Qt::QueuedConnection);
    }
    if (!calm) {
        QPushButton *session = m_keychainBanner->addButton(tr("Use for this session"));
        session->setObjectName(u"firstRun.session"_s);
        connect(session, &QPushButton::clicked, &m_keychain, &KeychainState::useSessionOnly,
                Qt::QueuedConnection);
    }
}

void FirstRun::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_sandbox->setFocus(Qt::OtherFocusReason);
}

void FirstRun::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    m_cards->setDirection(width() < kOneColumnBelow ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
}

void FirstRun::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    painter.fillRect(rect(), themeFor(palette()).base);
}

} // namespace latchkey
