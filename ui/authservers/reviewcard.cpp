// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewcard.h"

#include "authservers/cardrow.h"
#include "authservers/explaindialog.h"
#include "grants/servergrants.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "style/theme.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/statebadge.h"

#include <QHBoxLayout>
#include <QLocale>
#include <QPainter>
#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kSignWidth = 76;
constexpr int kScopeWidth = 132;
constexpr int kCountsWidth = 96;
constexpr int kRoomOfCounts = 1000; ///< all that is left beside the name

/// Plus or minus on a small tile.
class Sign final : public QWidget
{
public:
    explicit Sign(bool isAdd)
        : m_isAdd(isAdd)
    {
        setFixedSize(metrics::badge, metrics::badge);
    }

protected:
    void paintEvent(QPaintEvent *) override
    {
        const Theme &theme = themeFor(palette());
        const Tone tone = m_isAdd ? Tone::Ok : Tone::Danger;
        QPainter painter(this);
        paintRounded(&painter, rect(), 5, tint(theme, tone));
        paintIcon(&painter, rect(), m_isAdd ? Icon::Plus : Icon::Minus, metrics::iconBadge, ink(theme, tone));
    }

private:
    bool m_isAdd;
};

struct StateWords
{
    Icon icon = Icon::Clock;
    QString text{};
    Tone tone = Tone::Muted;
};

StateWords wordsFor(const AppliedChange &applied, bool stored)
{
    if (isUnknown(applied))
        return {Icon::Warning, ReviewCard::tr("Not known"), Tone::Warn};
    switch (applied.state) {
    case ApplyState::Waiting:
        return {Icon::Pending, ReviewCard::tr("Waiting"), Tone::Muted};
    case ApplyState::ReadingBefore:
        return {Icon::Clock, ReviewCard::tr("Reading"), Tone::Muted};
    case ApplyState::Sending:
        return {Icon::Clock, ReviewCard::tr("Sending"), Tone::Muted};
    case ApplyState::ReadingBack:
        return {Icon::Clock, ReviewCard::tr("Reading back"), Tone::Muted};
    case ApplyState::Verified:
        return {Icon::Success, ReviewCard::tr("Verified"), Tone::Ok};
    case ApplyState::NotStored:
        return stored ? StateWords{Icon::Success, ReviewCard::tr("Verified"), Tone::Ok}
                      : StateWords{Icon::Error, ReviewCard::tr("Not stored"), Tone::Danger};
    case ApplyState::Conflict:
        return {Icon::Warning, ReviewCard::tr("Changed meanwhile"), Tone::Warn};
    case ApplyState::Skipped:
        return {Icon::Skip, ReviewCard::tr("Not sent"), Tone::Muted};
    }
    return {};
}

/// Some tenants refuse a client app without scopes, which the contract leaves open.
bool refusesNone(const GrantChange &change, const Error &error)
{
    return error.httpStatus == 422 && change.after.empty() && change.action != GrantAction::RemoveClientApp;
}

QString countsText(const GrantChange &change)
{
    const int before = static_cast<int>(change.before.size());
    const int after = static_cast<int>(change.after.size());
    switch (change.action) {
    case GrantAction::AddClientApp:
        return ReviewCard::tr("New client app, then %n scope(s)", nullptr, after);
    case GrantAction::RemoveClientApp:
        return ReviewCard::tr("%n scope(s), then no client app", nullptr, before);
    case GrantAction::UpdateClientApp:
        //: "5 scopes, then 6"
        return ReviewCard::tr("%1, then %2").arg(ReviewCard::tr("%n scope(s)", nullptr, before)).arg(after);
    }
    return {};
}

/// Of a conflict: what is there now, and what is there once this goes on top of it.
QString countsOnTop(const std::optional<ScopeSet> &now, const std::optional<GrantChange> &onTop)
{
    if (!now)
        return onTop ? ReviewCard::tr("No client app now, then %n scope(s)", nullptr,
                                      static_cast<int>(onTop->after.size()))
                     : ReviewCard::tr("No client app now");
    const int has = static_cast<int>(now->size());
    if (onTop && onTop->action == GrantAction::RemoveClientApp)
        return ReviewCard::tr("%n scope(s) now, then no client app", nullptr, has);
    //: "5 scopes now, then 6"
    return ReviewCard::tr("%1 now, then %2")
        .arg(ReviewCard::tr("%n scope(s)", nullptr, has))
        .arg(onTop ? onTop->after.size() : now->size());
}

} // namespace

std::vector<ReviewLine> reviewLines(const GrantChange &change, const std::vector<Scope> &scopes)
{
    std::vector<ReviewLine> lines;
    const auto append = [&](bool isAdd, const ScopeSet &ids) {
        for (const Scope &scope : scopesNamed(ids, scopes))
            lines.push_back({isAdd, scope});
    };
    append(true, change.added());
    append(false, change.removed());
    if (lines.empty() && change.action != GrantAction::UpdateClientApp)
        lines.push_back({change.action != GrantAction::RemoveClientApp, std::nullopt});
    return lines;
}

