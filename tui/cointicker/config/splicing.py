"""Changes a TOML text key by key: whatever else stands in it stays as it is, byte for byte.

A library that parses, changes and writes the whole puts a new key behind the comments that lead the next section;
here it goes beside its like, and what came of it is compared with what was meant before it counts.
"""

import copy
import re
import tomllib
from collections.abc import Callable
from typing import Any

from cointicker.config.arrays import splice_array
from cointicker.config.differences import MISSING, Data, Difference, EditError, KeyPath, compare, same
from cointicker.config.positions import Header, Layout, Pair, lay_out
from cointicker.config.problems import Key, spell
from cointicker.config.spelling import toml_key, toml_value

Edit = Callable[[Data], None]
"""Changes a document in place. May raise ``EditError``; is called again where the file has changed meanwhile."""


def rewrite(text: str, edit: Edit) -> tuple[str, tuple[Difference, ...]]:
    """The text after an edit, and what differs in it.

    Raises ``EditError`` where the edit does or where it cannot be made in place, ``ValueError`` for text that is no
    TOML.
    """
    before = tomllib.loads(text)
    after = copy.deepcopy(before)
    edit(after)
    differences = tuple(compare(before, after))
    newline = "\r\n" if "\r\n" in text else "\n"
    for difference in differences:
        text = _splice(text, difference, newline)
    try:
        became = tomllib.loads(text)
    except ValueError:
        became = {}
    if not same(became, after):
        raise EditError(f"{spell(differences[0].path)} is spelt in a way that cannot be changed in place")
    return text, differences


def _splice(text: str, difference: Difference, newline: str) -> str:
    layout = lay_out(text)
    path, before, after = difference.path, difference.before, difference.after
    pair = layout.pairs.get(path)
    if difference.renamed:
        return _rename(text, pair, difference.renamed)
    if before is MISSING:
        return _add(text, layout, difference, newline)
    if after is MISSING:
        return _cut(text, layout, path, pair)
    if pair is None:
        return _splice_tables(text, difference, newline)
    if isinstance(before, list) and isinstance(after, list) and path in layout.elements:
        return splice_array(text, pair.value, layout.elements[path], before, after)
    return text[: pair.value.start] + toml_value(after) + text[pair.value.end :]


def _rename(text: str, pair: Pair | None, name: str) -> str:
    if pair is None:
        raise EditError("a section cannot be renamed in place")
    return text[: pair.name.start] + toml_key(name) + text[pair.name.end :]


# Taking away


def _cut(text: str, layout: Layout, path: Key, pair: Pair | None) -> str:
    if pair is not None:
        return _cut_inline(text, pair) if pair.inline else _cut_lines(text, pair.start, pair.value.end)
    for key, inner in layout.pairs.items():
        if key[: len(path)] == path and inner.section[: len(path)] != path:  # with dots, above the table's header
            text = _cut_lines(text, inner.start, inner.value.end)
            return _cut(text, lay_out(text), path, None)
    for header in reversed(layout.headers):  # from the end, so that the places before stay true
        if header.key[: len(path)] == path:
            text = _cut_section(text, layout, header)
    return text


def _cut_lines(text: str, start: int, end: int) -> str:
    """Without the lines from that of ``start`` to that of ``end``."""
    return text[: line_start(text, start)] + text[line_end(text, end) :]


def _cut_inline(text: str, pair: Pair) -> str:
    after = re.compile(r"[ \t]*,[ \t]*").match(text, pair.value.end)
    if after is not None:
        return text[: pair.start] + text[after.end() :]
    return re.sub(r",?[ \t]*\Z", "", text[: pair.start]) + text[pair.value.end :]


def _cut_section(text: str, layout: Layout, header: Header) -> str:
    """Without a header, what stands under it, and the empty line that set it apart."""
    start, end = line_start(text, header.span.start), line_end(text, _section_end(layout, header))
    blank = re.search(r"(?:\A|\n)[ \t]*\r?\n\Z", text[:start])
    if blank is not None and (end == len(text) or re.match(r"[ \t]*\r?\n", text[end:])):
        start = blank.start() + text[blank.start() :].startswith("\n")
    return text[:start] + text[end:]


