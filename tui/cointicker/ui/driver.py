"""How the terminal is set up and left: Textual's own driver with its faults mended."""

from collections.abc import Callable, Container

from textual import events
from textual.drivers.linux_driver import LinuxDriver
from textual.message import Message

from cointicker.ui.first_frame import ENTER, terminal
from cointicker.ui.pictures.asking import install

MOUSE_ON = "\x1b[?1000h\x1b[?1002h\x1b[?1006h"
"""Clicks, drags and the wheel in SGR form; without 1003, which reports every motion of the pointer."""
MOUSE_OFF = "\x1b[?1006l\x1b[?1002l\x1b[?1000l\x1b[?1016l"
"""Also takes back the pixel mode, which Textual 8.2.8 turns on where a terminal has mode 2048 and never off."""


def split_escape(key: events.Key, bound: Container[str]) -> tuple[events.Key, ...]:
    """Esc and the key after it, which look like that key with Alt where they come in one burst.

    ``bound``: keys with Alt that a person has given to commands.
    """
    sign = key.character
    if not key.key.startswith("alt+") or key.key in bound or sign is None or not (len(sign) == 1 and sign.isalnum()):
        return (key,)
    return events.Key("escape", "\x1b"), events.Key(sign, sign)


class Driver(LinuxDriver):
    """Motion of the pointer costs nothing, a frame that is shown already stays, and all is left as it was found."""

    take_leave: Callable[[], None] | None = None
    """Takes back what else was done to the terminal, before it is left in whatever way."""
    bound_keys: Callable[[], Container[str]] = frozenset
    """All keys that commands have."""

    def start_application_mode(self) -> None:
        """Take the terminal over, from the frame of the run before where that is shown."""
        install()
        super().start_application_mode()  # type: ignore[no-untyped-call]
        if terminal.attributes is not None:
            self.attrs_before = terminal.attributes
        terminal.entered = False

    def stop_application_mode(self) -> None:
        """Give the terminal back."""
        if self.take_leave is not None:
            self.take_leave()
        super().stop_application_mode()

    def process_message(self, message: Message) -> None:
        """Pass on what was typed."""
        for each in split_escape(message, self.bound_keys()) if isinstance(message, events.Key) else (message,):
            super().process_message(each)

    def write(self, data: str) -> None:
        """Write; the alternate screen is not entered twice, since xterm would clear it."""
        if data == ENTER and terminal.entered:
            return
        super().write(data)

    def _enable_mouse_support(self) -> None:
        if self._mouse:
            self.write(MOUSE_ON)
            self.flush()

    def _disable_mouse_support(self) -> None:
        if self._mouse:
            self.write(MOUSE_OFF)
            self.flush()
