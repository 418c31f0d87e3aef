// SPDX-License-Identifier: GPL-3.0-or-later
#include "panes.h"

#include "store/workspace.h"
#include "style/focus.h"

#include <QSplitter>

#include <algorithm>

namespace latchkey {

using namespace Qt::StringLiterals;

Panes::Panes(Workspace &workspace, QObject *parent)
    : QObject(parent)
    , m_workspace(workspace)
{
}

void Panes::restore(QWidget *panel)
{
    for (QSplitter *splitter : panel->findChildren<QSplitter *>()) {
        const QString key = u"panes."_s + panel->objectName();
        splitter->restoreState(QByteArray::fromBase64(m_workspace.setting(key).toLatin1()));
        connect(splitter, &QSplitter::splitterMoved, this,
                [this, key, splitter] { m_moved[key] = splitter->saveState(); });
    }
}

void Panes::save()
{
    for (const auto &[key, state] : std::exchange(m_moved, {}))
        m_workspace.setSetting(key, QString::fromLatin1(state.toBase64()));
}

void Panes::move(QWidget *before, QWidget *panel, QWidget *behind, int step)
{
    QList<QWidget *> panes{before};
    if (const auto *splitter = panel->findChild<QSplitter *>(); splitter && splitter->isVisible()) {
        for (int i = 0; i < splitter->count(); ++i) {
            if (splitter->widget(i)->isVisible())
                panes.append(splitter->widget(i));
        }
    } else {
        panes.append(panel);
    }
    panes.append(behind);
    const QWidget *focus = before->window()->focusWidget();
    const auto here = std::find_if(panes.begin(), panes.end(),
                                   [focus](const QWidget *pane) { return pane->isAncestorOf(focus); });
    const auto count = panes.size();
    qsizetype at = here != panes.end() ? here - panes.begin() : step > 0 ? 0 : 1;
    for (qsizetype tried = 0; tried < count; ++tried) {
        at = (at + step + count) % count;
        if (QWidget *widget = entryOf(panes.at(at)))
            return widget->setFocus(Qt::TabFocusReason);
    }
}

} // namespace latchkey