def _section_end(layout: Layout, header: Header) -> int:
    """Where the last value under a header ends."""
    place = layout.headers.index(header)
    limit = layout.headers[place + 1].span.start if place + 1 < len(layout.headers) else None
    inside = (
        pair.value.end
        for pair in layout.pairs.values()
        if pair.start > header.span.start and (limit is None or pair.start < limit)
    )
    return max(inside, default=header.span.end)


# Adding


def _add(text: str, layout: Layout, difference: Difference, newline: str) -> str:
    path, value = difference.path, difference.after
    parent, name = path[:-1], path[-1]
    if parent in layout.pairs or any(pair.inline and pair.section == parent for pair in layout.pairs.values()):
        return _add_inline(text, layout, path, value)
    if isinstance(value, dict) or _is_tables(value):
        return _append(text, _sections(path, value), newline)
    line = f"{toml_key(name)} = {toml_value(value)}"
    order = difference.order
    if order and order[-1] == name and (place := _told_place(text, layout, parent, name)) is not None:
        return _insert_line(text, place, line, newline)
    earlier = order[: order.index(name)] if name in order else order
    later = order[len(earlier) + 1 :]
    for sibling in reversed(earlier):
        if (pair := layout.pairs.get((*parent, sibling))) is not None:
            return _insert_line(text, line_end(text, pair.value.end), _like(text, pair) + line, newline)
    for sibling in later:
        if (pair := layout.pairs.get((*parent, sibling))) is not None:
            return _insert_line(text, line_start(text, pair.start), _like(text, pair) + line, newline)
    return _add_first(text, layout, parent, line, newline)


def _add_first(text: str, layout: Layout, parent: KeyPath, line: str, newline: str) -> str:
    """Add the first key of a table that has no other."""
    for header in layout.headers:
        if header.key == parent:
            return _insert_line(text, line_end(text, header.span.end), line, newline)
    for key, pair in layout.pairs.items():
        if parent and key[: len(parent)] == parent and len(pair.section) < len(parent):
            dotted = "".join(f"{toml_key(name)}." for name in parent[len(pair.section) :])
            line = _indent(text, pair.start) + dotted + line
            return _insert_line(text, line_end(text, pair.value.end), line, newline)
    if parent:
        return _append(text, [f"[{'.'.join(map(toml_key, parent))}]", line], newline)
    if not layout.headers:
        return _insert_line(text, len(text), line, newline)
    start = line_start(text, layout.headers[0].span.start)
    while (above := line_start(text, start - 1)) < start and re.match(r"[ \t]*#", text[above:start]):
        start = above  # a comment that leads the section stays with it
    return text[:start] + line + newline * 2 + text[start:]


def _add_inline(text: str, layout: Layout, path: KeyPath, value: object) -> str:
    """Add a key between the braces of its table."""
    parent = path[:-1]
    new = f"{toml_key(path[-1])} = {toml_value(value)}"
    inside = [pair for pair in layout.pairs.values() if pair.inline and pair.section == parent]
    if not inside:
        braces = layout.pairs[parent].value
        return f"{text[: braces.start]}{{ {new} }}{text[braces.end :]}"
    end = max(pair.value.end for pair in inside)
    return f"{text[:end]}, {new}{text[end:]}"


def _told_place(text: str, layout: Layout, section: Key, name: str) -> int | None:
    """Behind the line that shows how the key would be set, as the file of ``config init`` does: ``#name = …``."""
    header = next((each for each in layout.headers if each.key == section), None)
    if header is None and section:
        return None
    start = 0 if header is None else header.span.end
    later = (each.span.start for each in layout.headers if each is not header and each.span.start >= start)
    shown = re.compile(rf"^[ \t]*#[ \t]*{re.escape(toml_key(name))}[ \t]*=[^\n]*$", re.MULTILINE)
    found = shown.search(text, start, min(later, default=len(text)))
    if found is None or any(pair.start < found.start() < pair.value.end for pair in layout.pairs.values()):
        return None
    return line_end(text, found.end())


def _append(text: str, lines: list[str], newline: str) -> str:
    """Add lines at the end, set apart by an empty one."""
    if text.strip():
        text += newline if text.endswith("\n") else newline * 2
    return text + "".join(line + newline for line in lines)


