"""The parts of the store that one desk each needs; what a part can do is said where that desk is."""

from typing import Protocol

from cointicker.engine.archive import Archive
from cointicker.engine.finding import SearchStore
from cointicker.engine.grouping import TellingStore
from cointicker.engine.leasing import LeaseStore
from cointicker.engine.ledger import LedgerStore
from cointicker.engine.notifying import AlertStore
from cointicker.engine.panes import PaneStore
from cointicker.engine.reading_places import PlaceStore
from cointicker.engine.splitting import SplitStore


class Books(Protocol):
    """What is kept between runs and shared by all panes, each part by the desk that it is for."""

    @property
    def search(self) -> SearchStore:
        """What finds headlines."""
        ...

    @property
    def splits(self) -> SplitStore:
        """Which stories a person took apart."""
        ...

    @property
    def tellings(self) -> TellingStore:
        """Where headlines were put when they were grouped into stories."""
        ...

    @property
    def archive(self) -> Archive:
        """All of it, page by page."""
        ...

    @property
    def alerts(self) -> AlertStore:
        """What is remembered of alerts."""
        ...

    @property
    def panes(self) -> PaneStore:
        """Who else is there."""
        ...

    @property
    def leases(self) -> LeaseStore:
        """Who fetches what."""
        ...

    @property
    def ledger(self) -> LedgerStore:
        """The calls that were made."""
        ...

    @property
    def places(self) -> PlaceStore:
        """How far articles were read."""
        ...
