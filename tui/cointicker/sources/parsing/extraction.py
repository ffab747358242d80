"""The readable part of a web page, found by trafilatura, as HTML again."""

import logging
from copy import deepcopy

from lxml.etree import SubElement, _Element
from trafilatura import bare_extraction
from trafilatura.settings import Document

from cointicker.sources.parsing.loose_text import wrap_loose_text
from cointicker.sources.parsing.tables import text_of

ENOUGH = 300
"""Characters; a shorter result of the fast way is checked by the thorough one."""

_TONES = {"#b": "b", "#i": "i", "#t": "code", "#u": "u", "#sub": "sub", "#sup": "sup"}
_NAMES = {"item": "li", "quote": "blockquote", "graphic": "img", "row": "tr", "lb": "br", "ref": "a"}

logging.getLogger("trafilatura").setLevel(logging.CRITICAL)
logging.getLogger("htmldate").setLevel(logging.CRITICAL)


def extract(root: _Element) -> _Element | None:
    """The element that holds the article, in plain HTML; ``None`` where there is none. ``root`` stays as it is."""
    fast = _extract(root, fast=True)
    if fast is not None and _length(fast) >= ENOUGH:
        return _to_html(fast)
    thorough = _extract(root, fast=False)
    best = max((body for body in (fast, thorough) if body is not None), key=_length, default=None)
    return _to_html(best) if best is not None else None


def _extract(root: _Element, *, fast: bool) -> _Element | None:
    root = deepcopy(root)
    _mark_code(root)
    wrap_loose_text(root)
    found = bare_extraction(
        root,
        fast=fast,
        favor_recall=fast,
        include_comments=False,
        include_formatting=True,
        include_links=True,  # with images, too, it would take in more of what is not the article
        output_format="html",
    )
    return found.body if isinstance(found, Document) else None


def _mark_code(root: _Element) -> None:
    """Make all preformatted text look like code; what does not, trafilatura takes for a quotation."""
    for element in root.iter("pre"):
        for line_break in element.iter("br"):
            line_break.tail = "\n" + (line_break.tail or "")
        text = text_of(element)
        element[:] = []
        element.text = None
        SubElement(element, "span").text = text


def _length(body: _Element) -> int:
    return sum(map(len, body.itertext()))


def _to_html(body: _Element) -> _Element:
    """trafilatura's own element names as those of HTML, kinds of lists and of code kept apart."""
    for element in body.iter():
        rend = element.get("rend", "")
        match element.tag:
            case "head":
                element.tag = rend if rend in {"h1", "h2", "h3", "h4", "h5", "h6"} else "h3"
            case "list":
                element.tag = "ol" if rend == "ol" else "ul"
            case "hi":
                element.tag = _TONES.get(rend, "span")
            case "cell":
                element.tag = "th" if element.get("role") == "head" else "td"
            case "code" if "\n" in text_of(element) or element.find("lb") is not None:
                element.tag = "pre"
            case "ref":
                element.tag = "a"
                element.set("href", element.get("target", ""))
            case tag if tag in _NAMES:
                element.tag = _NAMES[tag]
    return body
