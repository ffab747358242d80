"""What differs between two readings of a TOML document, and how to take such differences back."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Final

from cointicker.config.problems import spell

KeyPath = tuple[str, ...]
"""The names of tables and, last, of the key."""
Data = dict[str, Any]
"""A document as ``tomllib`` reads it."""


class EditError(ValueError):
    """An edit that makes no sense for what the document holds; its text says why, in words for the person."""


class Missing(Enum):
    """Stands for a value where there is none: TOML has no ``null``."""

    MISSING = "missing"


MISSING: Final = Missing.MISSING


@dataclass(frozen=True, slots=True)
class Difference:
    """One key whose value differs. Lists count as values, tables are looked into."""

    path: KeyPath
    before: Any
    """``MISSING``: there was none."""
    after: Any
    """``MISSING``: there is none any more."""
    order: tuple[str, ...] = ()
    """The keys of its table, in their order, on the side where the key is there."""
    renamed: str = ""
    """The key's new name, where all that differs is the name."""


def same(one: object, other: object) -> bool:
    """Whether two values are equal to the last detail: ``1``, ``1.0`` and ``true`` are three."""
    if type(one) is not type(other):
        return False
    if isinstance(one, dict) and isinstance(other, dict):
        return one.keys() == other.keys() and all(same(value, other[key]) for key, value in one.items())
    if isinstance(one, list) and isinstance(other, list):
        return len(one) == len(other) and all(map(same, one, other))
    return one == other or repr(one) == repr(other)  # the second for nan


def compare(before: Mapping[str, Any], after: Mapping[str, Any], table: KeyPath = ()) -> Iterator[Difference]:
    """Every difference, in the order in which ``after`` can be made of ``before``."""
    renamed = _renamed(before, after)
    for old, new in renamed.items():
        yield Difference((*table, old), before[old], after[new], tuple(before), new)
    for key, value in before.items():
        if key not in after and key not in renamed:
            yield Difference((*table, key), value, MISSING, tuple(before))
    fresh = frozenset(renamed.values())
    for key, value in after.items():
        was = before.get(key, MISSING)
        if key in fresh or same(was, value):
            continue
        if isinstance(was, dict) and isinstance(value, dict):
            yield from compare(was, value, (*table, key))
        else:
            yield Difference((*table, key), was, value, tuple(after))


def _renamed(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, str]:
    """Keys that are gone → those that stand in their place with the same value."""
    if len(before) != len(after):
        return {}
    return {
        old: new
        for old, new in zip(before, after, strict=True)
        if old not in after and new not in before and same(before[old], after[new])
    }


def take_back(data: Data, differences: tuple[Difference, ...]) -> None:
    """Undo differences in a document that may have changed otherwise meanwhile, which stays.

    Raises ``EditError`` where the two cannot be told apart.
    """
    for difference in reversed(differences):
        table = _table(data, difference.path[:-1])
        if difference.renamed:
            _rename(table, difference.renamed, difference.path[-1])
        else:
            _take_back(table, difference)


def _table(data: Data, path: KeyPath) -> Data:
    for name in path:
        data = data.setdefault(name, {})
        if not isinstance(data, dict):
            raise EditError(f"{spell(path)} is no longer a section")
    return data


def _rename(table: Data, old: str, new: str) -> None:
    if old not in table or new in table:
        raise EditError(f"{old} was changed otherwise meanwhile")
    kept = [(new if key == old else key, value) for key, value in table.items()]
    table.clear()
    table.update(kept)


def _take_back(table: Data, difference: Difference) -> None:
    key, before, after = difference.path[-1], difference.before, difference.after
    now = table.get(key, MISSING)
    if same(now, before):
        return
    if isinstance(now, list) and isinstance(before, list) and isinstance(after, list):
        table[key] = merge(after, before, now)
    elif before is MISSING:
        if not same(now, after):
            raise EditError(f"{spell(difference.path)} was changed otherwise meanwhile")
        del table[key]
    else:
        table[key] = before
        put_in_place(table, key, difference.order)


def put_in_place(table: Data, key: str, order: tuple[str, ...]) -> None:
    """Move a key of a table behind the nearest of those that precede it in ``order``."""
    value = table.pop(key)
    earlier = set(order[: order.index(key)]) if key in order else set(table)
    names = list(table)
    place = max((index + 1 for index, name in enumerate(names) if name in earlier), default=0)
    kept = [(name, table[name]) for name in names]
    kept.insert(place, (key, value))
    table.clear()
    table.update(kept)


def merge(base: list[Any], wanted: list[Any], now: list[Any]) -> list[Any]:
    """The change from ``base`` to ``wanted``, made in a list that was changed from ``base`` to ``now`` otherwise."""
    merged = [each for each in wanted if _place(each, now) is not None or _place(each, base) is None]
    for place, each in enumerate(now):
        if _place(each, base) is None and _place(each, wanted) is None:
            earlier = (_place(other, merged) for other in reversed(now[:place]))
            merged.insert(next((found + 1 for found in earlier if found is not None), 0), each)
    return merged


def _place(value: object, values: list[Any]) -> int | None:
    return next((place for place, each in enumerate(values) if same(each, value)), None)
