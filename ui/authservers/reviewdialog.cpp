// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewdialog.h"

#include "grants/grantjournal.h"
#include "onelogin/session.h"
#include "store/workspace.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"

#include <QPushButton>
#include <QShortcut>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kWidth = 740;
constexpr size_t kMostParts = 60; ///< of the bar: more lines are shown as shares
constexpr std::chrono::milliseconds kBarDelay{60};

using BarTone = std::optional<Tone>;

BarTone toneOf(const ReviewLine &line, const AppliedChange &change)
{
    if (change.state < ApplyState::Verified)
        return std::nullopt;
    if (isStored(line, change))
        return Tone::Ok;
    const bool failed = change.state == ApplyState::NotStored || change.state == ApplyState::Conflict;
    return failed ? Tone::Danger : Tone::Muted;
}

/// Parts of one tone become one.
void gather(std::vector<std::pair<BarTone, size_t>> &parts)
{
    std::vector<std::pair<BarTone, size_t>> gathered{
        {Tone::Ok, 0}, {Tone::Danger, 0}, {Tone::Muted, 0}, {std::nullopt, 0}};
    for (const auto &[tone, weight] : parts) {
        for (auto &each : gathered)
            each.second += each.first == tone ? weight : 0;
    }
    std::erase_if(gathered, [](const auto &each) { return each.second == 0; });
    parts = std::move(gathered);
}

} // namespace

/// One stretch per line of the review: stored, not stored, still to come.
class OutcomeBar final : public QWidget
{
public:
    explicit OutcomeBar(QWidget *parent = nullptr)
        : QWidget(parent)
    {
        setFixedHeight(4);
    }

    void setParts(std::vector<std::pair<BarTone, size_t>> parts)
    {
        if (parts.size() > kMostParts)
            gather(parts);
        m_parts = std::move(parts);
        QWidget::update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        size_t whole = 0;
        for (const auto &[tone, weight] : m_parts)
            whole += weight;
        const qreal unit = (QWidget::width() + 3.0) / std::max<qreal>(1.0, static_cast<qreal>(whole));
        qreal left = 0;
        for (const auto &[tone, weight] : m_parts) {
            const qreal width = static_cast<qreal>(weight) * unit;
            paintRounded(&painter, QRectF(left, 0, width - 3, 4), 2, tone ? ink(theme, *tone) : theme.line);
            left += width;
        }
    }

private:
    std::vector<std::pair<BarTone, size_t>> m_parts;
};

ReviewDialog::ReviewDialog(Session &session, AuthServer server, std::vector<Scope> scopes, GrantPlan &plan,
                           QWidget *parent)
    : DialogFrame({}, parent)
    , m_session(session)
    , m_server(std::move(server))
    , m_scopes(std::move(scopes))
    , m_plan(plan)
{
    setObjectName(u"reviewDialog"_s);
    setMinimumWidth(std::min(kWidth, parent ? parent->window()->width() - 2 * metrics::space24 : kWidth));
    //: "Invoices API in acme"
    setSubtitle(tr("%1 in %2").arg(m_server.name, session.tenant().name));
    setEnvironment(session.tenant().type);
    makeBody();
    makeButtons();
    m_second.setInterval(std::chrono::seconds(1));
    connect(&m_second, &QTimer::timeout, this, &ReviewDialog::updateFreshness);
    m_barDelay.setInterval(kBarDelay);
    m_barDelay.setSingleShot(true);
    connect(&m_barDelay, &QTimer::timeout, this, &ReviewDialog::updateBar);
    connect(&session, &Session::workingCredentialChanged, this, [this] {
        if (m_phase != Phase::Applying)
            return;
        m_apply->giveUp(tr("The API credential at work changed before it could be read back."));
        m_apply.reset(); // its API client is gone
        banner()->showMessage(MessageBanner::Kind::Warn, tr("Stopped: the API credential at work changed."));
    });
    showChanges();
    readAgain();
}

