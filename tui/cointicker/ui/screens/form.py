"""A form over the screen: a few labelled fields, checked while one types."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding
from textual.containers import Container
from textual.screen import ModalScreen
from textual.strip import Strip
from textual.widgets import Input

from cointicker.ui.screens.closing import Closing
from cointicker.ui.typeset import wrap
from cointicker.ui.widgets.lines import Kit, Lines
from cointicker.ui.widgets.one_line import OneLine

_WIDEST = 72
_LABEL = 12


@dataclass(frozen=True, slots=True)
class Field:
    """A line to be filled in."""

    name: str
    label: str
    value: str = ""
    hint: str = ""
    """Shown while it is empty."""


Check = Callable[[Mapping[str, str]], str]
"""What is wrong with the values, in words; empty when nothing is."""


class _Words(Lines):
    """A line or two of the form that are only read."""

    def __init__(self, kit: Kit, text: str, ink: str, *, bold: bool = False) -> None:
        super().__init__(kit)
        self._text = text
        self._ink = ink
        self._marks = "bold" if bold else ""

    def say(self, text: str, ink: str) -> None:
        """Say something else."""
        if (text, ink) != (self._text, self._ink):
            self._text, self._ink = text, ink
            self.refresh()

    def draw_blank(self, y: int, width: int) -> Strip:
        """A line of the words."""
        lines = wrap(self._text, width - 4)
        row = self.new_row(width, "bar").put("  ", self.inks("text", "bar"))
        return row.put(lines[y] if y < len(lines) else "", self.inks(self._ink, "bar", self._marks)).strip()


class _Entry(OneLine):
    """A field of the form."""

    DEFAULT_CSS = """
    _Entry, _Entry:focus { height: 1; border: none; padding: 0; background: $background; width: 1fr; }
    _Entry:focus { background: $selection; }
    """

    def __init__(self, field: Field) -> None:
        super().__init__(value=field.value, placeholder=field.hint, id=f"field-{field.name}", select_on_focus=False)
        self.cursor_blink = False


class Form(ModalScreen[Mapping[str, str] | None], Closing[Mapping[str, str] | None]):
    """Gives the values by the names of the fields, or ``None`` where a person thought better of it."""

    DEFAULT_CSS = """
    Form { align: center middle; background: $background 60%; }
    Form > Container { width: 72; max-width: 100%; height: auto; max-height: 100%; background: $bar; overflow: hidden; }
    Form .row { height: 1; layout: horizontal; padding: 0 2 0 0; margin-bottom: 1; }
    Form .title, Form .label { height: 1; }
    Form .title { margin-bottom: 1; }
    Form .label { width: 15; }
    Form .note { height: 2; }
    Form.-low > Container { width: 100%; overflow-y: auto; scrollbar-size: 0 0; }
    Form.-low .title { display: none; }
    Form.-low .row { margin-bottom: 0; }
    """

    # Before the fields see them, so that a key typed right after one of these is not for the field of before.
    BINDINGS: ClassVar = [
        Binding("escape", "leave", priority=True, show=False),
        Binding("tab,down", "turn(1)", priority=True, show=False),
        Binding("shift+tab,up", "turn(-1)", priority=True, show=False),
    ]

    def __init__(self, kit: Kit, title: str, fields: Sequence[Field], check: Check, note: str = "") -> None:
        """``note`` explains what is being filled in."""
        super().__init__()
        self._kit = kit
        self._fields = tuple(fields)
        self._check = check
        self._note = note or "Enter saves · Tab next field · Esc leaves it"
        self._title = _Words(kit, title, "accent", bold=True)
        self._words = _Words(kit, self._note, "label")
        self._entries = [_Entry(field) for field in self._fields]

    def compose(self) -> ComposeResult:
        """The title, a row for each field, a line of words."""
        self._title.add_class("title")
        self._words.add_class("note")
        with Container():
            yield self._title
            for field, entry in zip(self._fields, self._entries, strict=True):
                with Container(classes="row"):
                    label = _Words(self._kit, field.label, "secondary")
                    label.add_class("label")
                    yield label
                    yield entry
            yield self._words

    def on_mount(self) -> None:
        """Begin with the first field that is empty."""
        empty = next((entry for entry in self._entries if not entry.value), self._entries[0])
        empty.focus()

    @property
    def values(self) -> dict[str, str]:
        """What stands in the fields."""
        return {field.name: entry.value.strip() for field, entry in zip(self._fields, self._entries, strict=True)}

    def on_resize(self) -> None:
        """Keep the field in sight where not all fields are."""
        self.call_after_refresh(self._show_focused)

    def _show_focused(self) -> None:
        if self.focused is not None:
            self.focused.scroll_visible(animate=False)

    def on_input_changed(self, event: Input.Changed) -> None:
        """Take back what was said of the value before."""
        event.stop()
        self._words.say(self._note, "label")
        self._show_focused()

    def on_input_submitted(self, event: Input.Submitted) -> None:
        """Save, or say what is wrong."""
        event.stop()
        wrong = self._check(self.values)
        if wrong:
            self._words.say(wrong, "down")
            self._words.scroll_visible(animate=False, top=True)
        else:
            self.dismiss(self.values)

    def action_leave(self) -> None:
        """Leave everything as it was."""
        self.dismiss(None)

    def action_turn(self, step: int) -> None:
        """From field to field."""
        self.focus_next() if step > 0 else self.focus_previous()

    def on_click(self, event: events.Click) -> None:
        """A click beside the form leaves it."""
        if self.get_widget_at(event.screen_x, event.screen_y)[0] is self:
            self.dismiss(None)
