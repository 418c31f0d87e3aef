// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "paneltools.h"
#include "widgets/countdownchip.h"

#include <QUrl>
#include <QWidget>

class QVBoxLayout;

namespace latchkey {

/// A login on the way through the browser.
struct BrowserWait
{
    QUrl address{};  ///< where the person signs in
    QUrl redirect{}; ///< where the browser comes back to
    Expiry expiry{}; ///< of the wait
};

/// A login that is under way: the step that it is at, and what helps while the browser has it.
class RunProgress final : public QWidget
{
    Q_OBJECT

public:
    explicit RunProgress(const QString &step, QWidget *parent = nullptr);
    RunProgress(const BrowserWait &wait, const PanelTools &tools, QWidget *parent = nullptr);

private:
    void addWait(const BrowserWait &wait, const PanelTools &tools);

    QVBoxLayout *m_column = nullptr;
};

} // namespace latchkey
