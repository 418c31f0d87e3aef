// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/editablecombo.h"

#include <QAbstractItemView>
#include <QComboBox>
#include <QCompleter>
#include <QCoreApplication>
#include <QKeyEvent>

namespace latchkey {

namespace {

/// A combo box keeps Return to itself, and so does the list of what matches.
class ReturnGoesOn final : public QObject
{
public:
    explicit ReturnGoesOn(QComboBox *combo)
        : QObject(combo)
        , m_combo(combo)
    {
        combo->installEventFilter(this);
        combo->completer()->popup()->installEventFilter(this);
    }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override
    {
        if (event->type() != QEvent::KeyPress)
            return false;
        const auto &key = *static_cast<QKeyEvent *>(event);
        QAbstractItemView *matches = m_combo->completer()->popup();
        const bool takes = watched == matches && matches->currentIndex().isValid();
        if ((key.key() != Qt::Key_Return && key.key() != Qt::Key_Enter) || takes)
            return false;
        if (watched == matches) {
            matches->hide();
            QKeyEvent next(key.type(), key.key(), key.modifiers());
            QCoreApplication::sendEvent(m_combo, &next);
            return true;
        }
        event->ignore();
        return true;
    }

private:
    QComboBox *m_combo;
};

} // namespace

QComboBox *makeEditableCombo(const QString &objectName)
{
    auto *combo = new QComboBox;
    combo->setObjectName(objectName);
    combo->setEditable(true);
    combo->setInsertPolicy(QComboBox::NoInsert);
    combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    combo->setMinimumContentsLength(10);
    combo->completer()->setFilterMode(Qt::MatchContains);
    combo->completer()->setCompletionMode(QCompleter::PopupCompletion);
    new ReturnGoesOn(combo);
    return combo;
}

} // namespace latchkey
