"""Three themes as data: dark, light and high contrast. Nothing on the screens needs colour to be understood."""

from __future__ import annotations

from textual.theme import Theme

DARK = Theme(
    name="shadowlog-dark",
    primary="#8fb8c9",
    secondary="#a7b3c2",
    accent="#e6b566",
    foreground="#d9dce1",
    background="#15171b",
    surface="#1b1e23",
    panel="#24282f",
    success="#93b98b",
    warning="#e6b566",
    error="#e8615a",
    dark=True,
    variables={
        "quiet": "#949ba6", "faint": "#6f7682", "edge": "#343a43", "lane": "#7fa3b5", "footer-background": "#15171b",
        "input-selection-background": "#3d5a68",
    },
)  # fmt: skip

LIGHT = Theme(
    name="shadowlog-light",
    primary="#1f5f79",
    secondary="#4c5866",
    accent="#8a5200",
    foreground="#22262b",
    background="#faf9f6",
    surface="#f2f0eb",
    panel="#e6e3dc",
    success="#2f6b2a",
    warning="#8a5200",
    error="#b3261e",
    dark=False,
    variables={
        "quiet": "#5a626d", "faint": "#7d848e", "edge": "#cfcbc2", "lane": "#3f7891", "footer-background": "#faf9f6",
        "input-selection-background": "#bcd6e0",
    },
)  # fmt: skip

CONTRAST = Theme(
    name="shadowlog-high-contrast",
    primary="#00e5ff",
    secondary="#ffffff",
    accent="#ffe600",
    foreground="#ffffff",
    background="#000000",
    surface="#000000",
    panel="#000000",
    success="#3dff6e",
    warning="#ffe600",
    error="#ff5c5c",
    dark=True,
    variables={
        "quiet": "#ffffff", "faint": "#d0d0d0", "edge": "#ffffff", "lane": "#00e5ff", "footer-background": "#000000",
        "input-selection-background": "#005f6b",
    },
)  # fmt: skip

THEMES = (DARK, LIGHT, CONTRAST)
NAMES = {"dark": DARK.name, "light": LIGHT.name, "high-contrast": CONTRAST.name}
"""What a user calls a theme, to what it is called inside."""
