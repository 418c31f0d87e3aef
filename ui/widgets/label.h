// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "style/theme.h"
#include "style/typography.h"

#include <QLabel>

namespace latchkey {

/// Plain text in a text style and a tone that follow the palette. With an elide mode it is one line
/// that gives way, and its tooltip is the full text while some of it is hidden.
class Label : public QLabel
{
    Q_OBJECT

public:
    enum class Elide { None, End, Middle, Path };

    explicit Label(const QString &text = {}, TextStyle style = TextStyle::Body, Tone tone = Tone::Normal,
                   QWidget *parent = nullptr);

    void setTone(Tone tone);
    Tone tone() const { return m_tone; }
    void setElide(Elide elide);

    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    bool event(QEvent *event) override;

private:
    QString shownText() const;
    QColor color() const;

    Tone m_tone = Tone::Normal;
    Elide m_elide = Elide::None;
};

/// Makes a label of wrapping text.
Label *makeParagraph(const QString &text, TextStyle style = TextStyle::Body, Tone tone = Tone::Normal,
                     QWidget *parent = nullptr);
/// The path with its middle parts left out so that it fits: "https://host/…/last".
QString elidedPath(const QString &path, const QFontMetrics &metrics, int width);

} // namespace latchkey
