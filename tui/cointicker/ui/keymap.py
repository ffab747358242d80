"""From a key to the command that it gives in a place."""

from collections.abc import Mapping

from cointicker.engine.commands import BY_NAME, Place


class Keymap:
    """Which command a key gives, by the place that has the focus."""

    def __init__(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """``keys``: command → its keys as Textual spells them."""
        self.keys: Mapping[str, tuple[str, ...]] = {}
        self._commands: dict[tuple[Place, str], str] = {}
        self.use(keys)

    def use(self, keys: Mapping[str, tuple[str, ...]]) -> None:
        """Go by other keys from now on, wherever this map is known."""
        self.keys = keys
        self._commands.clear()
        for name, own in keys.items():
            for place in BY_NAME[name].places:
                for key in own:
                    self._commands[place, key] = name

    def command(self, place: Place, key: str, *, alone: bool = False) -> str | None:
        """The command of a key in a place, or everywhere; ``alone``: in the place alone."""
        own = self._commands.get((place, key))
        return own if alone else own or self._commands.get((Place.ANYWHERE, key))
