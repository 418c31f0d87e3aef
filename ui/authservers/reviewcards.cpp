// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/reviewcards.h"

#include "core/plaintext.h"
#include "style/buttonrole.h"

#include <QPushButton>
#include <QVBoxLayout>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr size_t kPage = 40;

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
    m_lines.clear();
    for (const GrantChange &change : m_changes)
        m_lines.push_back(reviewLines(change, m_scopes));
    m_cards.resize(m_changes.size());
    m_shown = 0;
    showMore();
}

void ReviewCards::showMore()
{
    const size_t end = std::min(m_shown + kPage, m_changes.size());
    for (; m_shown < end; ++m_shown)
        (void)card(m_shown);
    const int left = static_cast<int>(m_changes.size() - m_shown);
    m_more->setVisible(left > 0);
    m_more->setText(tr("Show more, %n app(s) left", nullptr, left));
    emit fitWanted();
}

ReviewCard *ReviewCards::card(size_t row)
{
    if (m_cards[row])
        return m_cards[row];
    m_cards[row] = new ReviewCard(m_changes[row], m_lines[row]);
    m_cards[row]->setPast(m_past);
    const auto before = std::count_if(m_cards.begin(), m_cards.begin() + static_cast<std::ptrdiff_t>(row),
                                      [](const ReviewCard *each) { return each != nullptr; });
    m_column->insertWidget(static_cast<int>(before), m_cards[row]);
    if (const auto applied = m_applied.find(row); applied != m_applied.end())
        m_cards[row]->showProgress(applied->second);
    emit cardMade(row, m_cards[row]);
    return m_cards[row];
}

void ReviewCards::showProgress(size_t row, const AppliedChange &applied)
{
    const bool matters = applied.state == ApplyState::NotStored || applied.state == ApplyState::Conflict;
    if (matters || m_cards[row])
        card(row)->showProgress(applied);
    m_applied.insert_or_assign(row, applied);
}

void ReviewCards::putFirst(const std::vector<size_t> &rows)
{
    for (auto row = rows.rbegin(); row != rows.rend(); ++row)
        m_column->insertWidget(0, card(*row));
}

void ReviewCards::setSettled()
{
    for (ReviewCard *card : m_cards) {
        if (card)
            card->setSettled();
    }
}

QString ReviewCards::text() const
{
    QString text;
    for (size_t row = 0; row < m_changes.size(); ++row) {
        text += plainLine(m_changes[row].appName) + u'\n';
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
