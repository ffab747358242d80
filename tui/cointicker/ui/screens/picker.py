"""A field over the screen with what it finds below it: type to narrow the choice, Enter or a click takes one."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.message import Message
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from cointicker.engine.commands import Place
from cointicker.text.cells import cell_width, fit, pad
from cointicker.ui.arrangement import LOW
from cointicker.ui.screens.closing import Closing
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, LineList, Lines
from cointicker.ui.widgets.one_line import OneLine

_WIDEST_LABEL = 12
_LEAST_TEXT = 10
"""Cells of a row's text below which what stands to the right of it gives way."""
_WIDEST_DETAIL = 30
_TALLEST = 24
_TITLED = 2
"""Rows of a pane up to which there is none for a title."""


@dataclass(frozen=True, slots=True)
class Choice:
    """Something that can be taken, or with an empty key a line that is only read."""

    key: str
    text: str
    label: str = ""
    """Set before the text."""
    details: tuple[str, ...] = ()
    """Set to the right, below each other; the first ones give way where room is short."""
    marked: bool = False
    ink: str = "text"
    choosable: bool = True


class Chosen(Message):
    """A choice was taken."""

    def __init__(self, choice: Choice) -> None:
        super().__init__()
        self.choice = choice


class ChoiceList(LineList):
    """The choices, below them what there is to be said."""

    place = Place.SHEET
    foot = 2
    can_focus = False

    def __init__(self, kit: Kit) -> None:
        super().__init__(kit)
        self.choices: tuple[Choice, ...] = ()
        self._said = ("", "label")

    def show(self, choices: Sequence[Choice], *, keep: bool = False) -> None:
        """Offer these; ``keep``: the current one stays current where it is still among them."""
        key = self.choice.key if keep and self.choice is not None else None
        self.choices = tuple(choices)
        self.set_count(len(self.choices))
        keys = [each.key for each in self.choices]
        self.current = keys.index(key) if key in keys else self._first()
        if not keep:
            self.go_to(0)
        self.refresh()

    def _first(self) -> int:
        return next((index for index, each in enumerate(self.choices) if each.choosable), 0)

    def say(self, text: str, ink: str = "label") -> None:
        """Say something below the choices."""
        if (text, ink) != self._said:
            self._said = text, ink
            self.refresh()

    @property
    def choice(self) -> Choice | None:
        """The current one."""
        found = self.choices[self.current] if self.current < len(self.choices) else None
        return found if found is not None and found.choosable else None

    def step(self, way: int) -> None:
        """To the next that can be taken."""
        indexes = range(self.current + way, self.count if way > 0 else -1, way)
        found = next((index for index in indexes if self.choices[index].choosable), None)
        if found is not None:
            self.move_to(found)

    def _widths(self, width: int) -> tuple[int, list[int]]:
        """Cells of the labels, and of each detail; 0 for one that gives way."""
        label = max([0, *(min(_WIDEST_LABEL, cell_width(each.label)) for each in self.choices)])
        count = max([0, *(len(each.details) for each in self.choices)])
        details = [
            max(min(_WIDEST_DETAIL, cell_width(each.details[place])) for each in self.choices if each.details)
            for place in range(count)
        ]
        for place in range(count - 1):
            if 4 + label + 2 + _LEAST_TEXT + sum(cells + 2 for cells in details if cells) > width:
                details[place] = 0
        return label, details

    def draw(self, row: int, width: int) -> Strip:
        """A choice."""
        choice, current = self.choices[row], row == self.current and self.choices[row].choosable
        ground = "selection" if current else "bar"
        label, details = self._widths(width)
        line = self.new_row(width, ground).put("▌" if current else " ", self.inks("accent", ground))
        line.put("✓ " if choice.marked else "  ", self.inks("up", ground))
        if label:
            line.put(pad(fit(choice.label, label), label) + "  ", self.inks("text", ground, "bold"))
        taken = sum(cells + 2 for cells in details if cells)
        room = max(0, line.left - taken - 1) if choice.details else line.left
        line.put(pad(fit(choice.text, room), room), self.inks(choice.ink, ground))
        for place, (text, cells) in enumerate(zip(choice.details, details, strict=False)):
            if cells:
                last = place == len(details) - 1
                line.put("  " + pad(fit(text, cells), cells, right=not last), self.inks("label", ground))
        return line.strip()

    def draw_blank(self, y: int, width: int) -> Strip:
        """An empty row on the ground of the sheet."""
        return self.blank(width, "bar")

    def draw_foot(self, y: int, width: int) -> Strip:
        """What there is to be said."""
        text, ink = self._said
        lines = wrap(text, max(1, width - 5))
        row = self.new_row(width, "bar").put("   ", self.inks("text", "bar"))
        return row.put(lines[y] if y < len(lines) else "", self.inks(ink, "bar")).strip()

    def on_click(self, event: events.Click) -> None:
        """A click takes."""
        event.stop()
        index = event.y - self.head + self.top
        if event.y < self.size.height - self.foot and index < self.count and self.choices[index].choosable:
            self.move_to(index)
            self.post_message(Chosen(self.choices[index]))


