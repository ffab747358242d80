"""Bytes from outside as text, whatever they claim to be."""

import codecs
import re
from collections.abc import Iterable

_MARKS = (
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
"""Byte order marks; those of UTF-32 begin with those of UTF-16."""
_SHAPES = (
    (b"<\0\0\0", "utf-32-le"),
    (b"\0\0\0<", "utf-32-be"),
    (b"<\0", "utf-16-le"),
    (b"\0<", "utf-16-be"),
)
"""How a document that begins with ``<`` looks in the wide encodings."""
_SUPERSETS = {
    "ascii": "cp1252",
    "iso8859-1": "cp1252",
    "iso8859-9": "cp1254",
    "iso8859-11": "cp874",
    "gb2312": "gb18030",
    "gbk": "gb18030",
    "big5": "cp950",
    "euc_kr": "cp949",
    "shift_jis": "cp932",
}
"""What a claim means in practice (WHATWG Encoding Standard, §4.2)."""
_TEXT_CODEC = re.compile(r"(?:utf-|cp\d|iso8859-|iso2022_|koi8|gb|big5|euc_|shift_jis|mac|tis-|johab|hz)")
_XML_CLAIM = re.compile(rb"""^\s*<\?xml[^>]{0,200}?encoding\s*=\s*["']([\w.:-]{1,40})["']""")
_META_CLAIM = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_HEADER_CLAIM = re.compile(r"""charset\s*=\s*["']?\s*([\w.:-]{1,40})""", re.IGNORECASE)
_META_REACH = 4_096


def _repair(error: UnicodeError) -> tuple[str, int]:
    """Bytes that are no UTF-8 are most often Windows-1252; what is not even that becomes U+FFFD."""
    if not isinstance(error, UnicodeDecodeError):
        raise error
    run = error.object[error.start : error.end]
    return run.decode("cp1252", "replace"), error.end


codecs.register_error("cointicker.repair", _repair)


def header_charset(content_type: str) -> str:
    """The charset that an HTTP Content-Type names, or empty text."""
    found = _HEADER_CLAIM.search(content_type)
    return found[1] if found else ""


def decode_xml(body: bytes, charset: str = "") -> str:
    """The text of an XML or JSON document; ``charset`` is what the HTTP header says."""
    found = _XML_CLAIM.search(body[:_META_REACH])
    return _decode(body, charset, found[1].decode("ascii") if found else "")


def decode_html(body: bytes, charset: str = "") -> str:
    """The text of a web page; ``charset`` is what the HTTP header says."""
    head = body[:_META_REACH]
    found = _XML_CLAIM.search(head) or _META_CLAIM.search(head)
    return _decode(body, charset, found[1].decode("ascii") if found else "")


def _decode(body: bytes, *claims: str) -> str:
    for mark, name in _MARKS:
        if body.startswith(mark):
            return body[len(mark) :].decode(name, "replace")
    start = body[:64].lstrip(b" \t\r\n")
    for shape, name in _SHAPES:
        if start.startswith(shape):
            return body.decode(name, "replace")
    names = list(_known(claims))
    # Servers name Latin-1 by default and UTF-8 by mistake; bytes that are valid UTF-8 are hardly ever anything else.
    if "utf-8" in names or not names or names[0] == "cp1252":
        names.insert(0, "utf-8")
    for name in names:
        try:
            return body.decode(name)
        except UnicodeError:
            continue
    first = next((name for name in names if name != "utf-8"), "utf-8")
    return body.decode(first, "cointicker.repair" if first in {"utf-8", "cp1252"} else "replace")


def _known(claims: Iterable[str]) -> Iterable[str]:
    for claim in claims:
        try:
            name = codecs.lookup(claim).name
        except (LookupError, ValueError):
            continue
        name = _SUPERSETS.get(name, name)
        # Wide encodings would have shown themselves by their shape; not every codec of Python decodes text.
        if _TEXT_CODEC.match(name) and not name.startswith(("utf-16", "utf-32", "utf-7")):
            yield name
