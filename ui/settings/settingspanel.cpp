// SPDX-License-Identifier: GPL-3.0-or-later
#include "settings/settingspanel.h"

#include "store/workspace.h"
#include "style/colorscheme.h"
#include "style/metrics.h"
#include "widgets/formfield.h"
#include "widgets/label.h"
#include "widgets/messagebanner.h"
#include "widgets/segmentedcontrol.h"

#include <QVBoxLayout>

#include <array>

namespace latchkey {

using namespace Qt::StringLiterals;

namespace {

const QString kSetting = u"appearance"_s;
constexpr int kFormWidth = 640;

/// In the order of the segments.
const std::array<QString, 3> kChoices{u"system"_s, u"light"_s, u"dark"_s};

int storedChoice(const Workspace &workspace)
{
    const auto found =
        std::find(kChoices.begin(), kChoices.end(), workspace.setting(kSetting, kChoices.front()));
    return found == kChoices.end() ? 0 : static_cast<int>(found - kChoices.begin());
}

} // namespace

SettingsPanel::SettingsPanel(Workspace &workspace, ColorScheme &colors, QWidget *parent)
    : Panel(tr("Settings"), parent)
    , m_workspace(workspace)
    , m_colors(colors)
{
    setObjectName(u"settingsPanel"_s);
    auto *choice = new SegmentedControl(tr("Appearance"));
    choice->setObjectName(u"settings.appearance"_s);
    choice->setMinimumHeight(metrics::control);
    for (const QString &text : {tr("Follow system"), tr("Light"), tr("Dark")})
        choice->addSegment(text);
    choice->setCurrentIndex(static_cast<int>(colors.choice()));
    connect(choice, &SegmentedControl::currentChanged, this, &SettingsPanel::choose);

    auto *field = new FormField(tr("Appearance"), choice);
    field->setHelp(tr("Changes at once; the window keeps what it shows."));
    auto *form = new QWidget;
    form->setMaximumWidth(kFormWidth);
    auto *column = new QVBoxLayout(form);
    column->setContentsMargins(metrics::panelMargin, metrics::space20, metrics::panelMargin,
                               metrics::space20);
    field->setMinimumWidth(kFormWidth / 2);
    column->addWidget(field, 0, Qt::AlignLeading);
    column->addStretch();
    setContent(form);
}

void SettingsPanel::restore(const Workspace &workspace, ColorScheme &colors)
{
    colors.setChoice(static_cast<ColorScheme::Choice>(storedChoice(workspace)));
}

void SettingsPanel::choose(int index)
{
    m_colors.setChoice(static_cast<ColorScheme::Choice>(index));
    const Result<void> stored = m_workspace.setSetting(kSetting, kChoices.at(static_cast<size_t>(index)));
    if (!stored)
        banner()->showError(stored.error());
}

} // namespace latchkey
