"""How a feed stands, in words."""

from cointicker.domain.news import FeedHealth
from cointicker.text.numbers import format_age, format_duration
from cointicker.text.safe import shown_host


def word_feed(health: FeedHealth, hidden: int, now: float) -> str:
    """What the last visits brought, without the feed's name. ``hidden``: headlines that mute words hide."""
    parts = []
    if health.why:
        parts.append(reason_of(health))
        if health.ok_at is not None:
            parts.append(f"last ok {format_age(now - health.ok_at)} ago")
    elif health.ok_at is None:
        parts.append("not visited yet")
    else:
        parts += [f"ok {format_age(now - health.ok_at)} ago", f"{health.items} items"]
        if health.newest_at is not None:
            parts.append(f"newest {format_age(now - health.newest_at)} old")
    if hidden:
        parts.append(f"{hidden} hidden")
    if health.gone:
        parts.append("asked no more")
    elif health.address:
        parts.append(f"read at {health.address}")
    return ", ".join(parts)


def word_next(health: FeedHealth, now: float) -> str:
    """When the feed is visited next; empty where it is not, or not known."""
    if health.gone or health.next_at in {0.0, float("inf")}:
        return ""
    return f"next {format_duration(max(0.0, health.next_at - now))}"


def reason_of(health: FeedHealth) -> str:
    """Why the last visit failed, to stand beside the feed's name: without the host that it begins with."""
    return health.why.removeprefix(f"{shown_host(health.address or health.url)} ")
