// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/conflictpane.h"

#include "authservers/cardrow.h"
#include "grants/servergrants.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"

#include <QButtonGroup>
#include <QGridLayout>
#include <QHBoxLayout>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kScopeWidth = 200;
constexpr int kStandWidth = 110;

/// Who has a scope; what is another than it was before stands out.
QWidget *makeCell(bool has, bool hadBefore)
{
    const bool isChanged = has != hadBefore;
    const Tone tone = isChanged ? (has ? Tone::Ok : Tone::Danger) : has ? Tone::Normal : Tone::Muted;
    const QString word = isChanged ? (has ? ConflictPane::tr("Added") : ConflictPane::tr("Removed"))
                         : has     ? ConflictPane::tr("Granted")
                                   : ConflictPane::tr("Not granted");
    const Icon icon = isChanged ? (has ? Icon::Plus : Icon::Minus) : Icon::Check;
    auto *cell = new QWidget;
    auto *row = new QHBoxLayout(cell);
    row->setContentsMargins({});
    row->setSpacing(metrics::space4);
    auto *glyph = new Glyph(icon, tone, metrics::iconBadge);
    QSizePolicy keeps = glyph->sizePolicy();
    keeps.setRetainSizeWhenHidden(true);
    glyph->setSizePolicy(keeps);
    glyph->setVisible(isChanged || has);
    row->addWidget(glyph);
    row->addWidget(new Label(word, isChanged ? TextStyle::CaptionStrong : TextStyle::Caption, tone), 1);
    return cell;
}

} // namespace

ConflictPane::ConflictPane(const GrantChange &change, const std::optional<ScopeSet> &now,
                           const std::vector<Scope> &scopes, QWidget *parent)
    : QWidget(parent)
    , m_change(change)
{
    setObjectName(u"reviewConflict"_s);
    auto *head = new CardRow(Tone::Warn);
    auto *row = new QHBoxLayout(head);
    row->setContentsMargins(metrics::cardMargin, 10, metrics::cardMargin, 10);
    row->setSpacing(10);
    row->addWidget(new Glyph(Icon::Warning, Tone::Warn, metrics::iconTool), 0, Qt::AlignTop);
    row->addWidget(makeParagraph(now ? tr("Someone changed this app since you loaded it.")
                                     : tr("Someone removed this app from the client apps."),
                                 TextStyle::BodyStrong),
                   1);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(0);
    column->addWidget(head);
    const std::optional<GrantChange> onTop = onTopOf(change, now);
    const ScopeSet wanted = onTop ? onTop->after : now.value_or(ScopeSet());
    column->addWidget(makeTable(now.value_or(ScopeSet()), wanted, scopes));
    column->addWidget(makeChoice(outcomeText(now.has_value(), wanted, scopes)));
}

QWidget *ConflictPane::makeTable(const ScopeSet &now, const ScopeSet &onTop,
                                 const std::vector<Scope> &scopes) const
{
    auto *table = new CardRow(std::nullopt, false);
    auto *grid = new QGridLayout(table);
    grid->setContentsMargins(metrics::cardMargin, 10, metrics::cardMargin, 10);
    grid->setHorizontalSpacing(metrics::space16);
    grid->setVerticalSpacing(metrics::space8);
    grid->setColumnMinimumWidth(0, kScopeWidth);
    const QStringList titles{tr("Scope"), tr("When loaded"), tr("Now"), tr("Yours on top")};
    for (int column = 0; column < titles.size(); ++column) {
        grid->addWidget(new Label(titles[column], TextStyle::CaptionStrong, Tone::Muted), 0, column);
        grid->setColumnStretch(column, 1);
        if (column > 0)
            grid->setColumnMinimumWidth(column, kStandWidth);
    }
    int row = 1;
    ScopeSet all = m_change.before;
    all.insert(now.begin(), now.end());
    all.insert(onTop.begin(), onTop.end());
    for (const Scope &scope : scopesNamed(all, scopes)) {
        const bool before = m_change.before.contains(scope.id);
        const bool theirs = now.contains(scope.id);
        const bool mine = onTop.contains(scope.id);
        if (before == theirs && theirs == mine)
            continue;
        grid->addWidget(new Label(scope.value, TextStyle::Fixed), row, 0);
        grid->addWidget(makeCell(before, before), row, 1);
        grid->addWidget(makeCell(theirs, before), row, 2);
        grid->addWidget(makeCell(mine, theirs), row, 3);
        ++row;
    }
    return table;
}

QWidget *ConflictPane::makeChoice(const QString &outcome)
{
    auto *choice = new CardRow;
    auto *row = new QHBoxLayout(choice);
    row->setContentsMargins(metrics::cardMargin, 10, metrics::cardMargin, 10);
    row->setSpacing(metrics::space8);
    auto *group = new QButtonGroup(this);
    const auto add = [&](const QString &text, const QString &name, ConflictChoice made) {
        QPushButton *button = makeButton(text);
        button->setObjectName(name);
        button->setAccessibleName(u"%1, %2"_s.arg(text, m_change.appName));
        button->setCheckable(true);
        setSmall(button);
        group->addButton(button);
        row->addWidget(button, 0, Qt::AlignTop);
        connect(button, &QPushButton::clicked, this, [this, made] { emit choiceMade(made); });
    };
    add(tr("Take theirs"), u"reviewTakeTheirs"_s, ConflictChoice::TakeTheirs);
    add(tr("Keep mine on top"), u"reviewKeepMine"_s, ConflictChoice::KeepMine);
    auto *result = makeParagraph(outcome, TextStyle::Caption, Tone::Muted);
    result->setObjectName(u"reviewOnTop"_s);
    row->addWidget(result, 1);
    return choice;
}

QString ConflictPane::outcomeText(bool isClient, const ScopeSet &onTop,
                                  const std::vector<Scope> &scopes) const
{
    if (m_change.action == GrantAction::RemoveClientApp)
        return tr("Mine on top: it is removed from the client apps.");
    QStringList values;
    for (const Scope &scope : scopesNamed(onTop, scopes))
        values.append(scope.value);
    if (values.isEmpty())
        return tr("Mine on top: a client app without scopes.");
    //: %1 is a list of scopes
    return (isClient ? tr("Mine on top: it has %1.") : tr("Mine on top: a client app again, with %1."))
        .arg(locale().createSeparatedList(values));
}

} // namespace latchkey
