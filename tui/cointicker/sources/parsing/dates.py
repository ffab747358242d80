"""Dates as feeds and pages spell them."""

import re
from datetime import UTC, datetime, timedelta, tzinfo
from email.utils import parsedate_tz

from dateutil import parser, tz

EARLIEST = datetime(1995, 1, 1, tzinfo=UTC).timestamp()
"""Before that there was no feed and hardly a web: such a date is a mistake."""

_LONGEST = 64
_EPOCH = re.compile(r"\d{10}(?:\.\d+)?|\d{13}")
_ISO = re.compile(r"\d{4}-?\d\d")
_MIDNIGHT = re.compile(r"(?<![\d:])24:00(?::00)?(?!\d)")
_WORD = re.compile(r"[^\W\d_]+\.?")
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?!\d)")
_TWO_NUMBERS = re.compile(r"\d\D+\d")
_WEEKDAY = re.compile(r"^[^\W\d_]+\.?,\s*(?=\d)")
_DOTTED = re.compile(r"\d{1,2}\.\d{1,2}\.")
_HOURS = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "BST": 1, "WEST": 1, "CET": 1, "MEZ": 1, "CEST": 2, "MESZ": 2,
    "EET": 2, "EEST": 3, "MSK": 3, "GST": 4, "IST": 5.5, "ICT": 7, "HKT": 8, "SGT": 8, "JST": 9, "KST": 9, "AEST": 10,
    "AEDT": 11, "NZST": 12, "NZDT": 13, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7, "MDT": -6, "PST": -8,
    "PDT": -7, "AKST": -9, "AKDT": -8, "HST": -10,
}  # fmt: skip
"""Zone names and their hours east of Greenwich, those of North America as RFC 822 has them."""
_MONTHS = (
    "jan janv januar januari enero gennaio ene gen janeiro",
    "feb févr fevr februar februari febrero febbraio fevereiro fev",
    "mar mär märz mrz mars maart marzo março mrt",
    "apr avr avril abril aprile abr",
    "may mai mei mayo maggio mag maio",
    "jun juin juni junio giugno giu junho",
    "jul juil juillet juli julio luglio lug julho",
    "aug août aout augustus agosto ago",
    "sep sept septembre septiembre settembre set setembro",
    "oct okt octobre oktober octubre ottobre ott outubro out",
    "nov novembre noviembre novembro",
    "dec déc dez dezember décembre diciembre dicembre dic dezembro",
)
_ENGLISH = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
_MONTH_WORDS = {word: _ENGLISH[index] for index, words in enumerate(_MONTHS) for word in words.split()}
_ENGLISH_WORDS = re.compile(
    r"(?:jan|feb|mar|apr|may|june?|july?|aug|sept?|oct|nov|dec|mon|tue|wed|thu|fri|sat|sun|am|pm|t|of|st|nd|rd|th|at)"
    r"(?:uary|ruary|ch|il|ust|tember|ember|ober|day|sday|nesday|rsday|urday)?",
    re.IGNORECASE,
)


def parse_date(raw: object) -> float | None:
    """Unix seconds, or ``None`` for what is no date, has no year or lies before 1995. Without a zone: UTC."""
    if not isinstance(raw, str):
        return None
    text = " ".join(raw[: _LONGEST * 2].split())
    if not text or len(text) > _LONGEST:
        return None
    if _EPOCH.fullmatch(text):
        seconds = float(text) / (1000 if len(text) == 13 and "." not in text else 1)
        return seconds if seconds >= EARLIEST else None
    text, extra = _MIDNIGHT.sub("00:00:00", text), bool(_MIDNIGHT.search(text))
    try:
        moment = _from_iso(text) or _from_mail(text) or _from_words(text)
        if moment is None:
            return None
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        seconds = (moment + timedelta(days=extra)).timestamp()
    except (ValueError, OverflowError, ArithmeticError):
        return None
    return seconds if seconds >= EARLIEST else None


def _from_iso(text: str) -> datetime | None:
    if not _ISO.match(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _from_mail(text: str) -> datetime | None:
    """RFC 822 and its heirs, such as ``Wed, 30 Sep 2026 10:18:34 CEST``."""
    if text[0].isdigit() and not re.match(r"\d{1,2}[ -][A-Za-z]{3}", text):
        return None
    fields = parsedate_tz(_with_offset(text))
    if fields is None:
        return None
    zone = tz.tzoffset(None, fields[9]) if fields[9] is not None else UTC
    return datetime(*fields[:6], tzinfo=zone)


def _with_offset(text: str) -> str:
    """The text with the zone's name at its end put as an offset, since the library knows few names."""
    start, _, last = text.rpartition(" ")
    hours = _HOURS.get(last.upper())
    if hours is None:
        return text
    minutes = round(abs(hours) * 60)
    return f"{start} {'-' if hours < 0 else '+'}{minutes // 60:02}{minutes % 60:02}"


def _zone(name: str | None, offset: int | None) -> tzinfo | None:
    if offset is not None:
        return tz.tzoffset(None, offset)
    hours = _HOURS.get((name or "").upper())
    return tz.tzoffset(None, hours * 3600) if hours is not None else None


def _from_words(text: str) -> datetime | None:
    """Whatever else names a full date, such as ``September 30, 2026 10:18 am`` or ``mer., 30 sept. 2026``."""
    if not _YEAR.search(text) or not _TWO_NUMBERS.search(text):
        return None
    words = _WORD.sub(_in_english, _WEEKDAY.sub("", text))
    blank = datetime(1, 1, 1)  # noqa: DTZ001
    return parser.parse(words, default=blank, tzinfos=_zone, dayfirst=bool(_DOTTED.match(words)))


def _in_english(word: re.Match[str]) -> str:
    """Months of other languages in English; weekdays and other words that the library does not know are dropped."""
    name = word[0].rstrip(".").lower()
    if name in _MONTH_WORDS:
        return _MONTH_WORDS[name]
    return word[0] if name.upper() in _HOURS or _ENGLISH_WORDS.fullmatch(name) else " "