void ReviewDialog::makeBody()
{
    body()->setSpacing(10);
    m_bar = new OutcomeBar;
    m_bar->hide();
    body()->addWidget(m_bar);
    m_cards = new ReviewCards;
    body()->addWidget(m_cards);
    connect(m_cards, &ReviewCards::fitWanted, this, [this] { refit(); });
    connect(m_cards, &ReviewCards::cardMade, this, [this](size_t row, ReviewCard *card) {
        connect(card, &ReviewCard::choiceMade, this,
                [this, row](ConflictChoice choice) { choose(row, choice); });
        connect(card, &ReviewCard::removalAsked, this, [this, row] { removeInstead(row); });
    });

    auto *effect = new MessageBanner;
    effect->setObjectName(u"reviewEffect"_s);
    effect->showMessage(
        MessageBanner::Kind::Info,
        m_server.accessTokenLifetime
            ? tr("Tokens already issued keep their scopes until they expire, here at most %n minute(s).",
                 nullptr, static_cast<int>(m_server.accessTokenLifetime->count()))
            : tr("Tokens already issued keep their scopes until they expire."));
    effect->setClosable(false);
    m_effect = effect;
    body()->addWidget(effect);

    auto *row = new QHBoxLayout;
    row->setSpacing(6);
    m_freshGlyph = new Glyph(Icon::Clock, Tone::Muted, metrics::iconButton);
    m_fresh = makeParagraph({}, TextStyle::Caption);
    m_fresh->setObjectName(u"reviewFreshness"_s);
    m_again = makeButton(tr("Read again"));
    m_again->setObjectName(u"reviewReadAgain"_s);
    setSmall(m_again);
    row->addWidget(m_freshGlyph, 0, Qt::AlignVCenter);
    row->addWidget(m_fresh, 1);
    row->addWidget(m_again);
    body()->addLayout(row);
    body()->addStretch(1);
    connect(m_again, &QPushButton::clicked, this, [this] {
        if (m_phase == Phase::Conflict)
            return keepAllMine();
        if (m_phase == Phase::Done)
            showChanges(); // what is left
        readAgain();
    });
}

void ReviewDialog::makeButtons()
{
    m_keep = addButton(tr("Keep editing"), QDialogButtonBox::RejectRole);
    m_keep->setObjectName(u"reviewKeep"_s);
    m_go = addButton({}, QDialogButtonBox::AcceptRole, ButtonRole::Main);
    m_go->setObjectName(u"reviewApply"_s);
    connect(m_go, &QPushButton::clicked, this, [this] {
        if (m_phase == Phase::Ready)
            apply();
        else if (m_phase == Phase::Done)
            accept();
    });
    for (Qt::Key key : {Qt::Key_Return, Qt::Key_Enter}) {
        m_mainKeys.push_back(new QShortcut(QKeySequence(Qt::CTRL | key), this));
        connect(m_mainKeys.back(), &QShortcut::activated, m_go, &QPushButton::click);
    }
    m_keep->setFocus();
}

void ReviewDialog::showChanges()
{
    m_applied.clear();
    m_cards->setChanges(m_plan.changes(), m_scopes);
    setTitle(tr("Review %n change(s)", nullptr, m_cards->lineCount()));
    m_go->setText(tr("Apply %n change(s) to %1", nullptr, m_cards->lineCount())
                      .arg(tenantTypeName(m_session.tenant().type)));
}

void ReviewDialog::readAgain()
{
    ApiClient *api = m_session.api();
    if (!api) {
        m_fresh->setText(tr("No API credential is at work, so the client apps cannot be read again."));
        return setPhase(Phase::Failed);
    }
    connect(api, &ApiClient::waiting, this, &ReviewDialog::followWaiting, Qt::UniqueConnection);
    m_waitLeft = {};
    setPhase(Phase::Reading);
    AuthServersApi(*api).clientApps(
        m_server.id, then(this, [this](Result<std::vector<ClientApp>> apps) {
            if (apps)
                return takeReading(*apps);
            m_fresh->setText(tr("The client apps could not be read again. %1").arg(apps.error().message));
            setPhase(Phase::Failed);
        }));
}

void ReviewDialog::takeReading(const std::vector<ClientApp> &apps)
{
    m_readAt = m_session.clock().now();
    m_found = apps;
    m_conflicts.clear();
    bool fulfilled = false;
    for (size_t row = 0; row < m_cards->count(); ++row) {
        const Standing now = standing(m_cards->change(row), apps);
        fulfilled |= now == Standing::AsWanted;
        if (now != Standing::Changed)
            continue;
        m_cards->card(row)->showConflict(scopesOf(apps, m_cards->change(row).app), m_scopes);
        m_conflicts.emplace(row, std::nullopt);
    }
    if (fulfilled && m_conflicts.empty())
        return takeFresh(); // nobody needs to decide about what the tenant has already
    setPhase(m_conflicts.empty() ? Phase::Ready : Phase::Conflict);
}

/// The plan, on top of what is there now.
void ReviewDialog::takeFresh()
{
    m_plan.rebase(m_found);
    emit planRebased();
    showChanges();
    if (m_plan.isEmpty())
        setPhase(Phase::Nothing);
    else
        takeReading(m_found);
}

