"""Feeds as they are served, made such that a strict XML parser reads them and no parser stalls on them.

All repairs happen on the decoded text, before it is parsed. Places are found in a copy whose CDATA sections are blanked
out, since what stands in those is not markup.
"""

import html
import re
from collections.abc import Iterator

MAX_ITEMS = 300
MAX_CATEGORIES = 20
"""Of one item; feedparser compares each with all others."""
MAX_AUTHOR = 300
"""Characters; feedparser searches an author for an e-mail address in quadratic time (kurtmckee/feedparser#562)."""

Edit = tuple[int, int, str]

_CDATA, _CDATA_END = "<![CDATA[", "]]>"
_DECLARATION = re.compile(r"\s*<\?xml[^>]{0,500}\?>")
_ILLEGAL = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBERED = re.compile(r"&#(?:[xX]([0-9a-fA-F]{1,8})|([0-9]{1,8}));?")
_AMPERSAND = re.compile(r"&(?:([a-zA-Z][a-zA-Z0-9]{1,31});|(?!#(?:x[0-9a-fA-F]|[0-9])))")
_XML_NAMES = frozenset({"amp", "lt", "gt", "quot", "apos"})
_EMPTY_TEXT = re.compile(
    r"<(content:encoded|dc:description)(?:\s[^<>]*)?(?:/>|>(?:\s|<!\[CDATA\[|\]\]>)*</(?:content:encoded|dc:description)>)"
)
_ITEM = re.compile(r"<(?:[\w-]+:)?(?:item|entry)[\s>]")
_ITEM_END = re.compile(r"</(?:[\w-]+:)?(?:item|entry)\s*>")
_CATEGORY = re.compile(r"<(/?)(?:[\w-]+:)?(item|entry|category|subject|keywords)(?:\s[^<>]*)?>")
_AUTHOR = re.compile(
    r"<(?:[\w-]+:)?(?:author|creator|contributor|publisher|managingEditor|webMaster|name|email)(?:\s[^<>]*)?(?<!/)>"
)
_DATE = re.compile(r"<(?:pubDate|(?:[\w-]+:)?(?:date|published|updated|issued|modified))[^<>]*>([^<]{4,64})<")


def legal_text(text: str) -> str:
    """The text without characters that XML forbids, with character references that mean none or a half made whole."""
    return _NUMBERED.sub(_legal_reference, _ILLEGAL.sub("", _join_surrogates(text)))


_SURROGATES = re.compile(r"&#(?:x(d[89ab][0-9a-f]{2})|(5[56]\d{3}));&#(?:x(d[c-f][0-9a-f]{2})|(5[67]\d{3}));", re.IGNORECASE)


def _join_surrogates(text: str) -> str:
    def joined(pair: re.Match[str]) -> str:
        high, low = (
            int(pair[place], 16) if pair[place] else int(pair[place + 1]) for place in (1, 3)
        )
        if not (0xD800 <= high < 0xDC00 <= low < 0xE000):
            return ""
        return chr(0x10000 + ((high - 0xD800) << 10) + (low - 0xDC00))

    return _SURROGATES.sub(joined, text)


def _legal_reference(reference: re.Match[str]) -> str:
    code = int(reference[1], 16) if reference[1] else int(reference[2])
    if 0x80 <= code < 0xA0:  # Windows-1252 taken for Latin-1 (HTML standard, §13.2.5.80)
        return bytes([code]).decode("cp1252", "ignore")
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


def mend(text: str, date_of: "DateReader") -> str:
    """The text of an XML feed, repaired and cut to the newest ``MAX_ITEMS`` items."""
    text = legal_text(_DECLARATION.sub("", text, count=1))
    text = cut_items(text, date_of)
    masked = mask(text)
    edits = sorted([*_ampersands(masked), *_empty_texts(masked, text), *_categories(masked), *_authors(masked, text)])
    return _apply(text, edits)


def _apply(text: str, edits: list[Edit]) -> str:
    parts, place = [], 0
    for start, end, new in edits:
        if start < place:
            continue
        parts += [text[place:start], new]
        place = end
    return "".join([*parts, text[place:]])
