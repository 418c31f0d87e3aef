// SPDX-License-Identifier: GPL-3.0-or-later
#include "windowplace.h"

#include "store/workspace.h"

#include <QScreen>
#include <QWidget>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr QSize kFirst(1280, 800);
constexpr QSize kLeast(720, 480);
constexpr QSize kFrame(16, 40); ///< room for what the desktop puts around a window
const QString kGeometry = u"window.geometry"_s;

// Small screens and large scale factors leave less room than a window wants, or had when it was closed.
void fitToScreen(QWidget &window)
{
    const QSize room = window.screen()->availableGeometry().size() - kFrame;
    window.setMinimumSize(kLeast.boundedTo(room));
    if (!(window.windowState() & (Qt::WindowMaximized | Qt::WindowFullScreen)))
        window.resize(window.size().boundedTo(room));
}

} // namespace

void restorePlace(QWidget &window, Workspace &workspace)
{
    const QByteArray saved = QByteArray::fromBase64(workspace.setting(kGeometry).toLatin1());
    if (saved.isEmpty() || !window.restoreGeometry(saved))
        window.resize(kFirst);
    fitToScreen(window);
}

void keepPlace(const QWidget &window, Workspace &workspace)
{
    workspace.setSetting(kGeometry, QString::fromLatin1(window.saveGeometry().toBase64()));
}

} // namespace latchkey
