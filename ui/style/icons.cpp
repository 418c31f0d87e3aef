// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/icons.h"

#include "style/standardglyphs.h"
#include "style/theme.h"

#include <QGuiApplication>
#include <QIconEngine>
#include <QPainter>
#include <QPixmapCache>
#include <QSvgRenderer>

#include <array>

// In the global namespace, as the macro wants it.
static void registerResources()
{
    Q_INIT_RESOURCE(resources);
}

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

constexpr std::array<QLatin1StringView, iconCount> names = {
    "activity"_L1,      "app"_L1,     "authserver"_L1, "book"_L1,     "check"_L1,    "chevron-down"_L1,
    "chevron-right"_L1, "clock"_L1,   "close"_L1,      "columns"_L1,  "compare"_L1,  "copy"_L1,
    "enable"_L1,        "error"_L1,   "export"_L1,     "external"_L1, "eye-off"_L1,  "eye"_L1,
    "filter"_L1,        "import"_L1,  "info"_L1,       "key"_L1,      "link"_L1,     "lock"_L1,
    "login"_L1,         "menu"_L1,    "minus"_L1,      "more"_L1,     "note"_L1,     "panel"_L1,
    "pause"_L1,         "pending"_L1, "play"_L1,       "plus"_L1,     "redo"_L1,     "refresh"_L1,
    "rotate"_L1,        "sandbox"_L1, "scope"_L1,      "search"_L1,   "settings"_L1, "skip"_L1,
    "stop"_L1,          "success"_L1, "tenant"_L1,     "terminal"_L1, "token"_L1,    "trash"_L1,
    "undo"_L1,          "unlock"_L1,  "user"_L1,       "warning"_L1,
};

QColor colorOf(QIcon::Mode mode)
{
    const Theme &colors = themeFor(QGuiApplication::palette());
    switch (mode) {
    case QIcon::Normal:
        return colors.muted;
    case QIcon::Active:
        return colors.text;
    case QIcon::Selected:
        return colors.accentInk;
    case QIcon::Disabled:
        return colors.disabled;
    }
    return colors.muted;
}

QPixmap pixmapNamed(const QString &name, int size, const QColor &color, qreal ratio)
{
    const QString key = u"latchkey-icon/%1/%2/%3/%4"_s.arg(name).arg(size).arg(ratio).arg(color.rgba());
    QPixmap pixmap;
    if (QPixmapCache::find(key, &pixmap))
        return pixmap;
    const int side = std::max(1, qRound(size * ratio));
    pixmap = QPixmap(side, side);
    pixmap.fill(Qt::transparent);
    QSvgRenderer renderer(u":/icons/%1.svg"_s.arg(name));
    QPainter painter(&pixmap);
    renderer.render(&painter, QRectF(0, 0, side, side));
    painter.setCompositionMode(QPainter::CompositionMode_SourceIn);
    painter.fillRect(pixmap.rect(), color);
    painter.end();
    pixmap.setDevicePixelRatio(ratio);
    QPixmapCache::insert(key, pixmap);
    return pixmap;
}

void paintPixmap(QPainter *painter, const QRect &rect, int size, const QPixmap &pixmap)
{
    painter->drawPixmap(rect.x() + (rect.width() - size) / 2, rect.y() + (rect.height() - size + 1) / 2,
                        pixmap);
}

/// Paints one of our glyphs in the colour of the mode, sharp at every device pixel ratio.
class IconEngine final : public QIconEngine
{
public:
    explicit IconEngine(const QString &name)
        : m_name(name)
    {
    }

    void paint(QPainter *painter, const QRect &rect, QIcon::Mode mode, QIcon::State) override
    {
        const int size = std::min(rect.width(), rect.height());
        paintPixmap(painter, rect, size,
                    pixmapNamed(m_name, size, colorOf(mode), painter->device()->devicePixelRatioF()));
    }
    QPixmap pixmap(const QSize &size, QIcon::Mode mode, QIcon::State) override
    {
        return pixmapNamed(m_name, std::min(size.width(), size.height()), colorOf(mode), 1.0);
    }
    QPixmap scaledPixmap(const QSize &size, QIcon::Mode mode, QIcon::State, qreal ratio) override
    {
        const int logical = qRound(std::min(size.width(), size.height()) / ratio);
        return pixmapNamed(m_name, logical, colorOf(mode), ratio);
    }
    QString key() const override { return u"latchkey"_s; }
    QString iconName() override { return m_name; }
    bool isNull() override { return false; }
    QIconEngine *clone() const override { return new IconEngine(m_name); }

private:
    QString m_name;
};

} // namespace

QString iconName(Icon icon)
{
    return names[static_cast<size_t>(icon)];
}

QIcon icon(Icon icon)
{
    return QIcon(new IconEngine(iconName(icon)));
}

QIcon applicationIcon()
{
    QSvgRenderer renderer(u":/icons/latchkey.svg"_s);
    QIcon result;
    for (const int size : {16, 24, 32, 48, 64, 128, 256}) {
        QPixmap pixmap(size, size);
        pixmap.fill(Qt::transparent);
        QPainter painter(&pixmap);
        renderer.render(&painter);
        painter.end();
        result.addPixmap(pixmap);
    }
    return result;
}

void paintMark(QPainter *painter, const QRectF &rect, const Theme &theme)
{
    painter->save();
    painter->setRenderHint(QPainter::Antialiasing);
    painter->translate(rect.topLeft());
    painter->scale(rect.width() / 132.0, rect.height() / 72.0);
    painter->translate(-28, 0);
    QPen pen(theme.accent, 3.5, Qt::SolidLine, Qt::RoundCap, Qt::RoundJoin);
    painter->setPen(pen);
    painter->setBrush(theme.accentTint);
    painter->drawEllipse(QPointF(62, 36), 19, 19);
    painter->setBrush(Qt::NoBrush);
    painter->drawPolyline(QPolygonF({{81, 36}, {135, 36}, {135, 47}}));
    painter->drawLine(QPointF(122, 36), QPointF(122, 44));
    painter->drawLine(QPointF(109, 36), QPointF(109, 41));
    pen.setWidthF(3);
    painter->setPen(pen);
    painter->setBrush(theme.base);
    painter->drawEllipse(QPointF(62, 36), 6, 6);
    painter->restore();
}

QPixmap tintedPixmap(Icon icon, int size, const QColor &color, qreal ratio)
{
    return pixmapNamed(iconName(icon), size, color, ratio);
}

void paintIcon(QPainter *painter, const QRect &rect, Icon icon, int size, const QColor &color)
{
    paintPixmap(painter, rect, size, tintedPixmap(icon, size, color, painter->device()->devicePixelRatioF()));
}

QIcon standardGlyph(QStyle::StandardPixmap which, bool isMirrored)
{
    const auto named = [](const QString &name) { return QIcon(new IconEngine(name)); };
    switch (which) {
    case QStyle::SP_ArrowBack:
        return named(isMirrored ? u"arrow-right"_s : u"arrow-left"_s);
    case QStyle::SP_ArrowForward:
        return named(isMirrored ? u"arrow-left"_s : u"arrow-right"_s);
    case QStyle::SP_FileDialogToParent:
        return named(u"arrow-up"_s);
    case QStyle::SP_FileDialogNewFolder:
        return named(u"folder-new"_s);
    case QStyle::SP_FileDialogListView:
        return icon(Icon::Menu);
    case QStyle::SP_FileDialogDetailedView:
        return icon(Icon::Columns);
    default:
        return {};
    }
}

void initResources()
{
    registerResources();
}

} // namespace latchkey
