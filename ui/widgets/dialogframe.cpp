// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/dialogframe.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "widgets/breakable.h"
#include "widgets/collapsingrow.h"
#include "widgets/countdownchip.h"
#include "widgets/environment.h"
#include "widgets/label.h"
#include "widgets/loadingbar.h"
#include "widgets/messagebanner.h"
#include "widgets/scrolled.h"

#include <QHBoxLayout>
#include <QPushButton>
#include <QScreen>
#include <QScrollArea>
#include <QScrollBar>
#include <QShowEvent>
#include <QVBoxLayout>
#include <QWindow>

namespace latchkey {

DialogFrame::DialogFrame(const QString &title, QWidget *parent)
    : QDialog(parent)
{
    setWindowModality(Qt::WindowModal);
    m_band = new EnvironmentBand(this);
    m_band->hide();
    m_title = new Label({}, TextStyle::DialogTitle, Tone::Normal, this);
    m_title->setObjectName(QStringLiteral("dialogTitle"));
    m_title->setWordWrap(true);
    m_subtitle = new Label({}, TextStyle::Body, Tone::Muted, this);
    m_subtitle->setElide(Label::Elide::End);
    m_subtitle->hide();
    m_tag = new EnvironmentTag(TenantType::Production, this);
    m_tag->hide();
    m_banner = new MessageBanner(this);
    m_loading = new LoadingBar(this);
    m_bodyWidget = new QWidget;
    auto *outer = new QVBoxLayout(m_bodyWidget);
    outer->setContentsMargins({});
    outer->setSpacing(0);
    m_body = new QVBoxLayout;
    m_rest = new QSpacerItem(0, 0, QSizePolicy::Minimum, QSizePolicy::Expanding);
    outer->addLayout(m_body);
    outer->addItem(m_rest);
    m_body->setContentsMargins(metrics::dialogMargin, 3, metrics::dialogMargin, metrics::space16);
    m_body->setSpacing(metrics::fieldToField);
    m_scroll = scrolled(m_bodyWidget);
    m_foot = new QWidget(this);
    m_busyText = new Label({}, TextStyle::Caption, Tone::Muted, m_foot);
    m_busyText->setObjectName(QStringLiteral("busyText"));
    m_busyText->setElide(Label::Elide::End);
    m_buttons = new QDialogButtonBox(m_foot);
    connect(m_buttons, &QDialogButtonBox::rejected, this, &QDialog::reject);
    m_footStart = new QHBoxLayout;
    m_footStart->setSpacing(metrics::space8);
    auto *foot = new QHBoxLayout(m_foot);
    foot->setContentsMargins(metrics::dialogMargin, metrics::space12, metrics::dialogMargin,
                             metrics::space12);
    foot->setSpacing(metrics::space8);
    foot->addLayout(m_footStart);
    foot->addWidget(m_busyText, 1);
    foot->addStretch(1);
    foot->addWidget(m_buttons);
    auto *second = new QHBoxLayout;
    second->setSpacing(metrics::space8);
    second->addWidget(m_subtitle);
    second->addWidget(m_tag);
    second->addStretch(1);
    auto *head = new QVBoxLayout;
    head->setContentsMargins(metrics::dialogMargin, 18, metrics::dialogMargin, 11);
    head->setSpacing(2);
    head->addWidget(m_title);
    head->addLayout(second);
    auto *bannerRow = new CollapsingRow;
    bannerRow->setContentsMargins(metrics::dialogMargin, 0, metrics::dialogMargin, metrics::space12);
    bannerRow->addWidget(m_banner);
    auto *column = new QVBoxLayout(this);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(0);
    column->addWidget(m_band);
    column->addLayout(head);
    column->addLayout(bannerRow);
    column->addWidget(m_loading);
    column->addWidget(m_scroll, 1);
    column->addWidget(m_foot);
    setTitle(title);
}

void DialogFrame::setTitle(const QString &title)
{
    m_title->setText(breakable(title));
    setWindowTitle(title);
    setAccessibleName(title);
}

void DialogFrame::setSubtitle(const QString &subtitle)
{
    m_subtitle->setText(subtitle);
    m_subtitle->setVisible(!subtitle.isEmpty());
}

void DialogFrame::setEnvironment(TenantType type)
{
    m_band->setEnvironment(type);
    m_band->show();
    m_tag->setEnvironment(type);
    m_tag->show();
}

QPushButton *DialogFrame::addButton(const QString &text, QDialogButtonBox::ButtonRole place, ButtonRole role)
{
    QPushButton *button = makeButton(text, role);
    m_buttons->addButton(button, place);
    return button;
}

void DialogFrame::addAboveFoot(QWidget *widget)
{
    constexpr int lineMargin = metrics::space8;
    auto *row = new CollapsingRow;
    row->setContentsMargins(metrics::dialogMargin, lineMargin, metrics::dialogMargin, metrics::space16);
    row->addWidget(widget);
    auto *column = static_cast<QVBoxLayout *>(layout());
    column->insertLayout(column->indexOf(m_foot), row);
    QMargins around = m_body->contentsMargins();
    around.setBottom(std::max(0, m_body->spacing() - lineMargin));
    m_body->setContentsMargins(around);
    m_hasAboveFoot = true;
    connect(m_scroll->verticalScrollBar(), &QScrollBar::rangeChanged, this,
            qOverload<>(&QWidget::update)); // the line above it
}

void DialogFrame::addToFoot(QWidget *widget)
{
    m_footStart->addWidget(widget);
}

void DialogFrame::setBusy(bool busy, const QString &what)
{
    const bool begins = busy && !m_busy;
    const bool ends = !busy && m_busy;
    if (begins)
        m_focusBefore = focusWidget();
    m_busy = busy;
    m_bodyWidget->setEnabled(!busy);
    m_loading->setLoading(busy);
    m_busyWith = busy ? what : QString();
    m_busyText->setText(m_busyWith);
    for (int i = 0; i < m_footStart->count(); ++i)
        m_footStart->itemAt(i)->widget()->setEnabled(!busy);
    const QList<QAbstractButton *> buttons = m_buttons->buttons();
    for (QAbstractButton *button : buttons) {
        if (m_buttons->buttonRole(button) != QDialogButtonBox::RejectRole)
            button->setEnabled(!busy);
        else
            m_focusMeanwhile = button;
    }
    if (ends)
        restoreFocus();
}

// What is disabled loses the focus, and Qt gives it to nobody at first and then to what is left.
void DialogFrame::restoreFocus()
{
    if (m_focusBefore && (!focusWidget() || focusWidget() == m_focusMeanwhile))
        m_focusBefore->setFocus(Qt::OtherFocusReason);
    m_focusBefore.clear();
}

void DialogFrame::setWaiting(std::chrono::seconds left)
{
    if (m_busy)
        m_busyText->setText(left.count() > 0 ? tr("The tenant asks to wait, %1 left").arg(durationText(left))
                                             : m_busyWith);
}

void DialogFrame::showError(const Error &error)
{
    setBusy(false);
    const QString advice = m_advice ? m_advice(error) : QString();
    m_banner->showMessage(MessageBanner::Kind::Danger, error.message,
                          (advice + u' ' + errorDetail(error)).trimmed());
}

void DialogFrame::showEvent(QShowEvent *event)
{
    if (!event->spontaneous()) {
        fitToScreen(Room::Fitted);
        refit(); // some fields know their height once they are shown
    }
    QDialog::showEvent(event);
}

void DialogFrame::refit(Room room)
{
    // Queued, as is the showing of widgets that were just added.
    QMetaObject::invokeMethod(
        this, [this, room] { fitToScreen(room); }, Qt::QueuedConnection);
}

// Never higher than the window it belongs to less a margin. Room that is kept lies below the content, not in
// it.
void DialogFrame::fitToScreen(Room room)
{
    const bool grows = m_body->expandingDirections().testFlag(Qt::Vertical);
    m_rest->changeSize(0, 0, QSizePolicy::Minimum, grows ? QSizePolicy::Fixed : QSizePolicy::Expanding);
    const QSize space = parentWidget() ? parentWidget()->window()->size() : screen()->availableSize();
    const int most = std::max(240, space.height() - 2 * metrics::dialogMargin);
    const int wanted = std::min(std::max(width(), minimumWidth()), space.width() - 2 * metrics::dialogMargin);
    // Both as the layout knows them: else a hint that it has yet to ask for counts as height of the rest.
    layout()->invalidate();
    const QLayoutItem *scroll = layout()->itemAt(layout()->indexOf(m_scroll));
    const int whole = layout()->hasHeightForWidth() ? layout()->totalHeightForWidth(wanted)
                                                    : layout()->totalSizeHint().height();
    const int around = whole - scroll->sizeHint().height();
    QLayout *outer = m_bodyWidget->layout();
    outer->invalidate();
    outer->activate();
    const int body =
        outer->hasHeightForWidth() ? outer->totalHeightForWidth(wanted) : outer->totalSizeHint().height();
    // Where there is little to say, an area that scrolls would leave a gap.
    m_scroll->setMinimumHeight(body < m_scroll->minimumSizeHint().height() ? std::max(1, body) : 0);
    layout()->activate();
    const int before = height();
    const int least = room == Room::Kept ? before : 0;
    // A bar that was there before the new height makes texts wrap, and so would keep itself needed.
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    resize(wanted, std::min(most, std::max(least, around + body)));
    layout()->activate();
    m_scroll->setVerticalScrollBarPolicy(Qt::ScrollBarAsNeeded);
    if (!parentWidget() || !windowHandle() || !windowHandle()->isExposed())
        return; // it has no place yet
    if (const int grown = height() - before; room == Room::Fitted && grown != 0)
        move(x(), y() - grown / 2); // its middle stays where it was
    keepInWindow();
}

/// A dialog that has grown would else reach below the window it belongs to.
void DialogFrame::keepInWindow()
{
    constexpr int around = metrics::dialogMargin;
    const QRect room = parentWidget()->window()->frameGeometry().adjusted(0, around, 0, -around);
    const int lowest = room.bottom() + 1 - frameGeometry().height();
    const int top = std::max(room.top(), std::min(y(), lowest));
    if (top != y())
        move(x(), top);
}

void DialogFrame::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), theme.base);
    painter.fillRect(m_foot->geometry(), theme.sunken);
    painter.fillRect(QRect(0, m_foot->y(), width(), 1), theme.line);
    if (m_hasAboveFoot && m_scroll->verticalScrollBar()->maximum() > 0)
        painter.fillRect(QRect(0, m_scroll->geometry().bottom() + 1, width(), 1), theme.line);
}

} // namespace latchkey
