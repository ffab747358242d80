"""What can be asked of the engine: one frozen value for each."""

from dataclasses import dataclass

from cointicker.config.settings import Setting
from cointicker.domain.alerts import Alert
from cointicker.domain.news import Feed
from cointicker.domain.portfolio import Lot


@dataclass(frozen=True, slots=True)
class Refresh:
    """Fetch everything now, within what the sources allow."""


@dataclass(frozen=True, slots=True)
class MarkRead:
    """Mark headlines read or unread; can be undone."""

    headline_ids: tuple[str, ...]
    read: bool
    quietly: bool = False
    """A consequence of opening an article: nothing to say and nothing to undo."""


@dataclass(frozen=True, slots=True)
class Star:
    """Star headlines or take their stars away; can be undone."""

    headline_ids: tuple[str, ...]
    starred: bool


@dataclass(frozen=True, slots=True)
class SplitStory:
    """Let the headlines of a story stand alone, or put them together again; can be undone."""

    story_id: str
    """Id of the headline that leads the story, or led it."""
    headline_ids: tuple[str, ...]
    apart: bool


@dataclass(frozen=True, slots=True)
class KeepPlace:
    """Note how far an article was read."""

    headline_id: str
    place: float
    """As the screen counts it."""


@dataclass(frozen=True, slots=True)
class Undo:
    """Take back the last mark or the last change of the configuration."""


@dataclass(frozen=True, slots=True)
class UseWatchlist:
    """Show another watchlist."""

    index: int


@dataclass(frozen=True, slots=True)
class UseCurrency:
    """Show prices in another currency, for this run."""

    code: str
    """One of ``domain.market.CURRENCIES``."""


@dataclass(frozen=True, slots=True)
class ShowGlobal:
    """Somebody looks at the state of the whole market, or no longer; it is fetched only meanwhile."""

    shown: bool


@dataclass(frozen=True, slots=True)
class AddCoins:
    """Watch coins, at the end of a list."""

    ids: tuple[str, ...]
    list_name: str | None = None
    """``None``: the list in use."""


@dataclass(frozen=True, slots=True)
class RemoveCoin:
    """Take a coin out of the list in use."""

    coin_id: str
    list_name: str | None = None
    """``None``: the list in use."""


@dataclass(frozen=True, slots=True)
class MoveCoin:
    """Give a coin another place in its list."""

    coin_id: str
    to_index: int
    """From 0; what lies outside the list means its end."""
    list_name: str | None = None
    """``None``: the list in use."""


@dataclass(frozen=True, slots=True)
class NewList:
    """Make a list, behind the others."""

    name: str
    rule: str = ""
    """As ``domain.rules`` spells it; empty: a list of a person's own, without coins yet."""


@dataclass(frozen=True, slots=True)
class RenameList:
    """Call a list otherwise; it keeps its place and its sort."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class DeleteList:
    """Forget a list, though not the last one."""

    name: str


@dataclass(frozen=True, slots=True)
class SendCoin:
    """Move a coin to the end of another list."""

    coin_id: str
    to_list: str
    from_list: str | None = None
    """``None``: the list in use."""


@dataclass(frozen=True, slots=True)
class SetAlias:
    """Show a coin under another name."""

    coin_id: str
    alias: str
    """Empty: its symbol again."""


@dataclass(frozen=True, slots=True)
class SetColumns:
    """Choose the columns of the watchlist and their order."""

    names: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class SetSort:
    """Sort a list."""

    list_name: str
    column: str
    """Empty: the person's own order."""
    descending: bool = False


@dataclass(frozen=True, slots=True)
class KeepCurrency:
    """Show prices in another currency, now and from now on."""

    code: str
    """One of ``domain.market.CURRENCIES``."""


@dataclass(frozen=True, slots=True)
class KeepTheme:
    """Use another palette, now and from now on."""

    name: str


@dataclass(frozen=True, slots=True)
class KeepSetting:
    """Set anything of the configuration."""

    path: tuple[str, ...]
    """Such as ``("ui", "bar")``."""
    value: Setting
    """``None``: the default again."""


@dataclass(frozen=True, slots=True)
class AddLot:
    """Write a purchase or a sale down; can be undone, as can the next two."""

    lot: Lot
    """Its ``lot_id`` and ``line`` do not count."""


@dataclass(frozen=True, slots=True)
class EditLot:
    """Write a lot anew."""

    lot_id: str
    lot: Lot


@dataclass(frozen=True, slots=True)
class RemoveLot:
    """Strike a lot out."""

    lot_id: str


@dataclass(frozen=True, slots=True)
class AddAlert:
    """Watch for something; can be undone, as can the next two."""

    alert: Alert


@dataclass(frozen=True, slots=True)
class RemoveAlert:
    """Watch for it no more."""

    alert_id: str


@dataclass(frozen=True, slots=True)
class EnableAlert:
    """Let an alert rest, or watch again."""

    alert_id: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class SnoozeAlert:
    """Let an alert rest for a while; after it, also one that fires once can fire again."""

    alert_id: str
    seconds: float
    """0: wake it now."""


@dataclass(frozen=True, slots=True)
class AddFeeds:
    """Read feeds, behind the others; those that are read already stay as they are."""

    feeds: tuple[Feed, ...]


@dataclass(frozen=True, slots=True)
class RemoveFeed:
    """Read a feed no more; what was read and starred of it stays stored."""

    url: str


@dataclass(frozen=True, slots=True)
class KeepFeedText:
    """Open the articles of a feed in full from now on, or as the feed gives them."""

    url: str
    full: bool


@dataclass(frozen=True, slots=True)
class CheckFeeds:
    """Visit feeds now, within what their hosts allow, though they be gone."""

    urls: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepSearch:
    """Keep a search of the headlines under a name, in place of one that has it."""

    name: str
    query: str
    """As ``domain.queries`` reads it."""


@dataclass(frozen=True, slots=True)
class DeleteSearch:
    """Forget a search that was kept."""

    name: str


@dataclass(frozen=True, slots=True)
class Attend:
    """The person has turned to this pane, or away from it: its terminal says that it has the focus, or lost it."""

    on: bool


@dataclass(frozen=True, slots=True)
class Touch:
    """The person has pressed a key or moved the mouse."""

    reads: bool
    """A key or a button: what there was to tell has been read."""


@dataclass(frozen=True, slots=True)
class LookBack:
    """Show again what happened while the person looked away."""


LotChange = AddLot | EditLot | RemoveLot

Change = (
    AddCoins
    | RemoveCoin
    | MoveCoin
    | NewList
    | RenameList
    | DeleteList
    | SendCoin
    | SetAlias
    | SetColumns
    | SetSort
    | KeepCurrency
    | KeepTheme
    | KeepSetting
    | KeepSearch
    | DeleteSearch
    | AddAlert
    | RemoveAlert
    | EnableAlert
    | AddFeeds
    | RemoveFeed
    | KeepFeedText
)
"""What is written into the configuration at once, and can be undone."""

View = UseWatchlist | UseCurrency | ShowGlobal

Attention = Attend | Touch | LookBack

Action = (
    Refresh
    | CheckFeeds
    | MarkRead
    | Star
    | SplitStory
    | KeepPlace
    | Undo
    | View
    | Change
    | LotChange
    | SnoozeAlert
    | Attention
)
