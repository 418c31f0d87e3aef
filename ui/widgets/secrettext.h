// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/secret.h"

#include <QPointer>
#include <QWidget>

namespace latchkey {

/// Ten dots, or the secret drawn by itself: it is never the text of a widget. Its size stays the same; what
/// does not fit is shown in full on a sheet below the field that it is part of, over what stands there.
class SecretText final : public QWidget
{
public:
    /// The parent is the field.
    explicit SecretText(QWidget *parent);
    ~SecretText() override;

    /// Empty: the dots.
    void setSecret(const Secret &secret);
    bool isShown() const { return !m_secret.isEmpty(); }
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;

protected:
    void paintEvent(QPaintEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void paintDots(QPainter &painter) const;
    /// Opens, moves or takes away the sheet.
    void placeSheet();

    Secret m_secret;
    QPointer<QWidget> m_sheet; ///< of the host, which may go first
};

} // namespace latchkey
