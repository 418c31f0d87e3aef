// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "onelogin/credentialrotation.h"
#include "paneltools.h"

#include <QWidget>

namespace latchkey {

class Label;

/// The step of a rotation that waits until the tenant refuses the old pair: asks by itself, and at once when
/// pressed.
class WatchStep final : public QWidget
{
    Q_OBJECT

public:
    /// The session and the rotation must outlive it; the rotation has the old pair.
    WatchStep(const Session &session, const PanelTools &tools, CredentialRotation &rotation, WatchPace pace,
              QWidget *parent = nullptr);

    void start();

signals:
    /// It is asked now.
    void begun();
    void failed(const latchkey::Error &error);
    /// Nobody asks any more, though the tenant has not refused it.
    void stillAccepted();

private:
    void tick();

    CredentialRotation &m_rotation;
    WatchPace m_pace;
    Label *m_text = nullptr;
};

} // namespace latchkey
