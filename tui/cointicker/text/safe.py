"""Foreign text made safe for a terminal: the one place where a ``SafeText`` is made.

A terminal obeys control characters, and Textual passes nearly all of them on, so none may survive. Gone are C0 and
C1 controls, whole escape sequences with their payload, format characters (bidi overrides, zero-width runs, tags) and
whatever terminals measure differently: variation selectors, skin tones, fillers. Letters of every script stay.
"""

import html
import ipaddress
import re
import unicodedata
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

from cointicker.domain.words import EMPTY, SafeText

TITLE_LIMIT = 300
"""Characters of a title, name or other single line."""
TEXT_LIMIT = 20_000
"""Characters of one block of an article."""
URL_LIMIT = 2_048

_MARKS_PER_LETTER = 2
_ESCAPES = re.compile(
    r"(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]"  # CSI, ECMA-48 §5.4
    r"|(?:\x1b[PX\]^_]|[\x90\x98\x9d-\x9f])[^\x07\x1b\x9c]{0,4096}(?:\x07|\x1b\\|\x9c)"  # DCS, SOS, OSC, PM, APC
    r"|\x1b[\x20-\x2f]*[\x30-\x7e]"
)
_SPACES = re.compile(r"[\s\x00\x1c-\x1f\x85\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000]+")
_UNMEASURABLE = re.compile(
    "[\ufe00-\ufe0f\U000e0100-\U000e01ef\U0001f3fb-\U0001f3ff\u034f\u115f\u1160\u17b4\u17b5\u20e3\u3164\uffa0]"
)
_DISPUTED = re.compile("[\u1160-\u11ff\ud7b0-\ud7fb\u2630-\u2637\u268a-\u268f\u4dc0-\u4dff\U0001d300-\U0001d376]")
"""Vowels of old Hangul that stand alone, and symbols that Unicode 16 made wide: terminals and tables disagree."""
_PLAIN = re.compile(r"[ -~]*")
_TAG = re.compile(r"<(?:[a-zA-Z/!][^<>]*)>")
_MARKUP = re.compile(r"<[a-zA-Z/!]|&[#\w]+;")
_DROPPED = frozenset({"Cc", "Cf"})
_UNKNOWN = frozenset({"Cs", "Co", "Cn"})


def clean(raw: object, limit: int = TITLE_LIMIT) -> SafeText:
    """One line of safe text: white space folded, at most ``limit`` characters, ``…`` where it was cut.

    Anything that is not text gives empty text.
    """
    if not isinstance(raw, str) or not raw:
        return EMPTY
    text = raw[: limit * 16]
    if not _PLAIN.fullmatch(text):
        text = _strip(text)
    text = _SPACES.sub(" ", text).strip()
    if len(text) > limit:
        text = text[: limit - 1].rstrip() + "…"
    return SafeText(text)


def clean_lines(raw: object, limit: int = TEXT_LIMIT) -> tuple[SafeText, ...]:
    """Lines of safe text whose indentation counts, as in program code; tabs become four spaces."""
    if not isinstance(raw, str):
        return ()
    lines = []
    for line in raw[: limit * 4].expandtabs(4).splitlines():
        body = line.lstrip()
        lines.append(SafeText(" " * min(len(line) - len(body), 80) + clean(body, TEXT_LIMIT)))
    return tuple(lines)


def clean_title(raw: object, limit: int = TITLE_LIMIT) -> SafeText:
    """A title that may hold HTML, such as ``Fed <b>hikes</b> &amp; waits``: tags dropped, entities resolved once."""
    if not isinstance(raw, str):
        return EMPTY
    text = raw[: limit * 16]
    if _MARKUP.search(text):
        text = html.unescape(_TAG.sub("", text))
    return clean(text, limit)


def vouch(text: str) -> SafeText:
    """Text that ``clean`` made before it was stored or sent by our own worker, as what it is."""
    return SafeText(text)


def strip_escapes(text: str) -> str:
    """The text without escape sequences, their payload included; other control characters stay."""
    for _ in range(8):  # the halves of one sequence may meet where another stood between them
        shorter = _ESCAPES.sub("", text)
        if shorter == text:
            break
        text = shorter
    return text


def _strip(text: str) -> str:
    text = _SPACES.sub(" ", strip_escapes(text))
    # Composed when what stood between a letter and its mark is gone.
    text = unicodedata.normalize("NFC", "".join(map(_visible, _UNMEASURABLE.sub("", text))))
    return _thin_marks(_DISPUTED.sub("\ufffd", text))


def _visible(sign: str) -> str:
    category = unicodedata.category(sign)
    if category in _DROPPED:
        return ""
    return "\ufffd" if category in _UNKNOWN else sign


def _thin_marks(text: str) -> str:
    """No mark without a letter, and two on each."""
    kept: list[str] = []
    marks = _MARKS_PER_LETTER
    for sign in text:
        if unicodedata.category(sign)[0] == "M":
            marks += 1
            if marks > _MARKS_PER_LETTER:
                continue
        else:
            marks = _MARKS_PER_LETTER if sign == " " else 0
        kept.append(sign)
    return "".join(kept)


def vet_url(raw: object, base: str = "") -> str:
    """A link target that may be opened or fetched, re-spelt in ASCII, or empty text.

    Only http and https with a host; no user name, no white space, control character or backslash, at most 2,048
    characters. ``base`` resolves a relative address. Nothing here says that the host is a public one: that is
    checked on the address connected to.
    """
    if not isinstance(raw, str):
        return ""
    text = raw.strip()
    if base:
        try:
            text = urljoin(base, text)
        except ValueError:
            return ""
    if not text or len(text) > URL_LIMIT or re.search(r"[\s\x00-\x20\x7f-\xa0\\<>\"`{}|^]", text):
        return ""
    try:
        parts = urlsplit(text)
        host, port = parts.hostname, parts.port
        if parts.scheme not in {"http", "https"} or not host or parts.username or parts.password or "@" in parts.netloc:
            return ""
        host = _ascii_host(host)
    except (ValueError, UnicodeError):
        return ""
    place = f"[{host}]" if ":" in host else host
    if port is not None:
        place = f"{place}:{port}"
    path = quote(parts.path, safe="/%:@!$&'()*+,;=~-._")
    query = quote(parts.query, safe="/?%:@!$&'()*+,;=~-._[]")
    fragment = quote(parts.fragment, safe="/?%:@!$&'()*+,;=~-._")
    vetted = urlunsplit((parts.scheme, place, path, query, fragment))
    return vetted if len(vetted) <= URL_LIMIT else ""


def _ascii_host(host: str) -> str:
    """A host name in lower-case ASCII (IDNA); raises ``ValueError`` where it is none."""
    if ":" in host:
        return str(ipaddress.IPv6Address(host))
    ascii_host = host.encode("idna").decode("ascii").lower() if not host.isascii() else host.lower()
    if not re.fullmatch(r"[a-z0-9_]([a-z0-9_.-]{0,252})?", ascii_host):
        raise ValueError(host)
    for label in ascii_host.removesuffix(".").split("."):
        # Only the spelling: a name that is valid by the newer rules of IDNA (2008) alone passes as it stands.
        spelt_out = label[4:].encode().decode("punycode") if label.startswith("xn--") else label
        if not spelt_out or len(label) > 63:
            raise ValueError(host)
    return ascii_host


def shown_host(url: str) -> SafeText:
    """The host of a vetted address, as a person should see it: in ASCII, without ``www.``."""
    return clean((urlsplit(url).hostname or "").removeprefix("www."))
