// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/tenant.h"

#include <QWidget>

#include <optional>

namespace latchkey {

/// The 4 px band in the colour of the environment, on the window and on every dialog that writes.
class EnvironmentBand final : public QWidget
{
    Q_OBJECT

public:
    explicit EnvironmentBand(QWidget *parent = nullptr);
    /// None paints the window colour.
    void setEnvironment(std::optional<TenantType> type);
    QSize sizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<TenantType> m_type;
};

/// The word for the environment on its colour.
class EnvironmentTag final : public QWidget
{
    Q_OBJECT

public:
    explicit EnvironmentTag(TenantType type = TenantType::Production, QWidget *parent = nullptr);
    void setEnvironment(TenantType type);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    TenantType m_type;
};

/// Width of a tag and how it is painted, for delegates.
int environmentTagWidth(TenantType type);
void paintEnvironmentTag(QPainter *painter, const QRect &rect, TenantType type, const QPalette &palette);

} // namespace latchkey