def _insert_line(text: str, place: int, line: str, newline: str) -> str:
    if place and text[place - 1] != "\n":  # the last line, which has no end
        return f"{text[:place]}{newline}{line}{newline}{text[place:]}"
    return f"{text[:place]}{line}{newline}{text[place:]}"


def _like(text: str, pair: Pair) -> str:
    """What stands before the last part of a name: its indentation, and the names of tables with their dots."""
    return text[line_start(text, pair.start) : pair.name.start]


def _indent(text: str, place: int) -> str:
    return text[line_start(text, place) : place]


def line_start(text: str, place: int) -> int:
    """Where the line of a place begins."""
    return text.rfind("\n", 0, max(0, place)) + 1


def line_end(text: str, place: int) -> int:
    """Where the line after that of a place begins, or the text ends."""
    return text.find("\n", place) + 1 or len(text)


# Sections


def _is_tables(value: object) -> bool:
    return isinstance(value, list) and bool(value) and all(isinstance(each, dict) for each in value)


def _sections(path: KeyPath, value: Any) -> list[str]:
    """The lines of ``[path]``, or of every ``[[path]]``, and of the tables in it."""
    name = ".".join(map(toml_key, path))
    lines: list[str] = []
    for table in value if isinstance(value, list) else [value]:
        inner = {key: each for key, each in table.items() if isinstance(each, dict) or _is_tables(each)}
        plain = [f"{toml_key(key)} = {toml_value(each)}" for key, each in table.items() if key not in inner]
        if isinstance(value, list) or plain or not inner:
            lines += [""] if lines else []
            lines += [f"[[{name}]]" if isinstance(value, list) else f"[{name}]", *plain]
        for key, each in inner.items():
            lines += [*([""] if lines else []), *_sections((*path, key), each)]
    return lines


def _splice_tables(text: str, difference: Difference, newline: str) -> str:
    """Change a list that is spelt as ``[[tables]]``: those that differ, those that are gone, those that are new."""
    path, before, after = difference.path, difference.before, difference.after
    if not _is_tables(before) or not (after == [] or _is_tables(after)):
        raise EditError(f"{spell(path)} is spelt in a way that cannot be changed in place")
    head = 0
    while head < min(len(before), len(after)) and same(before[head], after[head]):
        head += 1
    tail = 0
    while tail < min(len(before), len(after)) - head and same(before[-1 - tail], after[-1 - tail]):
        tail += 1
    changed = before[head : len(before) - tail], after[head : len(after) - tail]
    pairs = min(map(len, changed))
    for place in reversed(range(head + pairs, len(before) - tail)):
        text = _cut(text, lay_out(text), (*path, place), None)
    if not after:
        return _add(text, lay_out(text), Difference(path, MISSING, [], difference.order), newline)
    for place, (was, now) in enumerate(zip(*changed, strict=False), head):
        for inner in compare(was, now):
            text = _splice_inside(text, (*path, place), inner, newline)
    new = after[head + pairs : len(after) - tail]
    return _insert_tables(text, path, head + pairs, new, newline) if new else text


def _splice_inside(text: str, table: Key, inner: Difference, newline: str) -> str:
    """Change a key of one of the ``[[tables]]``."""
    whole = Difference((*table, *inner.path), inner.before, inner.after, inner.order, inner.renamed)  # type: ignore[arg-type]
    return _splice(text, whole, newline)


def _insert_tables(text: str, path: KeyPath, place: int, new: list[Data], newline: str) -> str:
    """Write new ``[[tables]]`` before the one at a place, or behind the last, or at the end where there is none."""
    headers = lay_out(text).headers
    lines = _sections(path, new)
    following = next((header for header in headers if header.key == (*path, place)), None)
    if following is not None:
        start = line_start(text, following.span.start)
        return text[:start] + "".join(line + newline for line in (*lines, "")) + text[start:]
    layout = lay_out(text)
    last = next((header for header in reversed(headers) if header.key[: len(path)] == path), None)
    if last is None:
        return _append(text, lines, newline)
    end = line_end(text, _section_end(layout, last))
    if end == len(text):
        return _append(text, lines, newline)
    return text[:end] + "".join(line + newline for line in ("", *lines)) + text[end:]
