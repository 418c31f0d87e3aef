// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "logins/loginrun.h"
#include "paneltools.h"
#include "widgets/card.h"
#include "widgets/countdownchip.h"

class QMenu;

namespace latchkey {

class ExpiryBar;

/// One token of a login in small: kind, size, how long it lives or why it does not, Copy. It can be chosen.
class TokenTile final : public Card
{
    Q_OBJECT

public:
    /// `at` is the wall time of the answer, from which an `exp` claim is counted; `usedAt` what the token
    /// opens, for its curl command: without one there is no such command.
    TokenTile(TokenRole role, IssuedToken token, const QDateTime &at, const QUrl &usedAt,
              const PanelTools &tools, QWidget *parent = nullptr);

    const IssuedToken &token() const { return m_token; }
    TokenRole role() const { return m_role; }
    /// It is of no use any more.
    void setEnd(const TokenEnd &end);
    bool isRevoked() const { return m_end && m_end->how == TokenEnd::How::Revoked; }
    /// "Revoked at 14:02:11", "Expired at 14:37:07"; empty while it is good.
    QString endText() const;

signals:
    void chosen();
    /// Its time is over.
    void expired();

protected:
    void mousePressEvent(QMouseEvent *event) override;
    void keyPressEvent(QKeyEvent *event) override;
    void focusInEvent(QFocusEvent *event) override;
    void focusOutEvent(QFocusEvent *event) override;
    void paintEvent(QPaintEvent *event) override;

private:
    QWidget *makeHead();
    QLayout *makeLife();
    QMenu *makeCopyMenu(QWidget *parent);
    void updateName();

    TokenRole m_role;
    IssuedToken m_token;
    QDateTime m_at;
    QUrl m_usedAt;
    PanelTools m_tools;
    Expiry m_expiry{};
    std::optional<TokenEnd> m_end{};
    CountdownChip *m_chip = nullptr;
    StateBadge *m_ended = nullptr;
    ExpiryBar *m_bar = nullptr;
};

/// "JWT · 912 bytes", "Opaque, normal"
QString tokenKindText(TokenKind kind, qsizetype size);
/// A call with a token, which stands in the shell's variable TOKEN: `curl -H "Authorization: Bearer
/// $TOKEN" '…'`.
QString curlCommand(const QUrl &url);

} // namespace latchkey
