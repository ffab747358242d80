"""What is a person's own beside the lists: what they hold, are to be told of, and the pegs of their coins."""

from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from cointicker.config.holdings import LotBook
from cointicker.engine.abroad import Abroad
from cointicker.engine.actions import AddAlert, LotChange, SnoozeAlert
from cointicker.engine.alert_readings import Readings
from cointicker.engine.alerts import AlertDesk
from cointicker.engine.board import Board
from cointicker.engine.handle import SourceHandle
from cointicker.engine.holdings import HoldingsDesk
from cointicker.engine.market import MarketDesk
from cointicker.engine.notifying import Notifier
from cointicker.engine.pegs import PegDesk
from cointicker.engine.ports import Store
from cointicker.engine.rates import Rates
from cointicker.engine.undoing import History


class Personal:
    """The desks of holdings, alerts and pegs, as one for the engine."""

    def __init__(
        self,
        store: Store,
        sources: SourceHandle,
        board: Board,
        market: MarketDesk,
        *,
        lots: LotBook | None,
        notifier: Notifier | None,
    ) -> None:
        """Without ``lots`` nothing is held; without ``notifier`` alerts are told in the terminal only."""
        abroad = Abroad(store, sources, board, market)
        self.holdings = HoldingsDesk(lots, board, Rates(store, board, abroad))
        self.alerts = AlertDesk(store, board, Readings(store, board), abroad, notifier)
        self.pegs = PegDesk(store, board, abroad, market.watched)

    @property
    def works(self) -> Mapping[str, Callable[[], Awaitable[None]]]:
        """What runs for ever, by name."""
        return {"holdings": self.holdings.keep, "alerts": self.alerts.keep, "pegs": self.pegs.keep}

    async def load(self) -> None:
        """Show what is stored."""
        await self.holdings.load()
        await self.alerts.load()
        await self.pegs.load()

    def coins(self) -> tuple[str, ...]:
        """Ids of the coins whose quotes are needed."""
        return (*self.holdings.coins(), *self.alerts.coins())

    def carry_out(self, action: LotChange | AddAlert | SnoozeAlert, history: History) -> Callable[[], Awaitable[None]]:
        """The work of an action; of a new alert, what is to be done before it is in the configuration."""
        match action:
            case AddAlert(alert):
                return partial(self.alerts.forget, alert.alert_id)
            case SnoozeAlert(alert_id, seconds):
                return partial(self.alerts.snooze, alert_id, seconds)
        return partial(self.holdings.change, action, history)
