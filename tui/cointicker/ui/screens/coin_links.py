"""What leads from a coin to the web: its page at the source and its own links."""

from typing import TYPE_CHECKING

from cointicker.domain.freshness import Failed
from cointicker.ui.screens.reading import ReadingCommands
from cointicker.ui.screens.sheet import Sheet
from cointicker.ui.sheets import coin_link_rows
from cointicker.ui.widgets.chart import PageWanted
from cointicker.ui.widgets.coin_facts import page_of

if TYPE_CHECKING:
    from cointicker.engine.state import Snapshot
    from cointicker.ui.screens.coin import CoinPanel

_NEVER = float("inf")


class CoinLinkCommands(ReadingCommands):
    """Brings a coin's links once nobody has to wait for anything else, and opens them."""

    if TYPE_CHECKING:
        coin: CoinPanel
        snapshot: Snapshot

        @property
        def coin_id(self) -> str: ...

        @property
        def coin_open(self) -> bool: ...

    _links_due = _NEVER
    """When to ask for the links of the coin that is open, Unix seconds."""

    def show_links(self, coin_id: str) -> None:
        """Show what is known of the links of another coin; what is not is asked for later."""
        known = self.engine.links.known(coin_id)
        self.coin.facts.links = known or ()
        self._links_due = 0.0 if known is None else _NEVER

    def refresh_links(self) -> None:
        """Ask for the links of the coin that is open, where they are not known and may be asked for again."""
        if self.coin_open and self.kit.clock() >= self._links_due:
            self._links_due = _NEVER
            self.run_worker(self._bring_links(self.coin_id), group="links", exclusive=True, exit_on_error=False)

    async def _bring_links(self, coin_id: str) -> None:
        answer = await self.engine.coin_links(coin_id, quiet=True)
        if coin_id != self.coin_id:
            return
        if isinstance(answer, Failed):
            self._links_due = answer.retry_at or _NEVER
        else:
            self.coin.facts.links = answer

    def command_links(self) -> None:
        """List the links of the coin that is open, else those of the article."""
        if self.coin_open:
            self.run_worker(self._list_links(self.coin_id), group="link list", exclusive=True, exit_on_error=False)
        else:
            super().command_links()

    async def _list_links(self, coin_id: str) -> None:
        if self.engine.links.known(coin_id) is None:
            self._say(f"asking {self.snapshot.market_source} …")
        answer = await self.engine.coin_links(coin_id)
        if coin_id != self.coin_id or self.app.screen is not self:
            return  # the person has gone on
        links, why = ((), answer.why) if isinstance(answer, Failed) else (answer, "")
        if not why:
            self.coin.facts.links = links
        addresses = [page_of(coin_id), *(link.url for link in links)]

        def chosen(index: int | None) -> None:
            if index is not None:
                self._browse(addresses[index])

        rows = coin_link_rows(addresses[0], links, why)
        self.app.push_screen(Sheet(self.kit, self.keymap, "Links", rows), chosen)

    def on_page_wanted(self, event: PageWanted) -> None:
        """Open the coin's page in the browser, or copy its address."""
        url = page_of(self.coin_id)
        if event.copied:
            self.app.copy_to_clipboard(url)
            self._say(f"copied {url}")
        else:
            self._browse(url)