class _Title(Lines):
    def __init__(self, kit: Kit, text: str) -> None:
        super().__init__(kit)
        self._text = text

    def draw_blank(self, y: int, width: int) -> Strip:
        """The title."""
        row = self.new_row(width, "bar").put("   ", self.inks("text", "bar"))
        row.put(self._text, self.inks("accent", "bar", "bold"))
        return row.right([("Esc", self.inks("label", "bar"))], 2).strip()


class Pasted(Message):
    """Several lines, or words with commas between them, were pasted."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class _Words(OneLine):
    """Where one types."""

    DEFAULT_CSS = """
    _Words, _Words:focus { height: 1; border: none; padding: 0; margin: 0 3; background: $selection; }
    """

    def __init__(self, hint: str) -> None:
        super().__init__(placeholder=hint, select_on_focus=False)
        self.cursor_blink = False

    def _on_paste(self, event: events.Paste) -> None:
        """A list is not one line to be typed: hand it over."""
        if any(sign in event.text.strip() for sign in ",;\n\r\t"):
            event.stop()
            event.prevent_default()
            self.post_message(Pasted(event.text))


class Picker(ModalScreen[str | None], Closing[str | None]):
    """Gives the key of what was taken, or ``None``."""

    DEFAULT_CSS = """
    Picker { align: center middle; background: $background 60%; }
    Picker > Container { width: 84; max-width: 100%; height: auto; max-height: 100%; background: $bar;
                         overflow: hidden; }
    Picker _Title { height: 1; margin-bottom: 1; }
    Picker ChoiceList { margin-top: 1; }
    Picker.-low > Container { width: 100%; }
    Picker.-low _Title, Picker.-low ChoiceList { margin: 0; }
    """

    # Before the field sees it, so that a key typed right after it is for the screen below.
    BINDINGS: ClassVar = [Binding("escape", "leave", priority=True, show=False)]

    def __init__(self, kit: Kit, title: str, hint: str) -> None:
        """``hint`` is shown while nothing is typed."""
        super().__init__()
        self.kit = kit
        self._title_row = _Title(kit, title)
        self.words = _Words(hint)
        self.found = ChoiceList(kit)

    def choices(self, text: str) -> Sequence[Choice]:
        """What the words may mean."""
        return ()

    def compose(self) -> ComposeResult:
        """Title, field, choices."""
        with Container():
            yield self._title_row
            yield self.words
            yield self.found

    def on_mount(self) -> None:
        """Begin with everything."""
        self._resize()
        self.words.focus()
        self.look_up("")

    def on_resize(self) -> None:
        """Stay within the terminal."""
        self._resize()

    def _resize(self) -> None:
        """In a low pane what one types in stays longest, then the choices, then the title, then what is said."""
        height = self.app.size.height
        self._title_row.display = height > _TITLED
        self.found.display = height > 1
        self.found.foot = 0 if height <= _TITLED + 1 else 1 if height <= LOW else 2
        self.found.styles.height = (
            max(1, height - 1 - self._title_row.display) if height <= LOW else max(3, min(_TALLEST, height - 6))
        )

    def look_up(self, text: str) -> None:
        """Show what the words may mean."""
        self.found.show(self.choices(text))

    def take(self, choice: Choice) -> None:
        """Do with a choice what it is for."""
        self.dismiss(choice.key)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Narrow the choice."""
        event.stop()
        self.look_up(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Take what is meant."""
        event.stop()
        self.submit(event.value)

    def submit(self, text: str) -> None:
        """Take the current choice."""
        if self.found.choice is not None:
            self.take(self.found.choice)

    def on_chosen(self, event: Chosen) -> None:
        """A click took one."""
        event.stop()
        self.take(event.choice)

    def action_leave(self) -> None:
        """Take none."""
        self.dismiss(None)

    def on_key(self, event: events.Key) -> None:
        """Arrows and pages move; Ctrl+N and Ctrl+P as well."""
        pages = {"pagedown": self.found.page, "pageup": -self.found.page}
        steps = {"down": 1, "up": -1, "ctrl+n": 1, "ctrl+p": -1}
        if event.key in pages:
            self.found.move_to(self.found.current + pages[event.key])
        elif event.key in steps:
            self.found.step(steps[event.key])
        else:
            return
        event.stop()

    def on_click(self, event: events.Click) -> None:
        """A click beside it leaves."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss(None)
