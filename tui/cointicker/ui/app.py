"""The screen of the program: a thin shell around an engine."""

import asyncio
import logging
import os
import signal
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from typing import ClassVar

from rich.color import ColorSystem
from rich.console import RenderableType
from textual import events
from textual._compositor import CompositorUpdate
from textual.app import App
from textual.binding import Binding
from textual.command import CommandPalette
from textual.driver import Driver as AnyDriver
from textual.message import Message
from textual.reactive import reactive
from textual.screen import Screen

from cointicker.config.settings import Settings
from cointicker.config.themes import Theme
from cointicker.engine.actions import Attend, KeepTheme, Touch
from cointicker.engine.commands import assign_keys
from cointicker.engine.engine import Engine
from cointicker.engine.news import FIRST_HEADLINES
from cointicker.engine.state import Snapshot
from cointicker.ui.arrangement import LOW
from cointicker.ui.driver import Driver
from cointicker.ui.inks import Inks, textual_theme
from cointicker.ui.keymap import Keymap
from cointicker.ui.painter import Painted, Painter
from cointicker.ui.palette import CommandProvider
from cointicker.ui.screens.main import MainScreen
from cointicker.ui.signals import signals
from cointicker.ui.widgets.lines import Kit, Lines

log = logging.getLogger(__name__)

_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT)
_BY_SIGNAL = 128
"""A shell's exit status for a program that a signal ended, less the signal's number."""


class SnapshotChanged(Message):
    """The engine has a new state."""

    def __init__(self, snapshot: Snapshot) -> None:
        super().__init__()
        self.snapshot = snapshot

    def can_replace(self, message: Message) -> bool:
        """Only the newest state is of interest."""
        return isinstance(message, SnapshotChanged)


