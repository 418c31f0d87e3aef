// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QMenu;

namespace latchkey {

class TenantSwitcher;

/// Switcher at one end, help and menu at the other, a line below.
class TopBar final : public QWidget
{
    Q_OBJECT

public:
    /// Takes the switcher over; the menu outlives the bar.
    TopBar(TenantSwitcher *switcher, QMenu *menu, QWidget *parent = nullptr);

signals:
    void helpAsked();

protected:
    void paintEvent(QPaintEvent *event) override;
};

} // namespace latchkey
