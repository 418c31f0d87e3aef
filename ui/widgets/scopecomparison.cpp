// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/scopecomparison.h"

#include "models/tablemodel.h"
#include "style/buttonrole.h"
#include "style/metrics.h"
#include "widgets/glyph.h"
#include "widgets/label.h"
#include "widgets/tabledelegate.h"

#include <QHBoxLayout>
#include <QHeaderView>
#include <QPushButton>
#include <QTableView>
#include <QVBoxLayout>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr int kMostRows = 12; ///< more scroll

QString yesNo(const std::optional<bool> &value, const QString &unknown)
{
    return !value ? unknown : *value ? ScopeComparison::tr("Yes") : ScopeComparison::tr("No");
}

std::optional<Icon> yesNoIcon(const std::optional<bool> &value)
{
    return !value ? std::nullopt : std::optional(*value ? Icon::Check : Icon::Minus);
}

template<typename Value>
Column<ScopeFate> columnOf(const QString &title, Value value, const QString &unknown)
{
    return {
        .title = title,
        .text = [value, unknown](const ScopeFate &fate) { return yesNo(value(fate), unknown); },
        .glyph = [value](const ScopeFate &fate) { return yesNoIcon(value(fate)); },
        .tone =
            [value](const ScopeFate &fate) { return value(fate).value_or(false) ? Tone::Ok : Tone::Warn; },
        .textTone =
            [value](const ScopeFate &fate) {
                return !value(fate) ? Tone::Muted : *value(fate) ? Tone::Normal : Tone::Warn;
            }};
}

QTableView *makeTable(const std::vector<ScopeFate> &fates)
{
    auto *view = new QTableView;
    view->setObjectName(u"scopeFates"_s);
    view->setAccessibleName(ScopeComparison::tr("Scopes requested, granted and in the token"));
    auto *model = new TableModel<ScopeFate>(
        {{.title = ScopeComparison::tr("Scopes"),
          .text = [](const ScopeFate &fate) { return fate.scope; },
          .fixedFont = true},
         columnOf(ScopeComparison::tr("Requested"),
                  [](const ScopeFate &fate) { return std::optional(fate.requested); }, {}),
         columnOf(
             ScopeComparison::tr("Granted"), [](const ScopeFate &fate) { return fate.granted; },
             ScopeComparison::tr("As requested")),
         columnOf(
             ScopeComparison::tr("In the token"), [](const ScopeFate &fate) { return fate.inToken; },
             ScopeComparison::tr("Not readable"))},
        [](const ScopeFate &fate) { return QVariant(fate.scope); }, view);
    model->setRecords(fates);
    view->setModel(model);
    prepareTable(view, 26);
    setEdgeMargins(view, metrics::space8, metrics::space8);
    view->horizontalHeader()->setSectionResizeMode(0, QHeaderView::Stretch);
    for (int i = 1; i < 4; ++i)
        view->horizontalHeader()->setSectionResizeMode(i, QHeaderView::ResizeToContents);
    const int shown = std::min(kMostRows, static_cast<int>(fates.size()));
    view->setFixedHeight(view->horizontalHeader()->sizeHint().height() +
                         shown * view->verticalHeader()->defaultSectionSize());
    return view;
}

/// What was asked for and is neither granted nor in the token.
QStringList deniedScopes(const std::vector<ScopeFate> &fates)
{
    QStringList denied;
    for (const ScopeFate &fate : fates) {
        if (fate.requested && (fate.granted ? !*fate.granted : fate.inToken == false))
            denied.append(fate.scope);
    }
    return denied;
}

} // namespace

std::vector<ScopeFate> scopeFates(const LoginOutcome &outcome)
{
    QStringList all =
        outcome.requestedScopes + outcome.grantedScopes.value_or(QStringList()) + outcome.scopesInToken;
    all.removeDuplicates();
    const bool readable = outcome.accessToken && outcome.accessToken->decoded;
    std::vector<ScopeFate> fates;
    for (const QString &scope : all) {
        ScopeFate fate{.scope = scope, .requested = outcome.requestedScopes.contains(scope)};
        if (outcome.grantedScopes)
            fate.granted = outcome.grantedScopes->contains(scope);
        if (readable)
            fate.inToken = outcome.scopesInToken.contains(scope);
        fates.push_back(fate);
    }
    return fates;
}

ScopeComparison::ScopeComparison(const LoginOutcome &outcome, const QString &name, bool isOfServer,
                                 QWidget *parent)
    : QWidget(parent)
{
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins({});
    column->setSpacing(metrics::space8);
    const std::vector<ScopeFate> fates = scopeFates(outcome);
    column->addWidget(makeTable(fates));
    const QStringList denied = deniedScopes(fates);
    if (denied.isEmpty())
        return;
    auto *row = new QHBoxLayout;
    row->setSpacing(metrics::space8);
    row->addWidget(new Glyph(Icon::Warning, Tone::Warn, metrics::iconButton), 0, Qt::AlignTop);
    const QString list = denied.join(u", "_s);
    auto *words = makeParagraph(isOfServer ? tr("%1 has no grant for %2.").arg(name, list)
                                           : tr("The tenant gave no %1 to %2.").arg(list, name),
                                TextStyle::Caption);
    words->setObjectName(u"deniedScopes"_s);
    row->addWidget(words, 1);
    if (isOfServer) {
        QPushButton *grants = makeButton(tr("Open its grants"), ButtonRole::Link);
        grants->setObjectName(u"openGrants"_s);
        connect(grants, &QPushButton::clicked, this, &ScopeComparison::grantsAsked);
        row->addWidget(grants, 0, Qt::AlignTop);
    }
    column->addLayout(row);
}

} // namespace latchkey
