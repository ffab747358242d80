"""The thin line between two panes."""

from textual.strip import Strip

from cointicker.ui.widgets.lines import Lines


class Rule(Lines):
    """Upright where it is one cell wide, else lying."""

    def draw_blank(self, y: int, width: int) -> Strip:
        """A piece of the line; an upright one leaves the first and last row free."""
        upright = width == 1
        row = self.new_row(width)
        if upright:
            ends = y == 0 or y == self.size.height - 1
            return row.put(" " if ends and self.size.height > 6 else "│", self.inks("rule")).strip()
        return row.put("─" * width, self.inks("rule")).strip()
