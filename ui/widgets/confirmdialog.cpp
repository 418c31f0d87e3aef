// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/confirmdialog.h"

#include "core/plaintext.h"
#include "style/metrics.h"
#include "widgets/breakable.h"
#include "widgets/formfield.h"
#include "widgets/label.h"

#include <QHBoxLayout>
#include <QLineEdit>
#include <QListWidget>
#include <QPushButton>
#include <QVBoxLayout>

namespace latchkey {

namespace {

constexpr qsizetype kRowsShown = 8;

} // namespace

ConfirmDialog::ConfirmDialog(const QString &title, const QString &verb, QWidget *parent)
    : DialogFrame(title, parent)
{
    setMinimumWidth(480);
    m_effects = new QWidget(this);
    m_effects->setObjectName(QStringLiteral("effects"));
    auto *column = new QVBoxLayout(m_effects);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(metrics::space8);
    body()->addWidget(m_effects);
    body()->addStretch(1);
    m_cancel = addButton(tr("Cancel"), QDialogButtonBox::RejectRole);
    m_cancel->setObjectName(QStringLiteral("cancel"));
    const QString shown = forButton(verb);
    m_verb = addButton(asLabel(shown), QDialogButtonBox::AcceptRole, ButtonRole::DangerFill);
    if (shown != verb) {
        m_verb->setAccessibleName(verb);
        m_verb->setToolTip(verb);
    }
    m_verb->setObjectName(QStringLiteral("verb"));
    m_verb->setAutoDefault(true); // Enter presses what has the focus
    m_cancel->setAutoDefault(true);
    m_cancel->setDefault(true);
    m_cancel->setFocus(Qt::OtherFocusReason);
    connect(m_verb, &QPushButton::clicked, this, &ConfirmDialog::confirmed);
}

void ConfirmDialog::setEffects(const QStringList &effects)
{
    auto *column = static_cast<QVBoxLayout *>(m_effects->layout());
    while (QLayoutItem *item = column->takeAt(0)) {
        item->widget()->hide();
        item->widget()->deleteLater();
        delete item;
    }
    for (const QString &effect : effects) {
        auto *line = new QWidget(m_effects);
        auto *row = new QHBoxLayout(line);
        row->setContentsMargins(0, 0, 0, 0);
        row->setSpacing(metrics::space8);
        row->addWidget(new Label(QString(QChar(0x2022)), TextStyle::Body, Tone::Muted, line), 0,
                       Qt::AlignTop);
        row->addWidget(makeParagraph(breakable(effect), TextStyle::Body, Tone::Normal, line), 1);
        column->addWidget(line);
    }
    m_told = effects;
    setAccessibleDescription(effects.join(u' '));
    refit();
}

void ConfirmDialog::listBelow(int effect, QStringList names)
{
    names.sort(Qt::CaseInsensitive);
    auto *list = new QListWidget(m_effects);
    list->setObjectName(QStringLiteral("affected"));
    list->setSelectionMode(QAbstractItemView::NoSelection);
    list->setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    list->setTextElideMode(Qt::ElideMiddle);
    for (const QString &name : names)
        list->addItem(withVisibleControls(name));
    list->setCurrentRow(0, QItemSelectionModel::NoUpdate);
    const auto shown = std::min<qsizetype>(names.size(), kRowsShown);
    list->setFixedHeight(static_cast<int>(shown) * list->sizeHintForRow(0) + 2 * list->frameWidth());
    auto *column = static_cast<QVBoxLayout *>(m_effects->layout());
    list->setAccessibleName(m_told.value(effect));
    column->insertWidget(effect + 1, list);
    refit();
}

void ConfirmDialog::setVerbRole(ButtonRole role)
{
    setButtonRole(m_verb, role);
    if (role != ButtonRole::Main)
        return;
    m_verb->setDefault(true);
    m_verb->setFocus(Qt::OtherFocusReason);
}

void ConfirmDialog::requireTyping(const QString &name)
{
    m_typed = new QLineEdit(this);
    m_typed->setObjectName(QStringLiteral("typedName"));
    auto *field = new FormField(tr("Type %1 to go on").arg(name), m_typed, this);
    body()->insertWidget(1, field);
    m_verb->setEnabled(false);
    connect(m_typed, &QLineEdit::textChanged, this,
            [this, name](const QString &text) { m_verb->setEnabled(isTyped(text, name) && !isBusy()); });
    refit();
}

} // namespace latchkey