void ReviewDialog::choose(size_t row, ConflictChoice choice)
{
    m_conflicts[row] = choice;
    const bool all = std::all_of(m_conflicts.begin(), m_conflicts.end(),
                                 [](const auto &each) { return each.second.has_value(); });
    // Queued, because the card whose button was pressed goes.
    if (all)
        QMetaObject::invokeMethod(this, &ReviewDialog::decide, Qt::QueuedConnection);
}

void ReviewDialog::keepAllMine()
{
    for (auto &[row, choice] : m_conflicts)
        choice = choice.value_or(ConflictChoice::KeepMine);
    decide();
}

void ReviewDialog::decide()
{
    if (m_phase != Phase::Conflict)
        return;
    for (const auto &[row, choice] : m_conflicts) {
        if (choice != ConflictChoice::TakeTheirs)
            continue;
        const AppId app = m_cards->change(row).app;
        if (m_plan.isAdded(app))
            m_plan.removeApp(app);
        else
            m_plan.setWanted(app, m_plan.granted(app));
    }
    takeFresh();
}

void ReviewDialog::removeInstead(size_t row)
{
    if (m_phase != Phase::Done)
        return;
    m_plan.removeApp(m_cards->change(row).app);
    emit planRebased();
    showChanges();
    readAgain();
}

void ReviewDialog::apply()
{
    ApiClient *api = m_session.api();
    if (!api)
        return readAgain();
    std::vector<GrantChange> changes;
    for (size_t row = 0; row < m_cards->count(); ++row)
        changes.push_back(m_cards->change(row));
    m_apply = std::make_unique<GrantApply>(AuthServersApi(*api), m_server.id, std::move(changes),
                                           m_session.clock());
    m_apply->setJournal(m_session.credentials().workspace().grantJournal(),
                        journalHead(m_session.tenant(), m_server, m_scopes,
                                    m_session.workingCredential()->name, ChangeOrigin::Window));
    connect(m_apply.get(), &GrantApply::changed, this, [this](qsizetype row) {
        m_applied[static_cast<size_t>(row)] = m_apply->changes()[static_cast<size_t>(row)];
        showProgress(row);
    });
    connect(m_apply.get(), &GrantApply::finished, this, [this] {
        m_found = m_apply->clientApps();
        finish();
    });
    m_applied = m_apply->changes();
    m_stopping = false;
    m_waitLeft = {};
    setPhase(Phase::Applying);
    for (size_t row = 0; row < m_cards->count(); ++row)
        showProgress(static_cast<qsizetype>(row));
    m_apply->start();
}

void ReviewDialog::followWaiting(std::chrono::seconds left)
{
    m_waitLeft = left;
    updateFreshness();
    if (m_phase != Phase::Applying)
        return;
    m_keep->setText(left.count() > 0 ? tr("Stop now") : tr("Stop after this one"));
    m_keep->setEnabled(left.count() > 0 || !m_stopping);
}

void ReviewDialog::showProgress(qsizetype row)
{
    const AppliedChange &applied = m_applied.at(static_cast<size_t>(row));
    m_cards->showProgress(static_cast<size_t>(row), applied);
    if (!m_barDelay.isActive())
        m_barDelay.start();
    emit progressed(applied);
}

void ReviewDialog::updateBar()
{
    std::vector<std::pair<BarTone, size_t>> parts;
    for (size_t row = 0; row < m_applied.size(); ++row) {
        for (const ReviewLine &line : m_cards->lines(row))
            parts.emplace_back(toneOf(line, m_applied[row]), 1);
    }
    m_bar->setParts(std::move(parts));
    updateFreshness();
}

void ReviewDialog::finish()
{
    setTitle(tr("%1 of %n change(s) are stored", nullptr, m_cards->lineCount()).arg(storedCount()));
    if (std::any_of(m_applied.begin(), m_applied.end(),
                    [](const AppliedChange &each) { return each.readAt.isValid(); }))
        m_plan.rebase(m_found);
    setPhase(Phase::Done);
    updateBar();
    emit applied(m_applied);
}

