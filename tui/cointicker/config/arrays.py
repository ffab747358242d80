"""Changes a list in a TOML text element by element: what stands between those that stay is left as it is."""

import re
import tomllib
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Any

from cointicker.config.positions import Span, lay_out
from cointicker.config.spelling import toml_value

_REST = re.compile(r"(?P<gap>[ \t]*)(?P<comma>,?)(?P<rest>[ \t]*(?:#[^\n]*)?\r?\n)")
"""What may follow an element in its own line."""
_COMMA = re.compile(r"[ \t\r\n]*,[ \t]*")


@dataclass(slots=True)
class _Line:
    """An element that has a line of its own."""

    before: str
    """The line up to the end of the element."""
    after: str
    """What follows the comma: a comment, perhaps, and the end of the line."""


def splice_array(text: str, span: Span, elements: Sequence[Span], before: Sequence[Any], after: Sequence[Any]) -> str:
    """The text with the list at ``span`` changed from ``before`` to ``after``.

    Elements that have a line of their own keep it, with its comment, wherever they go.
    """
    lines = _own_lines(text, span, elements)
    if lines is None:
        return text[: span.start] + _splice_flat(text[span.start : span.end], before, after) + text[span.end :]
    start = text.rfind("\n", 0, elements[0].start) + 1
    comma_last = text[elements[-1].end : span.end].lstrip(" \t").startswith(",")
    newline = "\r\n" if lines[-1].after.endswith("\r\n") else "\n"
    indent = text[start : elements[0].start]
    parts: list[_Line | str] = []
    for place, line in enumerate(lines):
        until = text.rfind("\n", 0, elements[place].start) + 1
        parts += [text[start:until], line]
        start = text.find("\n", elements[place].end) + 1
    changed = _reorder(parts, before, after, lambda value: _Line(indent + toml_value(value), newline))
    last = next((part for part in reversed(changed) if isinstance(part, _Line)), None)
    body = "".join(
        part if isinstance(part, str) else part.before + ("," if part is not last or comma_last else "") + part.after
        for part in changed
    )
    return text[: text.rfind("\n", 0, elements[0].start) + 1] + body + text[start:]


def _own_lines(text: str, span: Span, elements: Sequence[Span]) -> list[_Line] | None:
    """The elements with their lines; ``None`` unless each has one, and the closing bracket too."""
    lines: list[_Line] = []
    for element in elements:
        start = text.rfind("\n", 0, element.start) + 1
        rest = _REST.match(text, element.end)
        if start <= span.start or rest is None or text[start : element.start].strip():
            return None
        lines.append(_Line(text[start : element.end] + rest["gap"] * bool(rest["comma"]), rest["rest"]))
        if not rest["comma"]:
            lines[-1].after = rest["gap"] + rest["rest"]
    return lines or None


def _changes(before: Sequence[Any], after: Sequence[Any]) -> Iterator[tuple[int, int, int, int]]:
    """What to replace by what, from the end to the beginning: ``before[a:b]`` by ``after[c:d]``."""
    matcher = SequenceMatcher(None, [*map(repr, before)], [*map(repr, after)], autojunk=False)
    for kind, *places in reversed(matcher.get_opcodes()):
        if kind != "equal":
            a, b, c, d = places
            yield a, b, c, d


def _reorder(parts: list[_Line | str], before: Sequence[Any], after: Sequence[Any], make: Any) -> list[_Line | str]:
    """The parts with the lines in their new order; what stands between lines stays where it is."""
    lines = [part for part in parts if isinstance(part, _Line)]
    spare: list[tuple[Any, _Line]] = [
        (before[place], lines[place]) for a, b, _, _ in _changes(before, after) for place in range(a, b)
    ]

    def take(value: Any) -> _Line:
        for place, (old, line) in enumerate(spare):
            if repr(old) == repr(value):
                del spare[place]
                return line
        made: _Line = make(value)
        return made

    changed = list(parts)
    for a, b, c, d in _changes(before, after):
        for place in range(b - 1, a - 1, -1):
            changed[2 * place + 1] = ""
        at = 2 * a + 1 if a < len(lines) else 2 * len(lines)
        changed[at:at] = map(take, after[c:d])
    return changed


def _splice_flat(value: str, before: Sequence[Any], after: Sequence[Any]) -> str:
    """Change a list whose elements share lines, one by one; from the end to the beginning, so that places stay true."""
    for a, b, c, d in _changes(before, after):
        for place in range(b - 1, a - 1, -1):
            value = _without(value, place)
        for new in reversed(after[c:d]):
            value = _with(value, a, toml_value(new))
    return value if _reads_as(value, after) else toml_value(after)


def _reads_as(value: str, wanted: Sequence[Any]) -> bool:
    try:
        return bool(tomllib.loads(f"x={value}")["x"] == wanted)
    except ValueError:
        return False


def _elements(value: str) -> list[Span]:
    return [Span(each.start - 2, each.end - 2) for each in lay_out(f"x={value}").elements["x",]]


def _without(value: str, place: int) -> str:
    elements = _elements(value)
    element = elements[place]
    comma = _COMMA.match(value, element.end)
    if comma is not None and (place + 1 < len(elements) or not place):
        return value[: element.start] + value[comma.end() :]
    before = elements[place - 1].end if place else element.start
    if _COMMA.fullmatch(value[before : element.start]):  # the last one goes with the comma before it
        return value[:before] + value[element.end :]
    return value[: element.start] + value[comma.end() if comma else element.end :]


def _with(value: str, place: int, new: str) -> str:
    elements = _elements(value)
    if place < len(elements):
        start = elements[place].start
        return f"{value[:start]}{new}, {value[start:]}"
    if elements:
        end = elements[-1].end
        return f"{value[:end]}, {new}{value[end:]}"
    return f"[{new}{value[1:]}"
