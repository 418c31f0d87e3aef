// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/typography.h"

#include <QApplication>
#include <QFontDatabase>
#include <QFontInfo>
#include <QFontMetrics>
#include <QWidget>

#include <cmath>

namespace latchkey {

namespace {

struct Shape
{
    double factor = 1.0;
    QFont::Weight weight = QFont::Normal;
    bool fixed = false;
    double line = 1.385; ///< line height as a factor of the size
};

Shape shapeOf(TextStyle style)
{
    switch (style) {
    case TextStyle::Display:
        return {2.0, QFont::DemiBold, false, 1.31};
    case TextStyle::Title:
        return {1.54, QFont::DemiBold, false, 1.3};
    case TextStyle::DialogTitle:
        return {1.31, QFont::DemiBold, false, 1.41};
    case TextStyle::Heading:
        return {1.15, QFont::DemiBold, false, 1.333};
    case TextStyle::Body:
        return {};
    case TextStyle::BodyStrong:
        return {1.0, QFont::DemiBold, false, 1.385};
    case TextStyle::Button:
        return {1.0, QFont::Medium, false, 1.385};
    case TextStyle::Caption:
        return {0.92, QFont::Normal, false, 1.333};
    case TextStyle::CaptionStrong:
        return {0.92, QFont::DemiBold, false, 1.333};
    case TextStyle::TableHead:
        return {0.92, QFont::Medium, false, 1.333};
    case TextStyle::Small:
        return {0.846, QFont::DemiBold, false, 1.45};
    case TextStyle::Fixed:
        return {0.92, QFont::Normal, true, 1.5};
    case TextStyle::FixedSmall:
        return {0.846, QFont::Normal, true, 1.45};
    case TextStyle::Code:
        return {0.885, QFont::Normal, true, 1.48};
    }
    return {};
}

} // namespace

QFont fontFor(TextStyle style)
{
    return fontFor(style, QApplication::font());
}

QFont fontFor(TextStyle style, const QFont &base)
{
    const Shape shape = shapeOf(style);
    QFont font = base;
    if (shape.fixed) {
        font.setFamilies({QFontDatabase::systemFont(QFontDatabase::FixedFont).family(),
                          QStringLiteral("Noto Sans Mono"), QStringLiteral("DejaVu Sans Mono")});
        font.setStyleHint(QFont::Monospace);
    }
    font.setWeight(shape.weight);
    if (shape.factor != 1.0) {
        if (base.pixelSize() > 0)
            font.setPixelSize(static_cast<int>(std::lround(base.pixelSize() * shape.factor)));
        else
            font.setPointSizeF(base.pointSizeF() * shape.factor);
    }
    return font;
}

int lineHeight(TextStyle style)
{
    const double size = QFontInfo(fontFor(style)).pixelSize();
    return static_cast<int>(std::lround(size * shapeOf(style).line));
}

void setTextStyle(QWidget *widget, TextStyle style)
{
    widget->setFont(fontFor(style));
}

} // namespace latchkey
