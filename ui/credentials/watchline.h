// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "credentials/credentialwatches.h"
#include "paneltools.h"

#include <QFrame>

class QPushButton;

namespace latchkey {

class Glyph;
class Label;

/// What is still to be seen of a pair that was disabled: what to do in the portal, or when the tenant is
/// asked again. Hidden where nothing is.
class WatchLine final : public QFrame
{
    Q_OBJECT

public:
    /// All must outlive it.
    WatchLine(const CredentialWatches &watches, const Session &session, const PanelTools &tools,
              QWidget *parent = nullptr);

    void setCredential(const ApiCredential &credential);
    const ApiCredential &credential() const { return m_credential; }

signals:
    void portalAsked();
    void watchAsked();
    void stopAsked();

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    void showNow();
    QString waitingText() const;

    const CredentialWatches &m_watches;
    const bool m_hasPortal; ///< of its own, where nothing is left to the person
    ApiCredential m_credential{};
    Label *m_sentence = nullptr;
    Label *m_trouble = nullptr;
    QPushButton *m_portal = nullptr;
    QPushButton *m_watch = nullptr;
    QPushButton *m_stop = nullptr;
};

} // namespace latchkey
