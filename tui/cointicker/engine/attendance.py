"""What the comings and goings of the person mean: for the pace, for the other panes, and for what to tell them."""

from collections.abc import Callable

from cointicker.engine.actions import Attend, Attention, LookBack, Touch
from cointicker.engine.looking_away import Lookout
from cointicker.engine.pace import Level
from cointicker.engine.pacing import PaceDesk
from cointicker.engine.panes import PaneDesk


class Attendance:
    """Passes on that the person has turned to this pane, away from it, or touched it."""

    def __init__(self, panes: PaneDesk, pacing: PaceDesk, lookout: Lookout, hurry: Callable[[], None]) -> None:
        """``hurry``: look at once whether quotes are due."""
        self._panes = panes
        self._pacing = pacing
        self._lookout = lookout
        self._hurry = hurry

    def carry_out(self, action: Attention) -> None:
        """Do what it means."""
        match action:
            case Attend(on=True):
                self._come()
            case Attend():
                self._panes.focus(on=False)
                self._lookout.leave()
                self._hurry()
            case Touch(reads=True) if self._panes.focused is False:
                self._come()  # a key is a surer sign than a terminal that did not say so
            case Touch(reads):
                self._touch()
                if reads:
                    self._lookout.dismiss()
            case LookBack():
                self._lookout.recall()

    def _come(self) -> None:
        self._touch()
        self._panes.focus(on=True)
        self._lookout.come_back()
        self._hurry()

    def _touch(self) -> None:
        level = self._pacing.pace.level
        self._panes.touch()
        if level is not Level.WATCHED:
            self._hurry()