void ReviewDialog::setPhase(Phase phase)
{
    m_phase = phase;
    const bool before = phase != Phase::Applying && phase != Phase::Done;
    m_effect->setVisible(before && phase != Phase::Nothing);
    m_bar->setVisible(!before);
    m_again->setVisible(phase == Phase::Failed || phase == Phase::Conflict ||
                        (phase == Phase::Done && !m_plan.isEmpty()));
    m_again->setText(phase == Phase::Conflict ? tr("Keep all of mine on top")
                     : phase == Phase::Done   ? tr("Review what is left")
                                              : tr("Read again"));
    m_keep->setVisible(phase != Phase::Done);
    m_keep->setEnabled(true);
    m_keep->setText(phase == Phase::Applying ? tr("Stop after this one") : tr("Keep editing"));
    m_go->setVisible(phase != Phase::Applying && phase != Phase::Nothing);
    m_go->setEnabled(phase == Phase::Ready || phase == Phase::Done);
    const bool careful = m_session.tenant().type == TenantType::Production;
    const bool byEnter = !careful || phase == Phase::Done; // in Production the button is to be reached
    for (QShortcut *keys : m_mainKeys)
        keys->setEnabled(byEnter);
    m_go->setAutoDefault(byEnter);
    (byEnter ? m_go : m_keep)->setDefault(true);
    if (phase == Phase::Ready)
        (careful ? m_keep : m_go)->setFocus();
    if (phase == Phase::Ready)
        m_second.start();
    else
        m_second.stop();
    if (phase == Phase::Applying)
        setTitle(tr("Applying %n change(s)", nullptr, m_cards->lineCount()));
    if (phase == Phase::Done) {
        m_go->setText(tr("Done"));
        m_go->setFocus();
    }
    updateFreshness();
}

QString ReviewDialog::progressText() const
{
    const auto settled = std::count_if(m_applied.begin(), m_applied.end(), [](const AppliedChange &each) {
        return each.state >= ApplyState::Verified;
    });
    return tr("%1 of %n app(s) are settled. Each change is written down before it is sent.", nullptr,
              static_cast<int>(m_applied.size()))
        .arg(settled);
}

void ReviewDialog::updateFreshness()
{
    const auto say = [this](Icon icon, Tone tone, const QString &text) {
        m_freshGlyph->setIcon(icon);
        m_freshGlyph->setTone(tone);
        m_fresh->setText(text);
    };
    if (m_waitLeft.count() > 0 && (m_phase == Phase::Reading || m_phase == Phase::Applying))
        return say(
            Icon::Clock, Tone::Warn,
            tr("The tenant asks to wait, %n second(s) left.", nullptr, static_cast<int>(m_waitLeft.count())));
    switch (m_phase) {
    case Phase::Reading:
        return say(Icon::Clock, Tone::Muted, tr("Reading the client apps again."));
    case Phase::Ready: {
        const auto seconds = std::max<qint64>(0, m_readAt.secsTo(m_session.clock().now()));
        const QString ago = seconds < 60 ? tr("%n second(s)", nullptr, static_cast<int>(seconds))
                                         : tr("%n minute(s)", nullptr, static_cast<int>(seconds / 60));
        return say(Icon::Success, Tone::Ok,
                   tr("Read again %1 ago. Nobody has changed these apps since you loaded them.").arg(ago));
    }
    case Phase::Conflict:
        return say(Icon::Warning, Tone::Warn,
                   tr("Someone changed these apps since you loaded them. Decide for each whether theirs is "
                      "kept alone, or yours goes on top of it."));
    case Phase::Nothing:
        return say(Icon::Success, Tone::Ok,
                   tr("Nothing is left to change: the tenant already has what you wanted."));
    case Phase::Failed:
        m_freshGlyph->setIcon(Icon::Error);
        m_freshGlyph->setTone(Tone::Danger);
        return;
    case Phase::Applying:
        return say(Icon::Clock, Tone::Muted, progressText());
    case Phase::Done:
        return say(
            Icon::Note, Tone::Muted,
            tr("Written to Changes, where what is stored can be taken back after a review of its own."));
    }
}

int ReviewDialog::storedCount() const
{
    qsizetype count = 0;
    for (size_t row = 0; row < m_applied.size(); ++row) {
        const std::vector<ReviewLine> &lines = m_cards->lines(row);
        count += std::count_if(lines.begin(), lines.end(),
                               [&](const ReviewLine &line) { return isStored(line, m_applied[row]); });
    }
    return static_cast<int>(count);
}

void ReviewDialog::reject()
{
    if (m_phase != Phase::Applying)
        return DialogFrame::reject();
    if (m_waitLeft.count() > 0)
        return m_apply->giveUp(tr("You stopped while the tenant asked to wait."));
    m_apply->stopAfterThisOne();
    m_stopping = true;
    m_keep->setEnabled(false);
}

} // namespace latchkey
