"""The command palette, filled from the same declarations as the keys."""

from textual.command import DiscoveryHit, Hit, Hits, Provider

from cointicker.engine.commands import COMMANDS, Command, Place, key_sign
from cointicker.ui.screens.main import MainScreen

_MOVES = frozenset({"down", "up", "page_down", "page_up", "top", "bottom", "palette", "open", "back"})
"""Commands that make no sense out of a list of commands."""


class CommandProvider(Provider):
    """All commands that mean something in one of the panes that are shown."""

    @property
    def _commands(self) -> list[tuple[Command, str]]:
        screen = self.screen
        if not isinstance(screen, MainScreen):
            return []
        places = {Place.ANYWHERE, Place.SOURCES, screen.pane.place, *(pane.place for pane in screen.panes)}
        keys = screen.keymap.keys
        return [
            (command, "  ".join(map(key_sign, keys.get(command.name, ()))))
            for command in COMMANDS
            if command.name not in _MOVES and places & set(command.places)
        ]

    def _give(self, name: str) -> None:
        if isinstance(self.screen, MainScreen):
            self.screen.give(name)

    async def discover(self) -> Hits:
        """Every command, before anything is typed."""
        for command, keys in self._commands:
            yield DiscoveryHit(command.help, lambda name=command.name: self._give(name), help=keys or None)

    async def search(self, query: str) -> Hits:
        """Commands that match what is typed."""
        matcher = self.matcher(query)
        for command, keys in self._commands:
            score = matcher.match(command.help)
            if score > 0:
                yield Hit(
                    score,
                    matcher.highlight(command.help),
                    lambda name=command.name: self._give(name),
                    help=keys or None,
                )
