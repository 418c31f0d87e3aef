// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewcards.h"

#include "core/plaintext.h"
#include "style/buttonrole.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>
#include <numeric>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kPage = 20;

} // namespace

ReviewCards::ReviewCards(QWidget *parent)
    : QWidget(parent)
    , m_column(new QVBoxLayout(this))
    , m_more(makeButton({}))
{
    m_column->setContentsMargins({});
    m_column->setSpacing(10);
    m_more->setObjectName(u"reviewMore"_s);
    m_more->setAccessibleName(tr("Show more apps"));
    m_column->addWidget(m_more, 0, Qt::AlignLeading);
    connect(m_more, &QPushButton::clicked, this, &ReviewCards::showMore);
}

void ReviewCards::setChanges(std::vector<GrantChange> changes, const std::vector<Scope> &scopes, bool past)
{
    for (ReviewCard *card : std::exchange(m_cards, {}))
        delete card;
    m_changes = std::move(changes);
    m_scopes = scopes;
    m_past = past;
    m_applied.clear();
    m_conflicts.clear();
    m_lines.clear();
    for (const GrantChange &change : m_changes)
        m_lines.push_back(reviewLines(change, m_scopes));
    m_cards.resize(m_changes.size());
    m_order.resize(m_changes.size());
    std::iota(m_order.begin(), m_order.end(), size_t(0));
    m_placeOf = m_order;
    m_urgent = 0;
    m_settled = false;
    showMore();
}

bool ReviewCards::matters(size_t row) const
{
    const auto applied = m_applied.find(row);
    return m_conflicts.contains(row) ||
           (applied != m_applied.end() && (applied->second.state == ApplyState::NotStored ||
                                           applied->second.state == ApplyState::Conflict));
}

void ReviewCards::showMore()
{
    size_t room = kPage;
    for (const bool urgent : {true, false}) {
        for (auto row = m_order.begin(); row != m_order.end() && room > 0; ++row) {
            if (m_cards[*row] || (urgent && !matters(*row)))
                continue;
            makeCard(*row);
            --room;
        }
    }
    updateMore();
    emit fitWanted();
}

void ReviewCards::updateMore()
{
    const int left = static_cast<int>(std::ranges::count(m_cards, nullptr));
    m_more->setVisible(left > 0);
    m_more->setText(tr("Show more, %n app(s) left", nullptr, left));
}

void ReviewCards::makeUrgent(size_t row)
{
    if (m_cards[row] || m_urgent == kPage)
        return;
    ++m_urgent;
    makeCard(row);
    updateMore();
}

void ReviewCards::makeCard(size_t row)
{
    auto *card = new ReviewCard(m_changes[row], m_lines[row]);
    card->setPast(m_past);
    int place = 0;
    for (size_t before = m_placeOf[row]; before > 0 && place == 0; --before) {
        if (ReviewCard *above = m_cards[m_order[before - 1]])
            place = m_column->indexOf(above) + 1;
    }
    m_cards[row] = card;
    m_column->insertWidget(place, card);
    if (const auto found = m_conflicts.find(row); found != m_conflicts.end())
        card->showConflict(found->second, m_scopes);
    if (const auto applied = m_applied.find(row); applied != m_applied.end())
        card->showProgress(applied->second);
    if (m_settled)
        card->setSettled();
    emit cardMade(row, card);
}

void ReviewCards::showProgress(size_t row, const AppliedChange &applied)
{
    m_applied.insert_or_assign(row, applied);
    if (m_cards[row])
        m_cards[row]->showProgress(applied);
    else if (matters(row))
        makeUrgent(row);
}

void ReviewCards::showConflicts(std::map<size_t, std::optional<ScopeSet>> found)
{
    m_conflicts = std::move(found);
    std::ranges::stable_partition(m_order, [this](size_t row) { return m_conflicts.contains(row); });
    for (size_t place = 0; place < m_order.size(); ++place)
        m_placeOf[m_order[place]] = place;
    for (const auto &[row, now] : m_conflicts) {
        const std::optional<GrantChange> onTop = onTopOf(m_changes[row], now);
        m_lines[row] = onTop ? reviewLines(*onTop, m_scopes) : std::vector<ReviewLine>();
        if (ReviewCard *card = std::exchange(m_cards[row], nullptr)) {
            delete card; // its lines are others now
            makeCard(row);
        } else {
            makeUrgent(row);
        }
    }
}

void ReviewCards::setSettled()
{
    m_settled = true;
    for (ReviewCard *card : m_cards) {
        if (card)
            card->setSettled();
    }
}

QString ReviewCards::text() const
{
    QString text;
    for (size_t row = 0; row < m_changes.size(); ++row) {
        const QString app = plainLine(m_changes[row].appName);
        text += (m_changes[row].action == GrantAction::RemoveClientApp
                     ? tr("%1, removed from the client apps").arg(app)
                     : app) +
                u'\n';
        for (const ReviewLine &line : m_lines[row])
            text += u"  %1 %2\n"_s.arg(QChar(line.isAdd ? u'+' : u'-'))
                        .arg(line.scope ? plainLine(line.scope->value) : tr("client app"));
    }
    return text;
}

int ReviewCards::lineCount() const
{
    size_t count = 0;
    for (const auto &lines : m_lines)
        count += lines.size();
    return static_cast<int>(count);
}

int ReviewCards::storedCount(const std::vector<AppliedChange> &applied) const
{
    std::ptrdiff_t count = 0;
    for (size_t row = 0; row < applied.size(); ++row)
        count += std::ranges::count_if(m_lines[row],
                                       [&](const ReviewLine &line) { return isStored(line, applied[row]); });
    return static_cast<int>(count);
}

} // namespace latchkey