bool isStored(ScopeId scope, bool isAdd, const AppliedChange &applied)
{
    if (applied.state == ApplyState::Verified)
        return true;
    return applied.state == ApplyState::NotStored && applied.error && !isUnknown(applied) && applied.found &&
           applied.found->contains(scope) == isAdd;
}

bool isStored(const ReviewLine &line, const AppliedChange &applied)
{
    return line.scope ? isStored(line.scope->id, line.isAdd, applied) : applied.state == ApplyState::Verified;
}

ReviewCard::ReviewCard(GrantChange change, std::vector<ReviewLine> lines, QWidget *parent)
    : Card(parent)
    , m_change(std::move(change))
    , m_lines(std::move(lines))
    , m_counts(new Label({}, TextStyle::Caption, Tone::Muted))
{
    setObjectName(u"reviewCard"_s);
    QHBoxLayout *head = setHead(Icon::App, m_change.appName);
    setSunkenHead(true);
    m_counts->setText(countsText(m_change));
    m_counts->setObjectName(u"reviewCounts"_s);
    m_counts->setElide(Label::Elide::End); // the name of the app goes before it
    m_counts->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    m_counts->setAlignment(Qt::AlignTrailing | Qt::AlignVCenter);
    m_counts->setMinimumWidth(kCountsWidth);
    head->addWidget(m_counts, kRoomOfCounts);
    if (m_change.action == GrantAction::RemoveClientApp) {
        m_removal = new StateBadge(Icon::Trash, tr("Remove"), Tone::Danger);
        m_removal->setObjectName(u"reviewRemoval"_s);
        head->addWidget(m_removal);
    }
    body()->setContentsMargins({});
    body()->setSpacing(0);
    for (const ReviewLine &line : m_lines)
        addLine(line);
}

void ReviewCard::addLine(const ReviewLine &line)
{
    auto *widget = new CardRow({}, !m_rows.empty()); // the head has a line of its own
    widget->setFixedHeight(metrics::heightFor(metrics::row, fontMetrics()));
    auto *row = new QHBoxLayout(widget);
    row->setContentsMargins(metrics::cardMargin, 1, metrics::cardMargin, 0);
    row->setSpacing(10);

    auto *sign = new QWidget;
    auto *signRow = new QHBoxLayout(sign);
    signRow->setContentsMargins({});
    signRow->setSpacing(4);
    signRow->addWidget(new Sign(line.isAdd));
    signRow->addWidget(new Label(line.isAdd ? tr("Add") : tr("Remove"), TextStyle::Caption,
                                 line.isAdd ? Tone::Ok : Tone::Danger),
                       1);
    sign->setMinimumWidth(kSignWidth);
    row->addWidget(sign);

    auto *scope = new Label(line.scope ? line.scope->value : tr("client app"),
                            line.scope ? TextStyle::Fixed : TextStyle::Body);
    scope->setElide(Label::Elide::End);
    scope->setMinimumWidth(kScopeWidth);
    auto *texts = new QHBoxLayout;
    texts->setSpacing(10);
    texts->addWidget(scope);
    auto *description = new Label(line.scope ? line.scope->description : tr("The app itself, without scopes"),
                                  TextStyle::Body, Tone::Muted);
    description->setElide(Label::Elide::End);
    description->setSizePolicy(QSizePolicy::Ignored, QSizePolicy::Preferred);
    description->setObjectName(u"reviewDescription"_s);
    texts->addWidget(description, 1);
    row->addLayout(texts, 1);

    Row state{new Glyph(Icon::Clock, Tone::Muted, metrics::iconButton), new Label({}, TextStyle::Caption),
              texts, widget};
    state.word->setObjectName(u"reviewState"_s);
    state.glyph->hide();
    state.word->hide();
    row->addWidget(state.glyph);
    row->addWidget(state.word);
    m_rows.push_back(state);
    body()->addWidget(widget);
}

void ReviewCard::setPast(bool past)
{
    m_past = past;
    for (const Row &row : m_rows) {
        row.texts->setDirection(past ? QBoxLayout::TopToBottom : QBoxLayout::LeftToRight);
        row.texts->setSpacing(past ? 0 : 10);
        row.texts->setContentsMargins(0, past ? 4 : 0, 0, past ? 4 : 0);
        row.whole->setFixedHeight(
            metrics::heightFor(past ? metrics::twoLineRow : metrics::row, fontMetrics()));
    }
}

void ReviewCard::showConflict(const std::optional<ScopeSet> &now, const std::vector<Scope> &scopes)
{
    m_counts->setText(countsOnTop(now, onTopOf(m_change, now)));
    auto *pane = new ConflictPane(m_change, now, scopes);
    connect(pane, &ConflictPane::choiceMade, this, &ReviewCard::choiceMade);
    body()->addWidget(pane);
}

