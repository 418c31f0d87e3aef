// SPDX-License-Identifier: GPL-3.0-or-later
#include "busy.h"

#include "widgets/messagebanner.h"
#include "widgets/panel.h"

#include <QPushButton>

using namespace std::chrono_literals;

namespace latchkey {

using namespace Qt::StringLiterals;

Busy::Busy(Panel &panel, const QString &what, std::function<void()> cancel)
    : m_panel(&panel)
    , m_what(what)
    , m_cancel(std::move(cancel))
{
    panel.setLoading(true);
    m_timer.callOnTimeout(this, &Busy::say);
    m_timer.start(1s);
}

Busy::~Busy()
{
    if (!m_panel)
        return;
    m_panel->setLoading(false);
    if (isSaid())
        m_panel->banner()->clear();
}

bool Busy::isSaid() const
{
    return m_button && !m_button->isHidden();
}

void Busy::say()
{
    MessageBanner *banner = m_panel->banner();
    const bool isFirst = !std::exchange(m_hasSpoken, true);
    if (isSaid() || (!isFirst && !banner->isHidden()))
        return; // what came in between is read first
    banner->showMessage(MessageBanner::Kind::Info, m_what);
    banner->setClosable(false);
    m_button = banner->addButton(tr("Cancel"));
    m_button->setObjectName(u"busy.cancel"_s);
    // Queued, because it ends the button's own banner; a copy, because it ends this object.
    connect(
        m_button, &QPushButton::clicked, this,
        [this] {
            const auto cancel = m_cancel;
            cancel();
        },
        Qt::QueuedConnection);
}

} // namespace latchkey
