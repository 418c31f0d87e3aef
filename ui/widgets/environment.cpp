// SPDX-License-Identifier: GPL-3.0-or-later
#include "widgets/environment.h"

#include "style/metrics.h"
#include "style/paint.h"
#include "style/typography.h"

namespace latchkey {

EnvironmentBand::EnvironmentBand(QWidget *parent)
    : QWidget(parent)
{
    setObjectName(QStringLiteral("environmentBand"));
    setFixedHeight(metrics::environmentBand);
}

void EnvironmentBand::setEnvironment(std::optional<TenantType> type)
{
    m_type = type;
    update();
}

QSize EnvironmentBand::sizeHint() const
{
    return QSize(40, metrics::environmentBand);
}

void EnvironmentBand::paintEvent(QPaintEvent *)
{
    const Theme &theme = themeFor(palette());
    QPainter painter(this);
    painter.fillRect(rect(), m_type ? environmentColor(theme, *m_type) : theme.window);
}

EnvironmentTag::EnvironmentTag(TenantType type, QWidget *parent)
    : QWidget(parent)
    , m_type(type)
{
    setSizePolicy(QSizePolicy::Fixed, QSizePolicy::Fixed);
    setEnvironment(type);
}

void EnvironmentTag::setEnvironment(TenantType type)
{
    m_type = type;
    setAccessibleName(tenantTypeName(type));
    updateGeometry();
    update();
}

QSize EnvironmentTag::sizeHint() const
{
    return QSize(environmentTagWidth(m_type), QFontMetrics(fontFor(TextStyle::Small)).height() + 3);
}

void EnvironmentTag::paintEvent(QPaintEvent *)
{
    QPainter painter(this);
    paintEnvironmentTag(&painter, rect(), m_type, palette());
}

int environmentTagWidth(TenantType type)
{
    return QFontMetrics(fontFor(TextStyle::Small)).horizontalAdvance(tenantTypeName(type)) + 16;
}

void paintEnvironmentTag(QPainter *painter, const QRect &rect, TenantType type, const QPalette &palette)
{
    const Theme &theme = themeFor(palette);
    paintRounded(painter, rect, metrics::tagRadius, environmentColor(theme, type));
    painter->save();
    painter->setFont(fontFor(TextStyle::Small));
    painter->setPen(theme.onEnv);
    painter->drawText(rect, Qt::AlignCenter, tenantTypeName(type));
    painter->restore();
}

} // namespace latchkey
