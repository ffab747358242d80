"""A theme as the styles that cells are drawn in."""

from functools import lru_cache

from rich.style import Style
from textual.theme import Theme as TextualTheme

from cointicker.config.themes import Theme

UP_INK = {1: "up", 0: "secondary", -1: "down"}
"""Direction of a change → the colour that says it beside the glyph."""


class Inks:
    """Styles by the names of the theme's colours, always with a background of their own."""

    def __init__(self, theme: Theme) -> None:
        self.theme = theme
        self._style = lru_cache(maxsize=1024)(self._make)

    def __call__(self, ink: str, ground: str = "background", attributes: str = "") -> Style:
        """The style of text in one colour on another; ``attributes`` such as ``bold`` or ``italic underline``."""
        return self._style(ink, ground, attributes)

    def _make(self, ink: str, ground: str, attributes: str) -> Style:
        colours = Style(color=getattr(self.theme, ink), bgcolor=getattr(self.theme, ground))
        return colours + Style.parse(attributes) if attributes else colours

    def direction(self, way: int, ground: str = "background", attributes: str = "") -> Style:
        """The style of a change: up, down or neither."""
        return self(UP_INK[way], ground, attributes)


def textual_theme(theme: Theme) -> TextualTheme:
    """The theme for what Textual draws itself: the search field, the palette, scroll bars."""
    return TextualTheme(
        name=theme.name,
        primary=theme.accent,
        secondary=theme.secondary,
        accent=theme.accent,
        foreground=theme.text,
        background=theme.background,
        surface=theme.bar,
        panel=theme.bar,
        success=theme.up,
        warning=theme.accent,
        error=theme.down,
        dark=theme.dark,
        variables={
            "rule": theme.rule,
            "bar": theme.bar,
            "label": theme.label,
            "selection": theme.selection,
            "block-cursor-background": theme.selection,
            "block-cursor-foreground": theme.text,
            "input-selection-background": theme.selection,
            "input-cursor-background": theme.accent,
            "input-cursor-foreground": theme.background,
            "scrollbar": theme.rule,
            "scrollbar-background": theme.background,
            "scrollbar-hover": theme.label,
            "scrollbar-active": theme.label,
            "border": theme.rule,
        },
    )
