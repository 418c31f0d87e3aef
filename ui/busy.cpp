// SPDX-License-Identifier: GPL-3.0-or-later
#include "busy.h"

#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>
#include <QTimer>

using namespace std::chrono_literals;

namespace latchkey {

using namespace Qt::StringLiterals;

Busy::Busy(Panel &panel, const QString &what, std::function<void()> cancel)
    : m_panel(&panel)
    , m_cancel(std::move(cancel))
{
    panel.setLoading(true);
    QTimer::singleShot(1s, this, [this, what] { say(what); });
}

Busy::~Busy()
{
    if (!m_panel)
        return;
    m_panel->setLoading(false);
    if (m_said)
        m_panel->banner()->clear();
}

void Busy::say(const QString &what)
{
    m_said = true;
    MessageBanner *banner = m_panel->banner();
    banner->showMessage(MessageBanner::Kind::Info, what);
    banner->setClosable(false);
    QPushButton *button = banner->addButton(tr("Cancel"));
    button->setObjectName(u"busy.cancel"_s);
    // Queued, because it ends the button's own banner; a copy, because it ends this object.
    connect(
        button, &QPushButton::clicked, this,
        [this] {
            const auto cancel = m_cancel;
            cancel();
        },
        Qt::QueuedConnection);
}

} // namespace latchkey
