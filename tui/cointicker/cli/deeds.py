"""What a command changed, said line by line or as one document."""

from typing import Any

from cointicker.cli.output import COULD_NOT, DONE, USAGE, Out
from cointicker.engine.watching import Told


class Deeds:
    """Gathers what came of each change; ends with the exit status."""

    def __init__(self, out: Out, *, json: bool) -> None:
        self._out = out
        self._json = json
        self._status = DONE
        self._changes: list[dict[str, Any]] = []

    def done(self, words: str, **more: Any) -> None:
        """Something was done, or was so already."""
        self._changes.append({"done": True, "message": words, **more})
        if not self._json:
            self._out.print(words)

    def failed(self, words: str, status: int = COULD_NOT) -> None:
        """Something was not done."""
        self._changes.append({"done": False, "message": words})
        self._status = self._status or status
        self._out.say(words)

    def tell(self, told: Told, called: str = "", **more: Any) -> None:
        """What came of a change of the configuration; ``called``: what to add where it was done."""
        if told.done is None:
            self.failed(told.words, USAGE)
        elif told.held:
            self.failed(f"not done: {told.held}")
        else:
            self.done(told.words + called, **more)

    def fail_quietly(self) -> None:
        """Something that was asked for could not be found, which has been said."""
        self._status = self._status or COULD_NOT

    def end(self) -> int:
        """Print the document, if one is wanted; the exit status."""
        if self._json:
            self._out.json({"done": self._status == DONE, "changes": self._changes})
        return self._status
