"""Gradio's own components in the colours and fonts of ``assets/page.css``."""

from __future__ import annotations

import gradio as gr

FONTS = (  # what systems have for Chinese, and its own Latin with it; none is fetched
    "PingFang SC",
    "Hiragino Sans GB",
    "Microsoft YaHei",
    "Noto Sans CJK SC",
    "Noto Sans SC",
    "Source Han Sans SC",
    "system-ui",
    "sans-serif",
)


def theme() -> gr.themes.Base:
    """Make it, light and dark."""
    base = gr.themes.Base(
        primary_hue=gr.themes.colors.red,
        neutral_hue=gr.themes.colors.stone,
        font=FONTS,
        font_mono=("ui-monospace", "Consolas", "monospace"),
    )
    paper, sheet, ink, soft, line, seal = (
        ("#faf8f4", "#181715"),
        ("#fffefb", "#1f1e1b"),
        ("#26231f", "#e9e5dc"),
        ("#69635a", "#a8a196"),
        ("#e5dfd4", "#383530"),
        ("#a5301d", "#f29480"),
    )
    colours = {
        "body_background_fill": paper,
        "body_text_color": ink,
        "body_text_color_subdued": soft,
        "background_fill_primary": sheet,
        "background_fill_secondary": paper,
        "block_background_fill": sheet,
        "block_label_background_fill": sheet,
        "block_label_text_color": soft,
        "block_title_text_color": soft,
        "border_color_primary": line,
        "block_border_color": line,
        "input_background_fill": paper,
        "input_border_color": line,
        "input_border_color_focus": seal,
        "input_placeholder_color": soft,
        "color_accent": ("#a5301d", "#a5301d"),
        "link_text_color": seal,
        "loader_color": seal,
        "button_primary_background_fill": seal,
        "button_primary_background_fill_hover": seal,
        "button_primary_text_color": ("#fffefb", "#181715"),
        "button_secondary_background_fill": sheet,
        "button_secondary_text_color": ink,
    }
    both = {}
    for name, (light, dark) in colours.items():
        both[name] = light
        if name != "color_accent":  # the one colour that has no dark twin
            both[f"{name}_dark"] = dark
    return base.set(**both)
