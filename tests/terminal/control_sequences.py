"""The bytes of a terminal program as tokens, and the few sequences that ours may write."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urlsplit

_TOKEN = re.compile(
    r"\x1b\[(?P<csi>[0-?]*[ -/]*[@-~])"
    r"|\x1b\](?P<osc>[^\x07\x1b]*)(?:\x07|\x1b\\)"
    r"|\x1b(?P<string>[PX^_][^\x1b]*)\x1b\\"
    r"|\x1b(?P<escape>[ -/]*[0-OQ-WYZ\\`-~])"
    r"|(?P<text>[^\x1b]+)",
    re.DOTALL,
)
_OURS = re.compile(
    r"[0-9]*(?:;[0-9]+)*m"  # colours and attributes
    r"|[0-9]+;[0-9]+H|[0-9]+G"  # where the next cell stands
    r"|\?(?:7|25|1000|1002|1004|1006|1016|1049|2004|2026|2048)[hl]"  # modes
    r"|\?(?:2026|2048)\$p"  # whether a mode is known
    r"|>[0-9]+u|<u"  # kitty's keys, on and off
)
_POINTER = "22;default"
"""The shape of the mouse pointer, which Textual sets back."""
_UNPRINTABLE = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


@dataclass(frozen=True, slots=True)
class Token:
    """A run of text or one control sequence."""

    kind: str
    """``text``, ``csi``, ``osc``, ``string`` (DCS and its like) or ``escape``."""
    body: str
    """What lies between introducer and terminator."""


def tokens(data: str) -> tuple[list[Token], str]:
    """The tokens of some output, and the beginning of a sequence of which the end has not come yet."""
    found: list[Token] = []
    place = 0
    while place < len(data):
        token = _TOKEN.match(data, place)
        if token is None or token.lastgroup is None:
            break
        found.append(Token(token.lastgroup, token[token.lastgroup]))
        place = token.end()
    return found, data[place:]


def foreign_sequences(raw: bytes) -> list[str]:
    """What a program of ours never writes by itself: each as a readable word; empty for clean output."""
    found, rest = tokens(raw.decode("utf-8"))
    bad = [word for token in found for word in _faults(token)]
    return [*bad, f"unfinished {rest!r}"] if rest else bad


def _faults(token: Token) -> Iterator[str]:
    if token.kind == "text":
        yield from (f"U+{ord(sign):04X}" for sign in token.body if unicodedata.category(sign) in _UNPRINTABLE)
    elif token.kind == "csi":
        if not _OURS.fullmatch(token.body):
            yield f"CSI {token.body}"
    elif token.kind != "osc" or not (token.body == _POINTER or _is_vetted_link(token.body)):
        yield f"{token.kind} {token.body[:60]!r}"


def _is_vetted_link(osc: str) -> bool:
    """``OSC 8`` that opens a web address without a user's name in it, or closes one."""
    number, _, rest = osc.partition(";")
    _, _, address = rest.partition(";")
    if number != "8":
        return False
    if not address:
        return True
    parts = urlsplit(address)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and "@" not in parts.netloc and address.isascii()
