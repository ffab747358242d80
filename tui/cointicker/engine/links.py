"""The links desk: where a coin is at home on the web, asked once in a run."""

import asyncio

from cointicker.domain.freshness import Failed
from cointicker.domain.links import CoinLink
from cointicker.engine.allowance import Allowance
from cointicker.engine.handle import SourceHandle

_MOST_REMEMBERED = 200
"""Coins."""


class LinkDesk:
    """Asks once for each coin, and remembers the answer as long as the program runs: it hardly ever changes."""

    def __init__(self, sources: SourceHandle, allowance: Allowance) -> None:
        self._sources = sources
        self._allowance = allowance
        self._found: dict[str, tuple[CoinLink, ...]] = {}
        self._one_at_a_time = asyncio.Lock()

    def known(self, coin_id: str) -> tuple[CoinLink, ...] | None:
        """What was found before; ``None``: it was not asked for yet."""
        return self._found.get(coin_id)

    async def links(self, coin_id: str, *, quiet: bool) -> tuple[CoinLink, ...] | Failed:
        """The links of a coin; one call the first time. ``quiet``: nobody waits for them."""
        async with self._one_at_a_time:
            if (found := self.known(coin_id)) is not None:
                return found
            if refused := await self._allowance.refusal(quiet=quiet):
                return refused
            answer = await (await self._sources.get()).market.links(coin_id)
            await self._allowance.note(answer)
            if not isinstance(answer, Failed):
                if len(self._found) >= _MOST_REMEMBERED:
                    del self._found[next(iter(self._found))]
                self._found[coin_id] = answer
            return answer
