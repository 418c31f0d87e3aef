// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QKeySequence>
#include <QLineEdit>

class QToolButton;

namespace latchkey {

/// A line edit with a search glyph and the hint of its shortcut; Esc and a button clear it.
class FilterField final : public QLineEdit
{
    Q_OBJECT

public:
    explicit FilterField(const QString &placeholder, QWidget *parent = nullptr);

    /// Shows the shortcut while the field is empty; it does not set it.
    void setKeyHint(const QKeySequence &keys);

protected:
    void paintEvent(QPaintEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    QString m_keys;
    QToolButton *m_clear = nullptr;
};

} // namespace latchkey
