"""How the state of things is put into words, once for all widgets."""

from cointicker.domain.categories import ALL
from cointicker.domain.freshness import Failed, Fresh, Stale, Waiting
from cointicker.engine.finding import Found
from cointicker.engine.state import OFFLINE, Part, Snapshot
from cointicker.text.cells import cell_width, fit
from cointicker.text.numbers import format_age, format_clock, format_duration
from cointicker.ui.filters import Filter

DEMO_HINT = "cointicker --demo shows what it looks like"
ATTRIBUTION = "Data provided by CoinGecko"
"""The form that CoinGecko's brand guide asks for, near the data."""
SHORT_ATTRIBUTION = "Source: CoinGecko"
"""Another that it allows, for where there is less room."""

_AND = " · "
_SHORTEST_WHY = 7
"""Cells that a reason needs to say anything."""
_SLOW = 1.0
"""Seconds that a fetch may take without a word."""


def retry_words(retry_at: float | None, now: float) -> str:
    """When the next try is due."""
    if retry_at is None:
        return ""
    return "trying again now" if retry_at <= now else f"trying again in {format_duration(retry_at - now)}"


def failed_words(failed: Failed) -> str:
    """Why something could not be had and when it is tried again, in words that stay true while they stand there."""
    if failed.retry_at is None:
        return failed.why
    at = format_clock(failed.retry_at)
    return f"{failed.why}; trying again {'then' if failed.why.endswith(at) else f'at {at}'}"


def no_prices(snapshot: Snapshot, now: float) -> tuple[str, ...]:
    """Why there are no prices at all; empty where there are some."""
    if snapshot.quotes:
        return ()
    return _nothing(snapshot, snapshot.market, "prices", now)


def no_headlines(snapshot: Snapshot, now: float) -> tuple[str, ...]:
    """Why there are no headlines at all; empty where there are some."""
    if snapshot.stories:
        return ()
    if not snapshot.feeds_total:
        return ("No feeds are configured.", "Add [[news.feeds]] to the file that `cointicker config path` names.")
    return _nothing(snapshot, snapshot.news, "headlines", now)


_NAMES = {"coin": "coin", "query": "search", "unread": "unread only", "starred": "starred only", "source": "source"}


def none_pass(wanted: Filter, found: Found | None) -> tuple[str, ...]:
    """Why no headline passes a filter, what was looked at, and a way out."""
    where = "" if wanted.category == ALL else f" in {wanted.category}"
    if not wanted.narrow:
        return (f"No headlines{where}.",)
    ways = f"Esc takes off the last filter ({_NAMES[wanted.order[-1]]})." if len(wanted.order) > 1 else "Esc clears it."
    if not wanted.query:
        return (f"No headline{where} passes this filter.", ways)
    if found is None:
        return (f"No headline{where} that is loaded passes this filter.", "Looking through all that is stored …")
    searched = f"Searched: title, summary, tags and article of {found.searched:,} stored headlines."
    shorter = "Fewer words find more; a word with * at its end finds all that begin so."
    limited = (f"{found.limited.capitalize()}.",) if found.limited else ()
    return (f"No headline{where} passes this filter.", searched, *limited, shorter, ways)


def _nothing(snapshot: Snapshot, part: Part, what: str, now: float) -> tuple[str, ...]:
    state = part.freshness
    if snapshot.offline:
        return (f"No {what} are stored, and {snapshot.why_offline}.", f"{DEMO_HINT}.")
    if isinstance(state, Failed):
        again = retry_words(state.retry_at, now)
        return (f"No {what} yet: {state.why}.", f"{again.capitalize()}." if again else "", f"{DEMO_HINT}.")
    if isinstance(state, Stale):
        return (f"No {what}: {state.why}.", f"{retry_words(state.retry_at, now).capitalize()}.")
    if isinstance(state, Waiting) or part.busy:
        return (f"Fetching {what} …",)
    return (f"There are no {what}.",)


def market_age(snapshot: Snapshot, now: float) -> tuple[str, str]:
    """The colour of the market's state, and how old it is in words."""
    state = snapshot.market.freshness
    if isinstance(state, Fresh):
        late = now - state.at > 3 * snapshot.refresh
        return ("accent" if late else "up"), f"{format_age(now - state.at)} ago"
    if isinstance(state, Stale):
        return "accent", f"{format_age(now - state.since)} ago"
    if isinstance(state, Failed):
        return "down", "no prices"
    return "label", "no prices" if snapshot.offline else "fetching"


def market_trouble(snapshot: Snapshot, now: float) -> str:
    """What is wrong with the prices and when it is tried again; empty when nothing is."""
    state = snapshot.market.freshness
    if not isinstance(state, Stale | Failed):
        return ""
    again = retry_words(state.retry_at, now)
    return f"{state.why} · {again}" if again else state.why


def short_trouble(snapshot: Snapshot, now: float, room: int) -> str:
    """The same in so many cells: when it is tried again is told in any case, as much of why as there is room for."""
    whole = market_trouble(snapshot, now)
    state = snapshot.market.freshness
    if whole == OFFLINE and cell_width(whole) > room:
        whole = "offline"
    if cell_width(whole) <= room or not isinstance(state, Stale | Failed) or state.retry_at is None:
        return fit(whole, max(0, room))
    again = retry_words(state.retry_at, now).removeprefix("trying ")
    left = room - cell_width(again) - len(_AND)
    return f"{fit(state.why, left)}{_AND}{again}" if left >= _SHORTEST_WHY else fit(again, max(0, room))


def next_words(snapshot: Snapshot, now: float) -> str:
    """When prices are fetched next."""
    if snapshot.offline:
        return "offline"
    if snapshot.market.next_at is None:
        return "fetching" if snapshot.market.busy else ""
    if snapshot.market.busy and now - snapshot.market.next_at > _SLOW:
        return "fetching"
    return f"next {format_duration(snapshot.market.next_at - now)}"
