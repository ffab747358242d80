"""The desk of the configuration: writes down what the person changes in the program, follows what changes on disk."""

import asyncio
from collections.abc import Awaitable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Protocol

from cointicker.config.files import Refused
from cointicker.config.following import Configuration, Done, carry_over
from cointicker.config.problems import Problem
from cointicker.config.settings import Settings
from cointicker.domain.market import Watchlist
from cointicker.engine.actions import Change, NewList
from cointicker.engine.board import Board
from cointicker.engine.changes import plan
from cointicker.engine.commands import assign_keys, key_sign
from cointicker.engine.state import Snapshot
from cointicker.engine.undoing import History, Step


@dataclass(frozen=True, slots=True)
class Told:
    """What came of a change."""

    words: str
    """What it did, or why nothing was done."""
    done: Done | None = None
    """``None``: refused."""

    @property
    def held(self) -> str:
        """Why it holds for this run only; empty where it is on disk."""
        return self.done.held if self.done is not None else ""

    @property
    def changed(self) -> bool:
        """Whether there is anything to take back."""
        return self.done is not None and bool(self.done.differences)

    @property
    def sentence(self) -> str:
        """All of it."""
        return f"{self.words}, for this run: {self.held}" if self.held else self.words


class Follow(Protocol):
    """Is told of settings that have changed."""

    def __call__(self, before: Settings, now: Settings, *, turn: bool) -> Awaitable[None]:
        """``turn``: the person chose the currency just now."""
        ...


class ConfigurationDesk:
    """Keeps ``snapshot.settings``, the watchlists and the themes in step with the files. One thing at a time."""

    def __init__(self, configuration: Configuration, board: Board, follow: Follow) -> None:
        """``follow`` is called after each change, for all else that depends on settings."""
        self._configuration = configuration
        self._board = board
        self._follow = follow
        self._lock = asyncio.Lock()

    def carry_out(self, action: Change, history: History) -> Step:
        """The work of a change, whose outcome the person is told; the step back is remembered at once."""
        outcome: asyncio.Future[Told] = asyncio.get_running_loop().create_future()

        async def back() -> None:
            told = await outcome
            if told.done is not None:
                undone = await self.take_back(told.done)
                self._board.tell(f"undone: {told.words}" if undone.done is not None else undone.words)

        async def work() -> None:
            try:
                told = await self.change(action)
            except BaseException:
                outcome.cancel()
                history.forget(back)
                raise
            outcome.set_result(told)
            if not told.changed:
                history.forget(back)
            undo = "".join(f" · {key} takes it back" for key in self._undo_keys[:1] if told.changed)
            self._board.tell(f"{told.sentence}{undo}", grave=bool(told.held))

        history.remember(back)
        return work

    @property
    def _undo_keys(self) -> list[str]:
        return [key_sign(key) for key in assign_keys(dict(self._board.snapshot.settings.keys))["undo"]]

    async def change(self, action: Change) -> Told:
        """Carry out a change: on disk, and in the snapshot."""
        async with self._lock:
            planned = plan(action, self._board.snapshot)
            done = await asyncio.to_thread(self._configuration.change, planned.edit)
            if isinstance(done, Refused):
                return Told(done.why)
            await self._take_over(done.before, done.settings, planned.path)
            if isinstance(action, NewList):
                self._show_list(action.name)
            return Told(planned.words if done.differences else planned.otherwise or planned.words, done)

    async def take_back(self, done: Done) -> Told:
        """Undo a change."""
        async with self._lock:
            back = await asyncio.to_thread(self._configuration.take_back, done)
            if isinstance(back, Refused):
                return Told(back.why)
            await self._take_over(back.before, back.settings)
            return Told("taken back", back)

    async def look(self) -> None:
        """Take over what was written by others, if anything was."""
        async with self._lock:
            if not await asyncio.to_thread(self._configuration.look):
                return
            before = self._configuration.settings
            problems = await asyncio.to_thread(self._configuration.reread)
            await self._take_over(before, self._configuration.settings)
            self._tell(problems)

    def _tell(self, problems: Sequence[Problem]) -> None:
        """Say what is wrong that was not wrong before, once."""
        sentences = tuple(str(problem) for problem in problems if problem.severity == "error")
        new = [each for each in sentences if each not in self._board.snapshot.problems]
        self._board.publish(problems=sentences)
        if new:
            more = f" (and {len(new) - 1} more)" if len(new) > 1 else ""
            self._board.tell(f"{new[0]}{more}", grave=True)

    async def _take_over(self, before: Settings, now: Settings, asked: tuple[str, ...] = ()) -> None:
        """Put in force what differs in the files, and what the person ``asked`` for by the path of a setting."""
        snapshot = self._board.snapshot
        settings = carry_over(snapshot.settings, before, now)
        if asked:
            settings = _adopt(settings, now, asked)
        lists = _with_coins(settings.watchlists, snapshot.watchlists)
        self._board.publish(
            settings=settings,
            watchlists=lists,
            active=_place(lists, snapshot),
            themes=self._configuration.themes,
        )
        if settings != snapshot.settings or asked == ("currency",):
            await self._follow(snapshot.settings, settings, turn=asked == ("currency",))

    def _show_list(self, name: str) -> None:
        names = [each.name for each in self._board.snapshot.watchlists]
        if name in names:
            self._board.publish(active=names.index(name))


def _adopt(settings: Any, now: Any, path: tuple[str, ...]) -> Any:
    """The settings with the one at a path, if there is such a setting, as it is in ``now``."""
    name, rest = path[0], path[1:]
    if not hasattr(settings, name):
        return settings
    own, new = getattr(settings, name), getattr(now, name)
    return replace(settings, **{name: _adopt(own, new, rest) if rest and hasattr(own, rest[0]) else new})


def _with_coins(lists: Sequence[Watchlist], before: Sequence[Watchlist]) -> tuple[Watchlist, ...]:
    """The lists, those by rule with the coins that were found for that rule before."""
    found = {each.rule: each.coins for each in before if each.rule}
    return tuple(replace(each, coins=found.get(each.rule, ())) if each.rule else each for each in lists)


def _place(lists: Sequence[Watchlist], before: Snapshot) -> int:
    """Where the list in use is now: by its name, else the one in its place, which it may be under another name."""
    names = [each.name for each in lists]
    name = before.watchlist.name
    return names.index(name) if name in names else max(0, min(before.active, len(names) - 1))
