// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QIcon>
#include <QPixmap>

class QPainter;

namespace latchkey {

struct Theme;

/// The glyphs of resources/icons. The same meaning has the same glyph everywhere.
enum class Icon {
    Activity,
    App,
    AuthServer,
    Book,
    Check,
    ChevronDown,
    ChevronRight,
    Clock,
    Close,
    Columns,
    Compare,
    Copy,
    Enable,
    Error,
    Export,
    External,
    EyeOff,
    Eye,
    Filter,
    Import,
    Info,
    Key,
    Link,
    Lock,
    Login,
    Menu,
    Minus,
    More,
    Note,
    Panel,
    Pause,
    Pending,
    Play,
    Plus,
    Redo,
    Refresh,
    Rotate,
    Sandbox,
    Scope,
    Search,
    Settings,
    Skip,
    Stop,
    Success,
    Tenant,
    Terminal,
    Token,
    Trash,
    Undo,
    Unlock,
    User,
    Warning,
};

inline constexpr int iconCount = static_cast<int>(Icon::Warning) + 1;

/// The file name without its ending.
QString iconName(Icon icon);
/// An icon tinted by its mode with the colours of the application's palette.
QIcon icon(Icon icon);
/// The mark of the program, in its own colours.
QIcon applicationIcon();
/// The key mark as it is painted on the first-run page.
void paintMark(QPainter *painter, const QRectF &rect, const Theme &theme);
QPixmap tintedPixmap(Icon icon, int size, const QColor &color, qreal ratio);
/// Paints the glyph `size` wide in the middle of `rect`.
void paintIcon(QPainter *painter, const QRect &rect, Icon icon, int size, const QColor &color);
/// Registers the resources of the library; needed once by each executable that shows a widget.
void initResources();

} // namespace latchkey
