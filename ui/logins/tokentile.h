// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "oidc/loginflow.h"
#include "widgets/card.h"

class QMenu;

namespace latchkey {

class Clipboard;
class Ticker;

/// One token of a login in small: kind, size, how long it lives, Copy. It can be chosen.
class TokenTile final : public Card
{
    Q_OBJECT

public:
    /// `at` is the wall time of the answer, from which an `exp` claim is counted.
    TokenTile(const QString &name, IssuedToken token, const QDateTime &at, Ticker &ticker,
              Clipboard &clipboard, QWidget *parent = nullptr);

    const IssuedToken &token() const { return m_token; }
    const QString &name() const { return m_name; }

signals:
    void chosen();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QMenu *makeCopyMenu(QWidget *parent, Clipboard &clipboard);

    QString m_name;
    IssuedToken m_token;
};

/// "JWT · 912 bytes", "Opaque, normal"
QString tokenKindText(const IssuedToken &token);

} // namespace latchkey
