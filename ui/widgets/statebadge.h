// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/icons.h"
#include "style/theme.h"

#include <QWidget>

namespace latchkey {

/// A state as glyph and word: in a round tint, or plain as in a table.
class StateBadge : public QWidget
{
    Q_OBJECT

public:
    explicit StateBadge(QWidget *parent = nullptr);
    StateBadge(Icon icon, const QString &text, Tone tone, QWidget *parent = nullptr);

    void setState(Icon icon, const QString &text, Tone tone);
    QString text() const { return m_text; }
    Tone tone() const { return m_tone; }
    /// Without the tint; a normal state has its word in text colour.
    void setPlain(bool plain);

    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
    /// The text the width is made for.
    virtual QString widestText() const { return m_text; }

private:
    Icon m_icon = Icon::Info;
    QString m_text;
    Tone m_tone = Tone::Muted;
    bool m_plain = false;
};

} // namespace latchkey
