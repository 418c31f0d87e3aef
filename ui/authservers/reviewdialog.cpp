// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewdialog.h"

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

    void setTones(std::vector<std::optional<Tone>> tones)
    {
        m_tones = std::move(tones);
        QWidget::update();
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        QPainter painter(this);
        const qreal width =
            (QWidget::width() + 3.0) / std::max<qreal>(1.0, static_cast<qreal>(m_tones.size()));
        for (size_t i = 0; i < m_tones.size(); ++i) {
            const QRectF part(static_cast<qreal>(i) * width, 0, width - 3, 4);
            paintRounded(&painter, part, 2, m_tones[i] ? ink(theme, *m_tones[i]) : theme.line);
        }
    }

private:
    std::vector<std::optional<Tone>> m_tones;
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
    m_cardColumn = new QVBoxLayout;
    m_cardColumn->setSpacing(10);
    body()->addLayout(m_cardColumn);

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
            takeTheirs();
        else
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
    for (ReviewCard *card : std::exchange(m_cards, {}))
        delete card;
    for (GrantChange &change : m_plan.changes()) {
        m_cards.push_back(new ReviewCard(std::move(change), m_scopes));
        m_cardColumn->addWidget(m_cards.back());
    }
    setTitle(tr("Review %n change(s)", nullptr, lineCount()));
    m_go->setText(
        tr("Apply %n change(s) to %1", nullptr, lineCount()).arg(tenantTypeName(m_session.tenant().type)));
}

void ReviewDialog::readAgain()
{
    ApiClient *api = m_session.api();
    if (!api) {
        m_fresh->setText(tr("No API credential is at work, so the client apps cannot be read again."));
        return setPhase(Phase::Failed);
    }
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
    bool conflict = false;
    bool fulfilled = false;
    for (ReviewCard *card : m_cards) {
        const Standing now = standing(card->change(), apps);
        fulfilled |= now == Standing::AsWanted;
        if (now != Standing::Changed)
            continue;
        card->showConflict(scopesOf(apps, card->change().app), m_scopes);
        conflict = true;
    }
    if (fulfilled && !conflict)
        return takeTheirs(); // nobody needs to decide about what the tenant has already
    setPhase(conflict ? Phase::Conflict : Phase::Ready);
}

void ReviewDialog::takeTheirs()
{
    m_plan.rebase(m_found);
    emit planRebased();
    showChanges();
    if (m_plan.isEmpty())
        setPhase(Phase::Nothing);
    else
        takeReading(m_found);
}

void ReviewDialog::apply()
{
    ApiClient *api = m_session.api();
    if (!api)
        return readAgain();
    std::vector<GrantChange> changes;
    for (const ReviewCard *card : m_cards)
        changes.push_back(card->change());
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
    setPhase(Phase::Applying);
    for (qsizetype row = 0; row < static_cast<qsizetype>(m_cards.size()); ++row)
        showProgress(row);
    m_apply->start();
}

void ReviewDialog::showProgress(qsizetype row)
{
    const AppliedChange &applied = m_applied.at(static_cast<size_t>(row));
    m_cards.at(static_cast<size_t>(row))->showProgress(applied);
    std::vector<std::optional<Tone>> tones;
    for (size_t i = 0; i < m_cards.size(); ++i) {
        const AppliedChange &change = m_applied[i];
        for (const ReviewLine &line : m_cards[i]->lines()) {
            const bool settled = change.state >= ApplyState::Verified;
            const bool failed = change.state == ApplyState::NotStored || change.state == ApplyState::Conflict;
            tones.push_back(!settled                 ? std::nullopt
                            : isStored(line, change) ? std::optional(Tone::Ok)
                            : failed                 ? std::optional(Tone::Danger)
                                                     : std::optional(Tone::Muted));
        }
    }
    m_bar->setTones(std::move(tones));
    emit progressed(applied);
}

void ReviewDialog::finish()
{
    setTitle(tr("%1 of %n change(s) are stored", nullptr, lineCount()).arg(storedCount()));
    if (std::any_of(m_applied.begin(), m_applied.end(),
                    [](const AppliedChange &each) { return each.readAt.isValid(); }))
        m_plan.rebase(m_found);
    setPhase(Phase::Done);
    emit applied(m_applied);
}

void ReviewDialog::setPhase(Phase phase)
{
    m_phase = phase;
    const bool before = phase != Phase::Applying && phase != Phase::Done;
    m_effect->setVisible(before && phase != Phase::Nothing);
    m_bar->setVisible(!before);
    m_fresh->setVisible(before);
    m_freshGlyph->setVisible(before);
    m_again->setVisible(phase == Phase::Failed || phase == Phase::Conflict);
    m_again->setText(phase == Phase::Conflict ? tr("Review against what is there now") : tr("Read again"));
    m_keep->setVisible(phase != Phase::Done);
    m_keep->setText(phase == Phase::Applying ? tr("Stop after this one") : tr("Keep editing"));
    m_go->setVisible(phase != Phase::Applying && phase != Phase::Nothing);
    m_go->setEnabled(phase == Phase::Ready || phase == Phase::Done);
    const bool careful = m_session.tenant().type == TenantType::Production;
    for (QShortcut *keys : m_mainKeys)
        keys->setEnabled(!careful || phase == Phase::Done); // in Production the button is to be reached
    if (phase == Phase::Ready && !careful)
        m_go->setFocus();
    if (phase == Phase::Ready)
        m_second.start();
    else
        m_second.stop();
    if (phase == Phase::Applying)
        setTitle(tr("Applying %n change(s)", nullptr, lineCount()));
    if (phase == Phase::Done) {
        m_go->setText(tr("Done"));
        m_go->setFocus();
    }
    updateFreshness();
}

void ReviewDialog::updateFreshness()
{
    const auto say = [this](Icon icon, Tone tone, const QString &text) {
        m_freshGlyph->setIcon(icon);
        m_freshGlyph->setTone(tone);
        m_fresh->setText(text);
    };
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
                   tr("Someone changed these apps since you loaded them. Your changes can be put on top of "
                      "theirs."));
    case Phase::Nothing:
        return say(Icon::Success, Tone::Ok,
                   tr("Nothing is left to change: the tenant already has what you wanted."));
    case Phase::Failed:
        m_freshGlyph->setIcon(Icon::Error);
        m_freshGlyph->setTone(Tone::Danger);
        return;
    case Phase::Applying:
    case Phase::Done:
        return;
    }
}

int ReviewDialog::lineCount() const
{
    size_t count = 0;
    for (const ReviewCard *card : m_cards)
        count += card->lines().size();
    return static_cast<int>(count);
}

int ReviewDialog::storedCount() const
{
    qsizetype count = 0;
    for (size_t i = 0; i < m_cards.size(); ++i) {
        const AppliedChange &change = m_applied[i];
        const std::vector<ReviewLine> &lines = m_cards[i]->lines();
        count += std::count_if(lines.begin(), lines.end(),
                               [&](const ReviewLine &line) { return isStored(line, change); });
    }
    return static_cast<int>(count);
}

void ReviewDialog::reject()
{
    if (m_phase != Phase::Applying)
        return DialogFrame::reject();
    m_apply->stopAfterThisOne();
    m_keep->setEnabled(false);
}

} // namespace latchkey
