// SPDX-License-Identifier: GPL-3.0-or-later
#include "credentials/credentialtools.h"

#include "credentials/credentialmodel.h"
#include "style/buttonrole.h"
#include "widgets/filterfield.h"
#include "widgets/segmentedcontrol.h"
#include "widgets/tablecolumns.h"

#include <QHBoxLayout>
#include <QMenu>
#include <QToolButton>

#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

/// The groups in the order of the segments; the first is all of them.
constexpr std::array<std::optional<CredentialGroup>, 4> kSegments{
    std::nullopt, CredentialGroup::NeedsAttention, CredentialGroup::Enabled, CredentialGroup::Disabled};

} // namespace

CredentialTools::CredentialTools(QHBoxLayout &row, TableColumns &columns, const QList<QAction *> &more,
                                 QObject *parent)
    : QObject(parent)
{
    m_filter = new FilterField(tr("Filter by name, ID or note"));
    m_filter->setObjectName(u"credentials.filter"_s);
    m_filter->setKeyHint(QKeySequence::Find);
    m_filter->setMinimumWidth(120);
    m_filter->setMaximumWidth(264);
    row.addWidget(m_filter, 1);
    connect(m_filter, &QLineEdit::textChanged, this, &CredentialTools::changed);
    makeSegments(row);
    row.addStretch();
    makeButtons(row, columns, more);
}

void CredentialTools::makeSegments(QHBoxLayout &row)
{
    m_segments = new SegmentedControl(tr("Which credentials to show"));
    m_segments->setObjectName(u"credentials.segments"_s);
    m_segments->addSegment(tr("All"), 0);
    for (size_t i = 1; i < kSegments.size(); ++i)
        m_segments->addSegment(credentialGroupName(*kSegments[i]), 0,
                               kSegments[i] == CredentialGroup::NeedsAttention ? tr("Attention") : QString());
    row.addWidget(m_segments);
    connect(m_segments, &SegmentedControl::currentChanged, this, &CredentialTools::changed);
}

void CredentialTools::makeButtons(QHBoxLayout &row, TableColumns &columns, const QList<QAction *> &more)
{
    const auto make = [&row](Icon glyph, const QString &text, const QString &name) {
        QToolButton *button = makeToolButton(glyph, text);
        button->setObjectName(name);
        row.addWidget(button);
        return button;
    };
    m_columns = make(Icon::Columns, tr("Columns"), u"credentials.columns"_s);
    m_columns->setMenu(columns.makeMenu(m_columns));
    connect(make(Icon::Refresh, tr("Reload"), u"credentials.reload"_s), &QToolButton::clicked, this,
            &CredentialTools::reloadAsked);
    QToolButton *others = make(Icon::More, tr("More"), u"credentials.more"_s);
    auto *menu = new QMenu(others);
    menu->addActions(more);
    others->setMenu(menu);
}

QString CredentialTools::text() const
{
    return m_filter->text();
}

std::optional<CredentialGroup> CredentialTools::group() const
{
    return kSegments.at(static_cast<size_t>(m_segments->currentIndex()));
}

QString CredentialTools::nothingText() const
{
    const QString wanted = text().trimmed();
    if (!group())
        return tr("No credential matches “%1”.").arg(wanted);
    return wanted.isEmpty() ? tr("No credential is in the group “%1”.").arg(credentialGroupName(*group()))
                            : tr("No credential in the group “%1” matches “%2”.")
                                  .arg(credentialGroupName(*group()), wanted);
}

void CredentialTools::setCounts(const CredentialModel &model)
{
    m_segments->setCount(0, model.total());
    for (size_t i = 1; i < kSegments.size(); ++i)
        m_segments->setCount(static_cast<int>(i), model.count(*kSegments[i]));
}

void CredentialTools::setOfList(bool shown)
{
    m_segments->setVisible(shown);
    m_columns->setVisible(shown);
}

void CredentialTools::clear()
{
    m_filter->clear();
    m_segments->setCurrentIndex(0);
    emit changed();
}

} // namespace latchkey
