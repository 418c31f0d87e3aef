// SPDX-License-Identifier: GPL-3.0-or-later
#include "style/theme.h"

namespace latchkey {

namespace {

Theme lightTheme()
{
    Theme t;
    t.window = QColor(0xF3F4F7);
    t.base = QColor(0xFFFFFF);
    t.sunken = QColor(0xF8F9FB);
    t.hover = QColor(0xEEF0F4);
    t.line = QColor(0xE2E5EB);
    t.lineMid = QColor(0xC8CED8);
    t.lineStrong = QColor(0x808A99);
    t.text = QColor(0x191D24);
    t.muted = QColor(0x566070);
    t.disabled = QColor(0x9AA2AF);
    t.accent = QColor(0x2C53CF);
    t.accentHover = QColor(0x2445B0);
    t.accentDown = QColor(0x1D3993);
    t.accentTint = QColor(0xE9EEFC);
    t.accentInk = QColor(0x2445B0);
    t.onAccent = QColor(0xFFFFFF);
    t.ok = QColor(0x19713F);
    t.okTint = QColor(0xE4F4EB);
    t.okLine = QColor(0xA9D8BC);
    t.warn = QColor(0x875200);
    t.warnTint = QColor(0xFDF2DF);
    t.warnLine = QColor(0xE9C88D);
    t.danger = QColor(0xB3261E);
    t.dangerTint = QColor(0xFCEBE9);
    t.dangerLine = QColor(0xEBB5B0);
    t.onDanger = QColor(0xFFFFFF);
    t.envProduction = QColor(0xB3261E);
    t.envStaging = QColor(0x9A5B00);
    t.envDevelopment = QColor(0x6B47C4);
    t.envSandbox = QColor(0x0B7570);
    t.onEnv = QColor(0xFFFFFF);
    t.scrim = QColor(0x0F, 0x14, 0x1C, 89);
    return t;
}

Theme darkTheme()
{
    Theme t;
    t.window = QColor(0x14161B);
    t.base = QColor(0x1A1D23);
    t.sunken = QColor(0x1F232A);
    t.hover = QColor(0x262B33);
    t.line = QColor(0x2B3039);
    t.lineMid = QColor(0x3C434F);
    t.lineStrong = QColor(0x737D8D);
    t.text = QColor(0xE6E9EF);
    t.muted = QColor(0xA1AAB8);
    t.disabled = QColor(0x616A78);
    t.accent = QColor(0x8FADFF);
    t.accentHover = QColor(0xA7BFFF);
    t.accentDown = QColor(0x7C9CF5);
    t.accentTint = QColor(0x222D4D);
    t.accentInk = QColor(0xB4C8FF);
    t.onAccent = QColor(0x0E1730);
    t.ok = QColor(0x63CB90);
    t.okTint = QColor(0x17322A);
    t.okLine = QColor(0x2C5A45);
    t.warn = QColor(0xEDB45F);
    t.warnTint = QColor(0x362A16);
    t.warnLine = QColor(0x63491F);
    t.danger = QColor(0xFF9389);
    t.dangerTint = QColor(0x3D2220);
    t.dangerLine = QColor(0x6E3A36);
    t.onDanger = QColor(0x2B0D0A);
    t.envProduction = QColor(0xFF9389);
    t.envStaging = QColor(0xEDB45F);
    t.envDevelopment = QColor(0xB9A2FF);
    t.envSandbox = QColor(0x5CCBC4);
    t.onEnv = QColor(0x14161B);
    t.scrim = QColor(0, 0, 0, 128);
    return t;
}

Theme withMoreContrast(Theme t)
{
    t.line = t.lineStrong;
    t.lineMid = t.lineStrong;
    t.muted = t.text;
    return t;
}

bool isDark(const QPalette &palette)
{
    return palette.color(QPalette::Active, QPalette::Window).lightness() < 128;
}

} // namespace

const Theme &theme(ThemeKind kind)
{
    static const Theme light = lightTheme();
    static const Theme dark = darkTheme();
    static const Theme lightMore = withMoreContrast(light);
    static const Theme darkMore = withMoreContrast(dark);
    switch (kind) {
    case ThemeKind::Light:
        return light;
    case ThemeKind::Dark:
        return dark;
    case ThemeKind::LightMoreContrast:
        return lightMore;
    case ThemeKind::DarkMoreContrast:
        return darkMore;
    }
    return light;
}

const Theme &themeFor(const QPalette &palette)
{
    const bool dark = isDark(palette);
    const Theme &more = theme(dark ? ThemeKind::DarkMoreContrast : ThemeKind::LightMoreContrast);
    if (palette.color(QPalette::Active, QPalette::Mid) == more.line)
        return more;
    return theme(dark ? ThemeKind::Dark : ThemeKind::Light);
}

QPalette paletteFor(ThemeKind kind)
{
    const Theme &t = theme(kind);
    QPalette palette;
    const auto set = [&palette](QPalette::ColorRole role, const QColor &color) {
        palette.setColor(QPalette::All, role, color);
    };
    set(QPalette::Window, t.window);
    set(QPalette::WindowText, t.text);
    set(QPalette::Text, t.text);
    set(QPalette::ButtonText, t.text);
    set(QPalette::Base, t.base);
    set(QPalette::Button, t.base);
    set(QPalette::AlternateBase, t.sunken);
    set(QPalette::PlaceholderText, t.muted);
    set(QPalette::Highlight, t.accent);
    set(QPalette::HighlightedText, t.onAccent);
    set(QPalette::Link, t.accent);
    set(QPalette::LinkVisited, t.accent);
    set(QPalette::ToolTipBase, t.sunken);
    set(QPalette::ToolTipText, t.text);
    set(QPalette::BrightText, t.danger);
    set(QPalette::Light, t.base);
    set(QPalette::Midlight, t.hover);
    set(QPalette::Mid, t.line);
    set(QPalette::Dark, t.lineMid);
    set(QPalette::Shadow, t.lineStrong);
    for (const QPalette::ColorRole role : {QPalette::WindowText, QPalette::Text, QPalette::ButtonText})
        palette.setColor(QPalette::Disabled, role, t.disabled);
    palette.setColor(QPalette::Disabled, QPalette::Highlight, t.lineMid);
    palette.setColor(QPalette::Inactive, QPalette::Highlight, t.lineMid);
    palette.setColor(QPalette::Inactive, QPalette::HighlightedText, t.text);
    return palette;
}

QColor ink(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Normal:
        return theme.text;
    case Tone::Muted:
        return theme.muted;
    case Tone::Accent:
        return theme.accent;
    case Tone::Ok:
        return theme.ok;
    case Tone::Warn:
        return theme.warn;
    case Tone::Danger:
        return theme.danger;
    }
    return theme.text;
}

QColor tint(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Normal:
    case Tone::Muted:
        return theme.hover;
    case Tone::Accent:
        return theme.accentTint;
    case Tone::Ok:
        return theme.okTint;
    case Tone::Warn:
        return theme.warnTint;
    case Tone::Danger:
        return theme.dangerTint;
    }
    return theme.hover;
}

QColor outline(const Theme &theme, Tone tone)
{
    switch (tone) {
    case Tone::Ok:
        return theme.okLine;
    case Tone::Warn:
        return theme.warnLine;
    case Tone::Danger:
        return theme.dangerLine;
    case Tone::Normal:
    case Tone::Muted:
    case Tone::Accent:
        break;
    }
    return theme.line;
}

QColor environmentColor(const Theme &theme, TenantType type)
{
    switch (type) {
    case TenantType::Production:
        return theme.envProduction;
    case TenantType::Staging:
        return theme.envStaging;
    case TenantType::Development:
        return theme.envDevelopment;
    case TenantType::Sandbox:
        return theme.envSandbox;
    }
    return theme.envProduction;
}

} // namespace latchkey
