// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>
#include <QTimer>

namespace latchkey {

/// A line edit for a secret: dots, and an eye that shows the text until the focus leaves, the
/// window is deactivated, or 15 seconds have passed.
class PasswordField final : public QLineEdit
{
    Q_OBJECT

public:
    /// `what` is said by the eye: "password".
    explicit PasswordField(const QString &what, QWidget *parent = nullptr);

    /// A secret that is known here: ten dots whatever its length, until it is edited.
    void fill(const QString &secret);

protected:
    void paintEvent(QPaintEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void changeEvent(QEvent *event) override;

private:
    void setRevealed(bool revealed);

    bool m_isFilled = false;
    QString m_what;
    QAction *m_eye;
    QTimer m_hide;
};

} // namespace latchkey
