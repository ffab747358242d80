"""Answers that are well formed and wrong: poisoned, stale, shuffled, hostile. Each turns an answer into another."""

import html
import json
import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from itertools import cycle
from typing import Any

from upstream.gecko_values import iso
from upstream.hostile import ADDRESSES, TEXTS
from upstream.wire import Reply

Twist = Callable[[Reply], Reply]
HUGE = "@huge@"
"""Stands for a number of 5,000 digits until the text is written."""
POISONS: tuple[Any, ...] = (
    None, float("nan"), float("inf"), float("-inf"), "88349.0", "", "NaN", True, False, -1, -88349.5, 0, 1e300,
    10**400, [], {}, [1], {"usd": 1}, HUGE,
)  # fmt: skip
"""What stands where a number should."""
STALE_BY = 5 * 3600.0
"""Seconds that ``stale`` sets back every time."""
_TEXT_KEYS = frozenset({"name", "symbol", "title", "poolName", "summary", "description"})
_TAGGED = re.compile(r"(<(title|summary|description|name|dc:creator|h1|h2|p)(?:\s[^<>]*)?>)(.*?)(</\2>)", re.DOTALL)
_LINKED = re.compile(r'(<link>|<a href=")[^<"]*')


def _json_twist(change: Callable[[Any], Any]) -> Twist:
    """A twist of JSON; what is not JSON stays."""

    def twist(reply: Reply) -> Reply:
        try:
            value = json.loads(reply.body)
        except ValueError:
            return reply
        text = json.dumps(change(value), ensure_ascii=False).replace(f'"{HUGE}"', "9" * 5_000)
        return replace(reply, body=text.encode("utf-8", "surrogatepass"))

    return twist


def _walk(value: Any, change: Callable[[str, Any], Any], key: str = "") -> Any:
    """A copy in which ``change`` was asked about every value that is no container."""
    if isinstance(value, dict):
        return {name: _walk(each, change, name) for name, each in value.items()}
    if isinstance(value, list):
        return [_walk(each, change, key) for each in value]
    return change(key, value)


def _poison(value: Any) -> Any:
    """Every second of several rows, or all of a single answer; the other rows stay good."""
    poisons = cycle(POISONS)

    def poisoned(_: str, each: Any) -> Any:
        return next(poisons) if isinstance(each, int | float) else each

    if isinstance(value, list) and len(value) > 1 and all(isinstance(row, dict) for row in value):
        return [
            _walk_with(row, POISONS[index // 2 % len(POISONS)]) if index % 2 else row for index, row in enumerate(value)
        ]
    if isinstance(value, dict) and len(value) > 1 and all(isinstance(row, dict) for row in value.values()):
        return {
            name: _walk_with(row, POISONS[index // 2 % len(POISONS)]) if index % 2 else row
            for index, (name, row) in enumerate(value.items())
        }
    return _walk(value, poisoned)


def _walk_with(row: Any, poison: Any) -> Any:
    return _walk(row, lambda _, each: poison if isinstance(each, int | float) else each)


def _scaled(factor: float) -> Callable[[Any], Any]:
    names = {"current_price", "usd", "eur"}
    return lambda value: _walk(value, lambda key, each: each * factor if key in names and each is not None else each)


def _moved(seconds: float) -> Callable[[Any], Any]:
    def change(key: str, each: Any) -> Any:
        if key == "last_updated" and isinstance(each, str):
            return iso(datetime.fromisoformat(each).timestamp() + seconds)
        if key in {"last_updated_at", "updated_at", "time", "timestamp"} and isinstance(each, int):
            return int(each + seconds)
        return each

    return lambda value: _walk(value, change)


def _of_list(change: Callable[[list[Any]], list[Any]]) -> Callable[[Any], Any]:
    """A change of a list, or of the pairs of an object."""

    def changed(value: Any) -> Any:
        if isinstance(value, list):
            return change(value)
        return dict(change(list(value.items()))) if isinstance(value, dict) else value

    return changed


def _extra(rows: list[Any]) -> list[Any]:
    stranger = {"id": "never-asked-for", "symbol": "btc", "name": "Bitcoin", "current_price": 1.0, "market_cap_rank": 1}
    if rows and isinstance(rows[0], tuple):
        return [("never-asked-for", {"usd": 1.0}), *rows]
    return [stranger, *rows, "not a coin", None, 7, {"name": "no id"}]


def _hostile(reply: Reply) -> Reply:
    """Names and titles that try to leave their place: in JSON, feeds (escaped in three ways) and pages."""
    texts, ways = cycle(TEXTS), cycle(range(3))
    if b"{" in reply.body[:2] or b"[" in reply.body[:2]:
        renamed = _json_twist(lambda value: _walk(value, lambda key, each: next(texts) if key in _TEXT_KEYS else each))
        return renamed(reply)

    def retold(tag: re.Match[str]) -> str:
        return f"{tag[1]}{_written(next(texts), next(ways))}{tag[4]}"

    addresses = cycle(ADDRESSES)
    text = _TAGGED.sub(retold, reply.body.decode("utf-8", "replace"))
    links = cycle((False, False, True))
    text = _LINKED.sub(lambda link: link[1] + html.escape(next(addresses)) if next(links) else link[0], text)
    return replace(reply, body=text.encode("utf-8", "surrogatepass"))


def _written(text: str, way: int) -> str:
    if way == 0:
        return html.escape(text, quote=False)
    if way == 1:
        return "".join(f"&#{ord(sign)};" if not sign.isalnum() else sign for sign in text)
    return f"<![CDATA[{text}]]>"


def _cut(reply: Reply) -> Reply:
    """The first half of the body, as if it were all."""
    return replace(reply, body=reply.body[: len(reply.body) // 2])


TWISTS: dict[str, Twist] = {
    "poison": _json_twist(_poison),
    "jump": _json_twist(_scaled(1000.0)),
    "zero": _json_twist(_scaled(0.0)),
    "stale": _json_twist(_moved(-STALE_BY)),
    "future": _json_twist(_moved(STALE_BY)),
    "missing_coins": _json_twist(_of_list(lambda rows: rows[::2])),
    "extra_coins": _json_twist(_of_list(_extra)),
    "dup_coins": _json_twist(_of_list(lambda rows: [*rows, *rows])),
    "shuffle": _json_twist(_of_list(lambda rows: [*rows[1::2], *rows[::2]][::-1])),
    "hostile": _hostile,
    "json_truncated": _cut,
    "xml_truncated": _cut,
    "wrong_type": lambda reply: reply.having(content_type="image/png"),
    "no_type": lambda reply: reply.having(content_type=""),
}
"""Fault → what becomes of the answer."""
