// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "widgets/panel.h"

namespace latchkey {

class ColorScheme;
class Workspace;

/// The choices of the person: how it looks.
class SettingsPanel final : public Panel
{
    Q_OBJECT

public:
    /// Both must outlive the panel.
    SettingsPanel(Workspace &workspace, ColorScheme &colors, QWidget *parent = nullptr);

    /// Applies what was chosen in an earlier session.
    static void restore(const Workspace &workspace, ColorScheme &colors);

private:
    void choose(int index);

    Workspace &m_workspace;
    ColorScheme &m_colors;
};

} // namespace latchkey
