"""HTML as text without a parser, in time that grows with its length only, whatever it holds."""

import re
from collections.abc import Iterable

_COMMENT, _COMMENT_END = "<!--", re.compile("-->")
_TAG = re.compile(r"<[^<>]{0,2000}>")


def cut_elements(text: str, names: Iterable[str]) -> str:
    """The text with comments and elements of these names (in lower case, not nested) each made one space."""
    ends = {name: re.compile(rf"</{name}\s*>", re.IGNORECASE) for name in names}
    opening = re.compile(rf"<({'|'.join(ends)})\b|{_COMMENT}", re.IGNORECASE)
    ends[_COMMENT] = _COMMENT_END
    parts, place = [], 0
    for found in opening.finditer(text):
        kind = found[1].lower() if found[1] else _COMMENT
        if found.start() < place or kind not in ends:
            continue
        end = ends[kind].search(text, found.end())
        if end is None:  # nor will a later one find an end
            del ends[kind]
            continue
        parts.append(text[place : found.start()])
        place = end.end()
    return " ".join([*parts, text[place:]])


def visible_text(page: str) -> str:
    """Roughly what a page shows, those parts included that only a browser without JavaScript shows."""
    return " ".join(_TAG.sub(" ", cut_elements(page, ("script", "style", "svg", "template"))).split())
