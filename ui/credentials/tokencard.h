// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "core/records.h"
#include "onelogin/tokensource.h"
#include "paneltools.h"
#include "widgets/card.h"

class QMenu;
class QPushButton;

namespace latchkey {

class CountdownChip;
class ExpiryBar;
class Label;
class StateBadge;

/// The management token of a pair: how long it lasts, what it is, and what can be done with it.
class TokenCard final : public Card
{
    Q_OBJECT

public:
    /// `baseUrl` is the tenant's, for what is copied.
    TokenCard(QUrl baseUrl, const PanelTools &tools, QWidget *parent = nullptr);

    /// A disabled pair gets no token here.
    void setToken(const ApiCredential &credential, const std::optional<ManagementToken> &token,
                  const std::optional<RateLimit> &rateLimit);
    /// While something is asked of the tenant the buttons stay in place, disabled.
    void setBusy(bool busy);

signals:
    void getAsked();
    void testAsked();
    void revokeAsked();
    /// Why the tenant gives none.
    void explainAsked();

private:
    QPushButton *addFootButton(QPushButton *button, const QString &name);
    void makeFoot();
    QMenu *makeCopyMenu();
    void showFacts();
    QString callsText() const;
    bool isRefused() const;
    QString noTokenText() const;
    void copy(const QString &before);
    void copyCurl();
    void tick();
    void updateButtons();

    QUrl m_baseUrl;
    PanelTools m_tools;
    ApiCredential m_credential{};
    std::optional<ManagementToken> m_token;
    std::optional<RateLimit> m_rateLimit;
    CountdownChip *m_chip = nullptr;
    ExpiryBar *m_bar = nullptr;
    FactList *m_facts = nullptr;
    Label *m_sentence = nullptr;
    Label *m_calls = nullptr;
    QPushButton *m_get = nullptr;
    QPushButton *m_copy = nullptr;
    QPushButton *m_test = nullptr;
    QPushButton *m_revoke = nullptr;
    QPushButton *m_explain = nullptr;
    StateBadge *m_refused = nullptr;
    bool m_busy = false;
    bool m_alive = false;
};

} // namespace latchkey
