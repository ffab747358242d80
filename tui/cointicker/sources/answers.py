"""What it means when a site does not give the document that it was asked for, in words."""

from dataclasses import replace

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.http import Response
from cointicker.sources.parsing.walls import blocked, blocked_by
from cointicker.sources.server_time import retry_at
from cointicker.text.safe import shown_host

_WALL_STATUSES = frozenset({401, 403, 405, 406, 409, 429, 503})
"""What walls answer with, beside 200."""
_WAY_OUT = "a contact in the configuration, or headers of the feed, may open it"
_MEANINGS = {
    401: ("asks for a login to this {thing}", Cause.REFUSED),
    402: ("gives this {thing} to paying readers only", Cause.REFUSED),
    403: ("refuses to give this {thing} to programs", Cause.BLOCKED),
    404: ("has no {thing} at this address", Cause.MISSING),
    407: ("is behind a proxy that asks for a login", Cause.BLOCKED),
    408: ("gave up waiting for the question", Cause.TIMEOUT),
    410: ("has taken this {thing} down for good", Cause.GONE),
    429: ("asks for fewer visits", Cause.LIMITED),
    451: ("may not show this {thing} here, for legal reasons", Cause.BLOCKED),
}


def failed(url: str, words: str, cause: Cause = Cause.BROKEN, at: float | None = None) -> Failed:
    """``words`` complete the sentence that begins with the host; ``at`` is when to try again, Unix seconds."""
    return Failed(f"{shown_host(url) or 'This feed'} {words}", at, cause)


def with_way_out(failure: Failed) -> Failed:
    """The reason why a feed is refused to programs, with what a person may do about it."""
    if failure.cause is not Cause.BLOCKED:
        return failure
    return replace(failure, why=f"{failure.why}; {_WAY_OUT}")


def explain(response: Response, url: str, thing: str) -> Failed | None:
    """Why an answer holds no document, or ``None`` where it may. ``thing`` is what was asked for, such as ``feed``."""
    page = response.body[:65_536].decode("utf-8", "replace") if response.status in _WALL_STATUSES else ""
    owner = blocked_by(response.headers, page)
    if owner is not None:
        wall = blocked(owner)
        return failed(url, str(wall), wall.cause, retry_at(response))
    if 200 <= response.status < 300:
        return None
    words, cause = _meaning(response.status, thing)
    return failed(url, words, cause, retry_at(response))


def _meaning(status: int, thing: str) -> tuple[str, Cause]:
    if status in _MEANINGS:
        words, cause = _MEANINGS[status]
        return words.format(thing=thing), cause
    if status >= 500:
        return f"is out of order ({status})", Cause.SERVER
    if status >= 400:
        return f"does not accept the question ({status})", Cause.BROKEN
    return f"answers, but not with a {thing} ({status})", Cause.BROKEN
