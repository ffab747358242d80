"""Where a picture of a page is: of the sizes that it comes in one that suits a terminal, and not the one that waits."""

import re
from collections.abc import Iterator
from itertools import islice
from typing import NamedTuple

from lxml.etree import _Element

from cointicker.text.safe import vet_url

_ENOUGH = 960
"""Pixels of width that a terminal makes use of."""
_MOST = 40
"""Sizes that are looked at."""
_LAZY_SETS = ("data-srcset", "data-lazy-srcset", "srcset")
_LAZY = ("data-src", "data-lazy-src", "data-original", "src")
"""Attributes with an address, those first whose picture is loaded late: there ``src`` only keeps the place."""
_CANDIDATE = re.compile(r"(\S++)(?:(?<=,)|(?:\s++([\d.]{1,8}+)([wx]))?+[^,]*+,?)")
"""One of a ``srcset`` (HTML, "Parsing a srcset attribute"); it never looks back, however long that is."""
_UNSEEN_KINDS = frozenset({"image/svg+xml", "image/jxl", "image/heic"})
"""Media types that nothing here can read."""


_NO_SIZE = re.compile(r"\s*0*[01](?:\.0*)?(?:px)?\s*")
_NO_STYLE = re.compile(r"(?:^|[;\s])(?:width|height)\s*:\s*[01](?:px)?\s*(?:;|!|$)", re.IGNORECASE)


class _Candidate(NamedTuple):
    url: str
    width: float
    """Pixels; for a density as many times a usual width."""


def counts_visits(element: _Element) -> bool:
    """Whether an ``img`` is a pixel or nothing, which nobody is meant to see."""
    sizes = (element.get("width", ""), element.get("height", ""))
    return any(_NO_SIZE.fullmatch(size) for size in sizes) or bool(_NO_STYLE.search(element.get("style", "")[:1000]))


def picture_address(element: _Element, base: str) -> str:
    """The address of an ``img``, vetted; empty where there is none that can be fetched."""
    candidates = list(_candidates(element, base))
    wide = [each for each in candidates if each.width >= _ENOUGH]
    if wide:
        return min(wide, key=lambda each: each.width).url
    plain = next((url for name in _LAZY if (url := _vetted(element.get(name), base))), "")
    if candidates and (not plain or not element.get("src") or _is_late(element)):
        return max(candidates, key=lambda each: each.width).url
    return plain


def _candidates(element: _Element, base: str) -> Iterator[_Candidate]:
    """All sizes of a picture: its own, then those of a ``picture`` around it."""
    yield from _set(element, base)
    around = next(element.iterancestors("picture"), None)
    if around is not None:
        for source in around.iter("source"):
            if source.get("type", "") not in _UNSEEN_KINDS:
                yield from _set(source, base)


def _set(element: _Element, base: str) -> Iterator[_Candidate]:
    for name in _LAZY_SETS:
        for found in islice(_CANDIDATE.finditer(element.get(name, "")[:16_384]), _MOST):
            url, size, unit = found.groups(default="")
            if vetted := _vetted(url.rstrip(","), base):
                yield _Candidate(vetted, _width(size, unit))


def _width(size: str, unit: str) -> float:
    try:
        number = float(size or 1)
    except ValueError:
        return 0.0
    return number if unit == "w" else number * 600


def _is_late(element: _Element) -> bool:
    return any(element.get(name) for name in (*_LAZY_SETS[:2], *_LAZY[:3]))


def _vetted(url: str | None, base: str) -> str:
    """Nothing for ``data:`` and other things that are no address."""
    return vet_url(url, base) if url else ""
