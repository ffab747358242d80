"""Feeds as they are served, made such that a strict XML parser reads them and no parser stalls on them.

All repairs happen on the decoded text, before it is parsed. Places are found in a copy whose CDATA sections are blanked
out, since what stands in those is not markup.
"""

import html
import html.entities
import re
from collections.abc import Iterator

from cointicker.sources.parsing.dates import parse_date
from cointicker.text.safe import strip_escapes

MAX_ITEMS = 300
MAX_CATEGORIES = 20
"""Of one item; feedparser compares each with all others."""
MAX_AUTHOR = 300
"""Characters; feedparser searches an author for an e-mail address in quadratic time (kurtmckee/feedparser#562)."""

Edit = tuple[int, int, str]

_ESCAPE = "\x1b"
_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
_AMPERSAND = re.compile(r"&(?:([a-zA-Z][a-zA-Z0-9]{1,31});|(?!#(?:x[0-9a-fA-F]|[0-9])))")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_EMPTY_TEXT = re.compile(
    r"<(content:encoded|dc:description)(?:\s[^<>]*)?(?:/>|>(?:\s|<!\[CDATA\[|\]\]>)*</(?:content:encoded|dc:description)>)"
)
_ITEM = re.compile(r"<(/?)(?:[\w-]+:)?(?:item|entry)(?:\s[^<>]*)?>", re.IGNORECASE)
_CATEGORY = re.compile(r"<(/?)(?:[\w-]+:)?(item|entry|category|subject|keywords)(?:\s[^<>]*)?/?>", re.IGNORECASE)
_AUTHOR = re.compile(
    r"<(?:[\w-]+:)?(?:author|creator|contributor|publisher|managingEditor|webMaster|name|email)(?:\s[^<>]*)?(?<!/)>",
    re.IGNORECASE,
)
_MARKUP = re.compile(r"<(?!!\[CDATA\[)")
_DATE = re.compile(
    r"<(?:pubDate|(?:[\w-]+:)?(?:date|published|updated|issued|modified))(?:\s[^<>]*)?>"
    r"\s*(?:<!\[CDATA\[)?([^<\]]{4,64})"
)
_SURROGATES = re.compile(
    r"&#(?:x(d[89ab][0-9a-f]{2})|(5[56]\d{3}));&#(?:x(d[c-f][0-9a-f]{2})|(5[67]\d{3}));", re.IGNORECASE
)


def legal_text(text: str) -> str:
    """The text without characters that XML forbids and what follows them in escape sequences.

    Character references that mean none, or a half of one, are made whole or dropped.
    """
    text = _NUMBERED.sub(_legal_reference, _join_surrogates(text))
    return _ILLEGAL.sub("", strip_escapes(text) if _ESCAPE in text else text)


def _join_surrogates(text: str) -> str:
    def joined(pair: re.Match[str]) -> str:
        high, low = (int(pair[place], 16) if pair[place] else int(pair[place + 1]) for place in (1, 3))
        if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
            return ""
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return _SURROGATES.sub(joined, text)


def _legal_reference(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    if 0x80 <= code < 0xA0:  # Windows-1252 taken for Latin-1 (HTML standard, §13.2.5.80)
        return bytes([code]).decode("cp1252", "ignore")
    if code < 0x7F and chr(code) not in "\t\n\r&<>\"'":  # escape sequences may be spelt so, wholly or in part
        return chr(code)
    if code > 0x10FFFF or _ILLEGAL.match(chr(code)):
        return ""
    return f"&#{code};"


def mask(text: str) -> str:
    """The text, equally long, with the insides of its CDATA sections blank."""
    parts, place = [], 0
    while (start := text.find(_CDATA, place)) >= 0:
        inside = start + len(_CDATA)
        end = text.find(_CDATA_END, inside)
        if end < 0:
            end = len(text)
        parts.append(text[place:inside])
        parts.append(" " * (end - inside))
        place = end
    return "".join([*parts, text[place:]])


def mend(text: str) -> str:
    """The text of an XML feed, repaired and cut to the newest ``MAX_ITEMS`` items."""
    text = cut_items(legal_text(_DECLARATION.sub("", text, count=1)))
    masked = mask(text)
    edits = sorted([*_ampersands(masked), *_empty_texts(masked, text), *_categories(masked), *_authors(masked, text)])
    return _apply(text, edits)


def cut_items(text: str) -> str:
    """The text with its newest ``MAX_ITEMS`` items; those without a date count as the oldest."""
    spans = list(_items(mask(text)))
    if len(spans) <= MAX_ITEMS:
        return text
    dates = [found and parse_date(found[1]) for found in (_DATE.search(text, *span) for span in spans)]
    newest_first = sorted(range(len(spans)), key=lambda index: dates[index] or 0.0, reverse=True)
    dropped = sorted(newest_first[MAX_ITEMS:])
    return _apply(text, [(*spans[index], "") for index in dropped])


def _items(masked: str) -> Iterator[tuple[int, int]]:
    """Where each item begins and ends; one that is not closed ends where the next begins."""
    start = -1
    for tag in _ITEM.finditer(masked):
        closing = bool(tag[1])
        if start >= 0:
            yield start, tag.end() if closing else tag.start()
        start = -1 if closing else tag.start()


def _ampersands(masked: str) -> Iterator[Edit]:
    """Ampersands that begin nothing, and names that HTML knows but XML does not."""
    for found in _AMPERSAND.finditer(masked):
        name = found[1]
        if name in _XML_NAMES:
            continue
        letters = html.entities.html5.get(f"{name};", "") if name else ""
        if letters:
            yield found.start(), found.end(), "".join(f"&#{ord(letter)};" for letter in letters)
        else:
            yield found.start(), found.start() + 1, "&amp;"


def _empty_texts(masked: str, text: str) -> Iterator[Edit]:
    """Texts without a text, which make feedparser forget the one that an item has."""
    for found in _EMPTY_TEXT.finditer(masked):
        if _EMPTY_TEXT.fullmatch(text, found.start(), found.end()):
            yield found.start(), found.end(), ""


def _categories(masked: str) -> Iterator[Edit]:
    """Categories of an item beyond the first ``MAX_CATEGORIES``."""
    count, start = 0, -1
    for tag in _CATEGORY.finditer(masked):
        closing, name = tag[1], tag[2].lower()
        if name in {"item", "entry"}:
            count, start = 0, -1
        elif closing:
            if start >= 0:
                yield start, tag.end(), ""
            start = -1
        else:
            count += 1
            if count > MAX_CATEGORIES and tag[0].endswith("/>"):
                yield tag.start(), tag.end(), ""
            elif count > MAX_CATEGORIES:
                start = tag.start()


def _authors(masked: str, text: str) -> Iterator[Edit]:
    """Authors that are too long to be names."""
    for tag in _AUTHOR.finditer(masked):
        end = _MARKUP.search(masked, tag.end())
        stop = end.start() if end else len(masked)
        if stop - tag.end() > MAX_AUTHOR:
            name = text[tag.end() : stop].replace(_CDATA, "").replace(_CDATA_END, "")
            yield tag.end(), stop, html.escape(html.unescape(name[: MAX_AUTHOR * 2])[:MAX_AUTHOR])


def _apply(text: str, edits: list[Edit]) -> str:
    parts, place = [], 0
    for start, end, new in edits:
        if start < place:
            continue
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])
