"""What the sheets say: help, the state of every source, links, the sources of a story."""

from collections.abc import Mapping, Sequence

from cointicker.domain.freshness import Failed, Fresh, Freshness, Stale
from cointicker.domain.links import CoinLink
from cointicker.domain.news import Article, Story
from cointicker.engine.commands import COMMANDS, Place, key_sign
from cointicker.engine.state import Part, Snapshot
from cointicker.text.numbers import format_age, format_duration
from cointicker.text.safe import shown_host
from cointicker.ui.budget_words import budget_rows
from cointicker.ui.feed_rows import feed_rows
from cointicker.ui.screens.sheet import SheetRow
from cointicker.ui.words import ATTRIBUTION


def help_rows(place: Place, keys: Mapping[str, tuple[str, ...]]) -> list[SheetRow]:
    """The commands that mean something in a place, then those that do everywhere."""
    rows: list[SheetRow] = []
    for where in dict.fromkeys((place, Place.ANYWHERE)):
        rows.append(SheetRow(where.value, ink="secondary"))
        for command in COMMANDS:
            if where in command.places and keys.get(command.name):
                signs = " ".join(map(key_sign, keys[command.name]))
                rows.append(SheetRow(command.help, label=signs))
        rows.append(SheetRow(""))
    rows.append(SheetRow("The mouse works everywhere: coins, headlines, categories, lists, links.", ink="secondary"))
    rows.append(SheetRow("Keys are changed under [keys] in the configuration.", ink="secondary"))
    return rows


def status_rows(snapshot: Snapshot, problems: tuple[str, ...], now: float) -> list[SheetRow]:
    """How every source stands, what it last said, and what is wrong with the configuration."""
    rows = [
        _source_row(snapshot.market_source or "Prices", snapshot.market, now),
        _source_row("Mining", snapshot.mining_part, now),
        SheetRow(f"{ATTRIBUTION}, coingecko.com", ink="label"),
    ]
    if not snapshot.demo:
        rows += [SheetRow(words, ink="secondary") for words in budget_rows(snapshot)]
    rows.append(SheetRow(""))
    rows += feed_rows(snapshot, now)
    if problems:
        rows += [SheetRow(""), SheetRow("Configuration", ink="secondary")]
        rows += [SheetRow(problem, ink="down") for problem in problems]
    if snapshot.notices:
        rows += [SheetRow(""), SheetRow("Said lately", ink="secondary")]
        rows += [SheetRow(notice.text, ink="down" if notice.grave else "text") for notice in snapshot.notices[-8:]]
    return rows


def _source_row(name: str, part: Part, now: float) -> SheetRow:
    words, ink = _state_words(part.freshness, now)
    return SheetRow(f"{name}: {words}", _next(part.next_at, now), ink)


def _state_words(state: Freshness, now: float) -> tuple[str, str]:
    match state:
        case Fresh(at):
            return f"fresh, {format_age(now - at)} ago", "text"
        case Stale(since, why):
            return f"from {format_age(now - since)} ago: {why}", "accent"
        case Failed(why):
            return why, "down"
        case _:
            return "not asked yet", "label"


def _next(at: float | None, now: float) -> str:
    return "" if at is None or at == float("inf") else f"next {format_duration(max(0.0, at - now))}"


def link_rows(article: Article) -> list[SheetRow]:
    """The links of an article with the host that each leads to."""
    return [
        SheetRow(link.text or link.url, shown_host(link.url), label=str(link.number), chosen=True)
        for link in article.links
    ]


def coin_link_rows(page: str, links: Sequence[CoinLink], why: str) -> list[SheetRow]:
    """A coin's page at the source, then its own links; ``why`` there are no more, where that is known."""
    told = [(page, "prices"), *((link.url, link.kind.value) for link in links)]
    rows = [SheetRow(_short(url), kind, label=str(number), chosen=True) for number, (url, kind) in enumerate(told, 1)]
    return [*rows, SheetRow(f"no more: {why}", ink="label")] if why else rows


def _short(url: str) -> str:
    """An address without what all of them have."""
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/")


def source_rows(story: Story, now: float) -> list[SheetRow]:
    """All that tell a story, the first to tell it first."""
    return [
        SheetRow(headline.title, f"{headline.source}  {format_age(now - headline.at)}", chosen=True)
        for headline in story.headlines
    ]