void ReviewCard::showProgress(const AppliedChange &applied)
{
    for (size_t i = 0; i < m_rows.size(); ++i) {
        const StateWords words = wordsFor(applied, isStored(m_lines[i], applied));
        m_rows[i].glyph->setIcon(words.icon);
        m_rows[i].glyph->setTone(words.tone);
        m_rows[i].word->setText(words.text);
        m_rows[i].word->setTone(words.tone);
        m_rows[i].glyph->show();
        m_rows[i].word->show();
    }
    if (m_removal && applied.state == ApplyState::Verified)
        m_removal->setState(Icon::Trash, tr("Removed"), Tone::Danger);
    const bool settled = applied.state >= ApplyState::Verified;
    if (settled && applied.readAt.isValid()) {
        const QString time = QLocale().toString(applied.readAt.toLocalTime(), u"HH:mm:ss"_s);
        const int count = static_cast<int>(applied.found.value_or(ScopeSet()).size());
        m_counts->setText(applied.found ? tr("%n scope(s), read again %1", nullptr, count).arg(time)
                                        : tr("No client app, read again %1").arg(time));
    }
    if (applied.state == ApplyState::NotStored || applied.state == ApplyState::Conflict)
        showFailure(applied);
}

void ReviewCard::showFailure(const AppliedChange &applied)
{
    if (m_failure)
        return;
    const Error error = applied.error.value_or(Error{});
    const bool warns = applied.state == ApplyState::Conflict || isUnknown(applied);
    const Tone tone = warns ? Tone::Warn : Tone::Danger;
    m_failure = new CardRow(tone);
    m_failure->setObjectName(u"reviewFailure"_s);
    auto *row = new QHBoxLayout(m_failure);
    row->setContentsMargins(metrics::cardMargin, 10, metrics::cardMargin, 10);
    row->setSpacing(10);
    row->addWidget(new Glyph(warns ? Icon::Warning : Icon::Error, tone, metrics::iconTool), 0, Qt::AlignTop);
    auto *texts = new QVBoxLayout;
    texts->setSpacing(0);
    const bool wantsScope = !m_past && refusesNone(m_change, error);
    const QString sentence = wantsScope
                                 ? tr("The tenant keeps no client app without scopes.")
                                 : (error.message.isEmpty() && warns
                                        ? tr("Someone changed this app meanwhile, so nothing was sent.")
                                        : error.message);
    texts->addWidget(makeParagraph(sentence));
    if (const QString detail = failureDetail(error, sentence); !detail.isEmpty())
        texts->addWidget(makeParagraph(detail, TextStyle::Caption, Tone::Muted));
    row->addLayout(texts, 1);
    if (wantsScope && m_change.action == GrantAction::UpdateClientApp) {
        QPushButton *remove = addFailureButton(tr("Remove the app instead"), u"reviewRemoveInstead"_s);
        connect(remove, &QPushButton::clicked, this, &ReviewCard::removalAsked, Qt::QueuedConnection);
    }
    if (!m_past && applied.error && canExplain(error)) {
        QPushButton *explain = addFailureButton(tr("Explain"), u"reviewExplain"_s);
        connect(explain, &QPushButton::clicked, this, [this, error] { openExplanation(error); });
    }
    if (!m_past && !wantsScope) { // which no second attempt changes
        m_retry = addFailureButton(tr("Try this one again"), u"reviewRetry"_s);
        connect(m_retry, &QPushButton::clicked, this, &ReviewCard::retryAsked, Qt::QueuedConnection);
        m_retry->hide(); // until nothing is under way
    }
    body()->addWidget(m_failure);
}

QPushButton *ReviewCard::addFailureButton(const QString &text, const QString &name)
{
    QPushButton *button = makeButton(text);
    button->setObjectName(name);
    button->setAccessibleName(u"%1, %2"_s.arg(text, m_change.appName));
    button->setAutoDefault(false);
    setSmall(button);
    m_failure->layout()->addWidget(button);
    m_failure->layout()->setAlignment(button, Qt::AlignTop);
    return button;
}

void ReviewCard::openExplanation(const Error &error)
{
    auto *dialog = new ExplainDialog(m_change.appName, error, this);
    connect(dialog, &ExplainDialog::retryAsked, this, &ReviewCard::retryAsked, Qt::QueuedConnection);
    dialog->open();
}

void ReviewCard::setSettled()
{
    if (m_retry)
        m_retry->show();
}

QString ReviewCard::failureDetail(const Error &error, const QString &said) const
{
    QStringList detail;
    if (!m_past)
        detail.append(tr("This change stays pending."));
    if (!said.contains(error.vendorText))
        detail.append(u"“"_s + error.vendorText + u"”"_s);
    if (error.httpStatus != 0)
        detail.append(tr("Status %1.").arg(error.httpStatus));
    if (!error.requestId.isEmpty())
        detail.append(tr("Request ID %1").arg(error.requestId));
    return detail.join(u' ');
}

} // namespace latchkey
