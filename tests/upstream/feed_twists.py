"""Feeds that are well formed and unhelpful: entries without identity, date or title, or with wrong ones."""

import re
from collections.abc import Callable
from dataclasses import replace
from itertools import cycle

from upstream.wire import Reply

_ENTRY = re.compile(rb"<(item|entry)\b.*?</\1>", re.DOTALL)
_IDENTITY = re.compile(rb"<(guid|id)\b[^>]*>([^<]*)</\1>")
_DATE = re.compile(rb"<(pubDate|published|updated|dc:date)>([^<]*)</\1>")
_TITLE = re.compile(rb"<(title)\b[^>]*>(.*?)</title>", re.DOTALL)
BAD_DATES = (
    b"Wed, 99 Jan 2026 20:00:00 GMT", b"1767000000", b"0000-00-00", b"9999-12-31T23:59:59Z", b"1601-01-01T00:00:00Z",
    b"2026-02-30T10:00:00Z", b"vorgestern", b"", b"Wed, 14 Jan 2026 25:61:00 +9999",
)  # fmt: skip
"""What stands where a date should."""
FUTURE = b"Sat, 01 Jan 2050 00:00:00 GMT"


def _in_entries(pattern: re.Pattern[bytes], change: Callable[[re.Match[bytes]], bytes]) -> Callable[[Reply], Reply]:
    """A change of what matches within entries; the feed's own title, date and identity stay."""

    def twist(reply: Reply) -> Reply:
        return replace(reply, body=_ENTRY.sub(lambda entry: pattern.sub(change, entry[0]), reply.body))

    return twist


def _bad_dates(reply: Reply) -> Reply:
    dates = cycle(BAD_DATES)
    return _in_entries(_DATE, lambda date: b"<%b>%b</%b>" % (date[1], next(dates), date[1]))(reply)


FEED_TWISTS: dict[str, Callable[[Reply], Reply]] = {
    "dup_guids": _in_entries(_IDENTITY, lambda found: found[0].replace(found[2], b"the-same-for-all")),
    "no_guids": _in_entries(_IDENTITY, lambda _: b""),
    "no_titles": _in_entries(_TITLE, lambda _: b"<title/>"),
    "no_dates": _in_entries(_DATE, lambda _: b""),
    "bad_dates": _bad_dates,
    "future_dates": _in_entries(_DATE, lambda date: b"<%b>%b</%b>" % (date[1], FUTURE, date[1])),
    "bad_utf8": _in_entries(_TITLE, lambda title: b"<title>\xff\xfe " + title[2] + b"</title>"),
}
"""Fault → what becomes of the feed, where it is XML."""