class CointickerApp(App[None]):
    """Hands the engine's state to the screen, and a person's wishes to the engine. Owns no data."""

    TITLE = "cointicker"
    CSS_PATH = "screens/main.tcss"
    ENABLE_COMMAND_PALETTE = False
    """Textual's own key for it; ours is a command like any other."""
    VERTICAL_BREAKPOINTS = [(0, "-low"), (LOW + 1, "-high")]  # noqa: RUF012 - as Textual declares it
    BINDINGS: ClassVar = [
        Binding("ctrl+c", "interrupt", "Quit", priority=True, show=False),
        Binding("ctrl+l", "redraw", "Redraw", priority=True, show=False),
    ]

    snapshot: reactive[Snapshot] = reactive(Snapshot, init=False, always_update=True)
    """The engine's state."""

    def __init__(
        self,
        engine: Engine,
        settings: Settings,
        themes: Mapping[str, Theme],
        theme: str,
        *,
        problems: Sequence[str] = (),
        driver: type[AnyDriver] | None = Driver,
    ) -> None:
        """``theme`` is one of ``themes``; ``problems`` of the configuration, in words."""
        self.painter = Painter()
        self.last_frame = ""
        """What the main screen showed when it was left; empty when something else was on top."""
        super().__init__(driver_class=driver)
        self.engine = engine
        engine.board.publish(problems=tuple(problems))
        self.set_reactive(CointickerApp.snapshot, engine.snapshot)
        self._all_themes = themes
        self._problems = tuple(problems)
        self._palette = themes[theme]
        self.kit = Kit(Inks(self._palette), settings.ui, engine.board.clock)
        self._keys_in_use = Keymap(assign_keys(dict(settings.keys)))
        for each in themes.values():
            self.register_theme(textual_theme(each))
        self.theme = theme

    def get_default_screen(self) -> Screen[None]:
        """The main screen, in step with the state."""
        screen = MainScreen(self.engine, self.kit, self._keys_in_use)
        return screen.data_bind(CointickerApp.snapshot)

    def on_mount(self) -> None:
        """Follow the engine."""
        self.painter.color_system = _color_system(self.console.color_system)
        self.painter.stamps = self.kit.easel.stamps
        if isinstance(self._driver, Driver):
            self._driver.take_leave = self.kit.easel.clear
            self._driver.bound_keys = lambda: {key for keys in self._keys_in_use.keys.values() for key in keys}
        self.engine.subscribe(self._hear)
        self.call_after_refresh(self._start_engine)
        if self._problems:
            more = f" (and {len(self._problems) - 1} more: e)" if len(self._problems) > 1 else ""
            self.engine.board.tell(f"{self._problems[0]}{more}", grave=True)

    def _start_engine(self) -> None:
        """Not before the first frame: importing the sources, though in a thread, would take time from it."""
        self.run_worker(self.engine.run(), group="engine", exit_on_error=False)

    def _hear(self, snapshot: Snapshot) -> None:
        self.post_message(SnapshotChanged(snapshot))

    def on_snapshot_changed(self, event: SnapshotChanged) -> None:
        """Hand the state down."""
        self.snapshot = event.snapshot

    def watch_snapshot(self, old: Snapshot, new: Snapshot) -> None:
        """Follow the settings and the themes; let alerts be heard."""
        told = old.notices[-1].number if old.notices else 0
        loud = [notice.text for notice in new.notices if notice.rings and notice.number > told]
        if loud and self._driver is not None:
            self._driver.write(signals(loud, new.settings.notify, os.environ))
            self._driver.flush()
        if new.themes and new.themes is not old.themes:
            self._all_themes = new.themes
        name = new.settings.theme if new.settings.theme != old.settings.theme else self._palette.name
        if self._all_themes.get(name, self._palette) != self._palette:
            self.use(name)
        if new.settings.keys != old.settings.keys:
            self._keys_in_use.use(assign_keys(dict(new.settings.keys)))
        if new.settings.ui != old.settings.ui:
            self.kit = replace(self.kit, settings=new.settings.ui)
            for lines in self._all_lines():
                lines.use_settings(self.kit.settings)

    def _all_lines(self) -> list[Lines]:
        return [lines for screen in self.screen_stack for lines in screen.query(Lines)]

    def exit(self, result: None = None, return_code: int = 0, message: RenderableType | None = None) -> None:
        """Leave; what the main screen shows is kept for the next start."""
        stack = self.screen_stack  # empty when a signal comes before the first screen
        if len(stack) == 1 and isinstance(stack[0], MainScreen) and not stack[0].article.display:
            self.last_frame = self.painter.frame()
        super().exit(result, return_code, message)

    def leave(self, number: int) -> None:
        """End as a program does that a signal ended."""
        self.exit(return_code=_BY_SIGNAL + number)

    async def on_event(self, event: events.Event) -> None:
        """Note that somebody is there before the event does its work."""
        if isinstance(event, events.InputEvent) and not event.is_forwarded:
            self.engine.do(Touch(reads=isinstance(event, events.Key | events.MouseDown)))
        await super().on_event(event)

    def on_app_focus(self) -> None:
        """The terminal, or tmux, says that the person looks at this pane."""
        self.engine.do(Attend(on=True))

    def on_app_blur(self) -> None:
        """The same: that they do not any more."""
        self.engine.do(Attend(on=False))

    def action_interrupt(self) -> None:
        """Ctrl+C."""
        self.leave(signal.SIGINT)

    def action_redraw(self) -> None:
        """Write the whole screen again: something else wrote over it."""
        self.painter.forget()
        self.refresh(layout=True)

    def on_resize(self, event: events.Resize) -> None:
        """What a terminal shows after a resize is anybody's guess."""
        self.painter.forget()

    def command_palette(self) -> None:
        """Open the command palette."""
        self.push_screen(CommandPalette(providers=[CommandProvider], placeholder="What shall be done?"))

    def command_theme(self) -> None:
        """Next theme, from now on."""
        names = list(self._all_themes)
        place = names.index(self._palette.name) if self._palette.name in names else -1
        self.engine.do(KeepTheme(names[(place + 1) % len(names)]))

    def use(self, name: str) -> None:
        """Show everything in another theme."""
        self._palette = self._all_themes[name]
        self.kit = replace(self.kit, inks=Inks(self._palette))
        self.register_theme(textual_theme(self._palette))
        if self.theme == name:
            self.mutate_reactive(CointickerApp.theme)  # its colours are others
        self.theme = name
        for screen in self.screen_stack:
            if isinstance(screen, MainScreen):
                screen.kit = self.kit
        for lines in self._all_lines():
            lines.use(self.kit.inks)

    def _display(self, screen: Screen[object], renderable: RenderableType | None) -> None:
        # The one place where Textual turns an update into bytes; there is no public one.
        live = self._running and not self._closed and not self.is_headless and not self._batch_count
        if live and isinstance(renderable, CompositorUpdate):
            renderable = self.painter.paint(renderable, screen.outer_size)
            if isinstance(renderable, Painted) and not renderable.data:
                return  # nothing differs: not even the frame around an update is written
        super()._display(screen, renderable)


def _color_system(name: str | None) -> ColorSystem:
    systems = {"standard": ColorSystem.STANDARD, "256": ColorSystem.EIGHT_BIT, "truecolor": ColorSystem.TRUECOLOR}
    return systems.get(name or "", ColorSystem.TRUECOLOR)


async def show(engine: Engine, app: CointickerApp) -> int:
    """Show the screen until the person leaves it or a signal ends it, both in good order; the exit status."""
    loop = asyncio.get_running_loop()
    for number in _SIGNALS:
        with suppress(NotImplementedError, RuntimeError, ValueError):  # not in the main thread: a test
            loop.add_signal_handler(number, app.leave, number)
    try:
        await app.run_async()
    finally:
        await engine.close()
    return app.return_code or 0


def run(
    make_engine: Callable[[], Engine],
    *,
    settings: Settings,
    themes: Mapping[str, Theme],
    theme: str,
    problems: Sequence[str] = (),
    keep_frame: Callable[[str], None] | None = None,
) -> int:
    """Load what is stored, show the screen until the person leaves it; the exit status.

    ``keep_frame`` is given the last frame of the main screen.
    """

    async def main() -> int:
        engine = make_engine()
        await engine.load(FIRST_HEADLINES)
        app = CointickerApp(engine, settings, themes, theme, problems=problems)
        status = await show(engine, app)
        if keep_frame is not None and app.last_frame:
            keep_frame(app.last_frame)
        return status

    return asyncio.run(main())
