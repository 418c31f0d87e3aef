// SPDX-License-Identifier: GPL-3.0-or-later
#include "authservers/servercombo.h"

#include "authservers/serverlistmodel.h"
#include "models/itemroles.h"
#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/tabledelegate.h"

#include <QAbstractItemView>

namespace latchkey {

namespace {

constexpr int kPopupWidth = 280;

} // namespace

ServerCombo::ServerCombo(ServerListModel &model, QWidget *parent)
    : QComboBox(parent)
{
    setModel(&model);
    setItemDelegate(new TwoLineDelegate(this));
    view()->setMinimumWidth(kPopupWidth);
    // As wide as the longest name it would leave no room for what stands beside it.
    setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    setMinimumContentsLength(16);
    connect(this, &QComboBox::currentIndexChanged, this, &ServerCombo::describe);
    connect(&model, &QAbstractItemModel::dataChanged, this, &ServerCombo::describe);
}

int ServerCombo::pending() const
{
    return currentData(CountRole).toInt();
}

// For those who do not see the tag.
void ServerCombo::describe()
{
    setAccessibleDescription(pending() > 0 ? tr("%n pending change(s)", nullptr, pending()) : QString());
    update();
}

QRect ServerCombo::tag(const QStyleOptionComboBox &option) const
{
    const QRect room =
        style()->subControlRect(QStyle::CC_ComboBox, &option, QStyle::SC_ComboBoxEditField, this);
    const int width = countTagWidth(locale().toString(pending()));
    const QRect box(room.right() - width + 1, room.center().y() - 8, width, 18);
    return QStyle::visualRect(option.direction, room, box);
}

void ServerCombo::initStyleOption(QStyleOptionComboBox *option) const
{
    QComboBox::initStyleOption(option);
    if (pending() == 0)
        return;
    const QRect room =
        style()->subControlRect(QStyle::CC_ComboBox, option, QStyle::SC_ComboBoxEditField, this);
    option->currentText = option->fontMetrics.elidedText(
        option->currentText, Qt::ElideRight, room.width() - tag(*option).width() - metrics::space8);
}

void ServerCombo::paintEvent(QPaintEvent *event)
{
    QComboBox::paintEvent(event);
    if (pending() == 0)
        return;
    QStyleOptionComboBox option;
    initStyleOption(&option);
    QPainter painter(this);
    paintCountTag(&painter, tag(option), locale().toString(pending()), themeFor(palette()));
}

} // namespace latchkey
