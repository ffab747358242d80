"""Which coins a person means, and what there is to say about it."""

from collections.abc import Iterable
from dataclasses import dataclass

from cointicker.cli.output import Out, shown_name
from cointicker.config.problems import nearest
from cointicker.domain.freshness import Failed
from cointicker.domain.market import Quote
from cointicker.domain.mentions import known_coins
from cointicker.engine.engine import Engine
from cointicker.engine.state import Snapshot


@dataclass(frozen=True, slots=True)
class Chosen:
    """Ids of the coins to show."""

    listed: tuple[str, ...] = ()
    """Those of the watchlist in use, where it was asked for."""
    named: tuple[str, ...] = ()
    """Those that were named and are known."""

    @property
    def coins(self) -> tuple[str, ...]:
        """All of them, each once."""
        return tuple(dict.fromkeys((*self.listed, *self.named)))


async def choose(engine: Engine, names: tuple[str, ...], out: Out, *, list_given: bool) -> Chosen:
    """The coins that are named, or those of the watchlist where none is or it is asked for too.

    Says on stderr which names nobody knows, and which coin a shared symbol was taken for.
    """
    listed = await _listed(engine, out) if list_given or not names else ()
    if not names:
        return Chosen(listed)
    found, unknown = await engine.market.resolve(names)
    snapshot = engine.snapshot
    if isinstance(unknown, Failed):
        missing = ", ".join(shown_name(name) for name in names if name not in found)
        out.say(f"{missing}: not known here, and {snapshot.market_source} cannot tell: {unknown.why}")
    else:
        for name in unknown:
            out.say(unknown_coin(name, snapshot))
    for name, coin in found.items():
        if which := _which(name, coin, snapshot.quotes.values()):
            out.say(which)
    return Chosen(listed, tuple(dict.fromkeys(found[name] for name in names if name in found)))


async def _listed(engine: Engine, out: Out) -> tuple[str, ...]:
    """The coins of the watchlist in use; those of one by rule are found first."""
    why = await engine.rankings.find_coins()
    watchlist = engine.snapshot.watchlist
    if watchlist.rule and not watchlist.coins:
        out.say(f"the coins of {watchlist.name} ({watchlist.rule}) are not known" + (f": {why}" if why else ""))
    return watchlist.coins


def unknown_coin(name: str, snapshot: Snapshot) -> str:
    """The sentence about a name that nobody knows, with the nearest that somebody does."""
    if snapshot.offline:
        return f"no stored coin has the id or symbol {shown_name(name)}, and {snapshot.why_offline}"
    words = [word for quote in snapshot.quotes.values() for word in (quote.coin_id, quote.symbol)]
    words += [word for coin in known_coins() for word in (coin.coin_id, coin.symbol)]
    near = nearest(name, words)
    return f"no coin has the id or symbol {shown_name(name)}" + (f"; did you mean {near}?" if near else "")


def _which(name: str, coin: str, quotes: Iterable[Quote]) -> str:
    """Which of several coins that share a symbol was taken; empty where the name is clear."""
    wanted = name.strip().lower()
    if wanted == coin:
        return ""
    sharing = [quote for quote in quotes if quote.symbol.lower() == wanted]
    others = sum(quote.coin_id != coin for quote in sharing)
    if not others:
        return ""
    rank = next((quote.rank for quote in sharing if quote.coin_id == coin), None)
    ranked = f" (rank {rank})" if rank else ""
    more = "1 more coin is" if others == 1 else f"{others} more coins are"
    return f"{name} is {coin}{ranked}; {more} called {name}"
