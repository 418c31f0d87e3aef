// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"
#include "style/theme.h"

#include <QAbstractButton>

#include <optional>

class QHBoxLayout;

namespace latchkey {

/// One thing the status bar says, and the way to where it can be mended.
class StatusSegment final : public QAbstractButton
{
    Q_OBJECT

public:
    explicit StatusSegment(QWidget *parent = nullptr);

    /// `strong` stands behind the text in text colour: "Connected as" "grants-admin".
    void setContent(std::optional<Icon> icon, Tone tone, const QString &text, const QString &strong = {});
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    std::optional<Icon> m_icon;
    Tone m_tone = Tone::Muted;
    QString m_strong;
};

/// The bottom line of the window: connection at the left, what last happened at the right.
class StatusBar final : public QWidget
{
    Q_OBJECT

public:
    explicit StatusBar(QWidget *parent = nullptr);

    StatusSegment *addLeft(const QString &objectName);
    StatusSegment *addRight(const QString &objectName);

protected:
    bool event(QEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    StatusSegment *add(int position, const QString &objectName);

    QHBoxLayout *m_row = nullptr;
    int m_leftCount = 0;
};

} // namespace latchkey
