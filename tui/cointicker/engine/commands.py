"""Every command that a key, the palette or the mouse can give: declared here once, all else derives from it."""

from dataclasses import dataclass
from enum import Enum


class Place(Enum):
    """Where a command means something."""

    ANYWHERE = "Anywhere"
    WATCHLIST = "Watchlist"
    HEADLINES = "Headlines"
    ARTICLE = "Article"
    FOUND = "Words found in an article"
    """Beside what the article itself understands, while words are looked for."""
    CHART = "Chart"
    """Of the coin whose screen is open."""
    HOLDINGS = "Holdings"
    ALERTS = "Alerts"
    COLUMNS = "Columns"
    """The choice of the watchlist's columns."""
    SOURCES = "Sources"
    """The sheet that tells how all sources stand, the feeds among them."""
    STORY = "Story"
    """The sheet that tells who carries a story."""
    SHEET = "Sheet"
    """Help, status and other rows laid over the screen."""


@dataclass(frozen=True, slots=True)
class Command:
    """Something that a person can ask for."""

    name: str
    """Its name in ``[keys]`` of the configuration."""
    keys: tuple[str, ...]
    """As Textual spells them; the first is the one that is shown."""
    help: str
    """What it does, as a sentence without a full stop."""
    places: tuple[Place, ...] = (Place.ANYWHERE,)
    label: str = ""
    """One word for the status line; empty: not shown there."""


_LISTS = tuple(place for place in Place if place is not Place.ANYWHERE)
_OPENING = (
    Place.WATCHLIST,
    Place.HEADLINES,
    Place.ARTICLE,
    Place.HOLDINGS,
    Place.ALERTS,
    Place.SOURCES,
    Place.STORY,
    Place.SHEET,
)
_NEWS = (Place.HEADLINES, Place.ARTICLE)
_MAIN = (Place.WATCHLIST, *_NEWS, Place.CHART)
_OWN_ORDER = (Place.WATCHLIST, Place.COLUMNS)
_LINKED = (*_NEWS, Place.CHART)
_CHART = (Place.CHART,)
_ARTICLE = (Place.ARTICLE,)
_SEARCHED = (Place.WATCHLIST, Place.HEADLINES, Place.CHART)
_SPANS = (Place.CHART, Place.WATCHLIST, Place.HEADLINES)

COMMANDS: tuple[Command, ...] = (
    Command("down", ("j", "down"), "Move down", _LISTS),
    Command("up", ("k", "up"), "Move up", _LISTS),
    Command("page_down", ("pagedown", "ctrl+d"), "Move a page down", _LISTS),
    Command("page_up", ("pageup", "ctrl+u"), "Move a page up", _LISTS),
    Command("top", ("g", "home"), "Go to the top", _LISTS),
    Command("bottom", ("G", "end"), "Go to the bottom", _LISTS),
    Command("open", ("enter", "l", "right"), "Open; on a coin: its chart and headlines", _OPENING),
    Command("back", ("escape", "h", "left"), "Go back; clear the filter"),
    Command("quit", ("q",), "Go back; from the main screen: quit"),
    Command("next_pane", ("tab",), "Go to the next pane"),
    Command("previous_pane", ("shift+tab",), "Go to the previous pane"),
    Command("search", ("slash",), "Search the headlines", _SEARCHED, label="search"),
    Command("find", ("slash",), "Find words in the article", (Place.ARTICLE, Place.FOUND)),
    Command("next_hit", ("n", "enter"), "Next place of the words", (Place.FOUND,)),
    Command("previous_hit", ("N", "p"), "Place of the words before", (Place.FOUND,)),
    Command("next_category", ("right_square_bracket",), "Next category"),
    Command("previous_category", ("left_square_bracket",), "Previous category"),
    Command("next_article", ("n",), "Next headline, opened if one is open", _NEWS),
    Command("previous_article", ("p",), "Previous headline, opened if one is open", _NEWS),
    Command("forward", ("space",), "A page down; at the end of an article the next unread one", _NEWS),
    Command("browse", ("o",), "Open in the browser", _LINKED),
    Command("copy", ("y",), "Copy the link", _LINKED),
    Command("copy_markdown", ("Y",), "Copy the link as Markdown; twice: the whole article", _NEWS),
    Command("copy_article", (), "Copy the whole article as Markdown", _ARTICLE),
    Command("share", ("E",), "Share with one of your own programs", _NEWS),
    Command("star", ("s",), "Star, or take the star away", _NEWS),
    Command("toggle_read", ("m",), "Mark read or unread", _NEWS),
    Command("read_all", ("A",), "Mark all headlines shown as read", (Place.HEADLINES,)),
    Command("read_above", ("R",), "Mark all headlines above as read", (Place.HEADLINES,)),
    Command("unread_only", ("U",), "Unread headlines only, or all again", (Place.HEADLINES,)),
    Command("starred_only", ("asterisk",), "Starred headlines only, or all again", (Place.HEADLINES,)),
    Command("one_source", ("F",), "Headlines of one source, or all again", (Place.HEADLINES,)),
    Command("save_search", ("ctrl+s",), "Keep the search under a name, as a category", (Place.HEADLINES,)),
    Command("delete_search", ("D",), "Delete the kept search that is shown; can be undone", (Place.HEADLINES,)),
    Command("sources", ("x",), "Show who else carries the story", _NEWS),
    Command("split", ("X",), "Take the story apart, or put it together again", (*_NEWS, Place.STORY)),
    Command("links", ("u",), "List the links of the article or the coin", (Place.ARTICLE, Place.CHART)),
    Command("next_stop", ("full_stop",), "Point at the next link or coin in the text; Enter opens it", _ARTICLE),
    Command("previous_stop", ("comma",), "Point at the link or coin before", _ARTICLE),
    Command("hints", ("semicolon",), "Letters on all that can be opened; upper case copies", _ARTICLE),
    Command("full_text", ("f",), "Switch between the feed's text and the full article", (Place.ARTICLE,)),
    Command("keep_text", ("F",), "Always open this feed's articles as this one stands: in full or not", _ARTICLE),
    Command("wider", ("plus", "equals_sign"), "Wider text", (Place.ARTICLE,)),
    Command("narrower", ("minus",), "Narrower text", (Place.ARTICLE,)),
    Command("line_spacing", ("L",), "Lines of the text close together or apart", _ARTICLE),
    Command("images", ("i",), "Show the pictures of the article, or their captions alone", _ARTICLE),
    Command("zen", ("z",), "Give the article or the coin the whole pane", (Place.ARTICLE, Place.CHART)),
    Command("span_24h", ("1",), "Chart of 24 hours", _SPANS),
    Command("span_7d", ("2",), "Chart of 7 days", _SPANS),
    Command("span_30d", ("3",), "Chart of 30 days", _SPANS),
    Command("span_90d", ("4",), "Chart of 90 days", _SPANS),
    Command("span_1y", ("5",), "Chart of a year", _SPANS),
    Command("span_max", ("6",), "Chart of all there is", _SPANS),
    Command("cross_left", ("left", "h"), "Crosshair to the left", _CHART),
    Command("cross_right", ("right", "l"), "Crosshair to the right", _CHART),
    Command("cross_far_left", ("shift+left",), "Crosshair far to the left", _CHART),
    Command("cross_far_right", ("shift+right",), "Crosshair far to the right", _CHART),
    Command("next_mark", ("full_stop",), "Crosshair to the next headline", _CHART),
    Command("previous_mark", ("comma",), "Crosshair to the headline before", _CHART),
    Command("open_mark", ("enter",), "Open the headline under the crosshair, else the current one", _CHART),
    Command("candles", ("v",), "Candles or a line", _CHART),
    Command("compare", ("x",), "Lay another coin over the chart, in percent", _CHART),
    Command("next_coin", ("n",), "Next coin of the watchlist", _CHART),
    Command("previous_coin", ("p",), "Previous coin of the watchlist", _CHART),
    Command("next_watchlist", ("w",), "Next watchlist"),
    Command("lists", ("W",), "Watchlists: turn, make, rename, delete, fill by a rule"),
    Command("add_coin", ("a",), "Search coins and add them to the watchlist", _MAIN, label="add"),
    Command("remove_coin", ("d",), "Take the coin out of the list; can be undone", (Place.WATCHLIST,)),
    Command("item_down", ("J", "shift+down"), "Move the coin or the column down", _OWN_ORDER),
    Command("item_up", ("K", "shift+up"), "Move the coin or the column up", _OWN_ORDER),
    Command("send_coin", ("m",), "Send the coin to another list", (Place.WATCHLIST,)),
    Command("alias", ("n",), "Give the coin a name of your own", (Place.WATCHLIST,)),
    Command("sort", ("S",), "Sort the watchlist; once more the other way, then your own order"),
    Command("sort_next", ("greater_than_sign",), "Sort by the next column"),
    Command("sort_previous", ("less_than_sign",), "Sort by the column before"),
    Command("whole_list", ("z",), "Give the watchlist the whole pane", (Place.WATCHLIST,)),
    Command("columns", ("C",), "Choose the columns of the watchlist"),
    Command("toggle_column", ("space", "enter"), "Show the column, or leave it out", (Place.COLUMNS,)),
    Command("default_columns", ("backspace",), "The columns as they were at first", (Place.COLUMNS,)),
    Command("currency", ("c",), "Choose the currency of all prices"),
    Command("holdings", ("H",), "Holdings: what you own and how it does"),
    Command("alerts", ("exclamation_mark",), "Alerts: what is watched for and what has fired"),
    Command("alert_me", ("b",), "An alert for this coin, its price filled in", (Place.WATCHLIST, Place.CHART)),
    Command("add_lot", ("a",), "Write a purchase or a sale down", (Place.HOLDINGS,)),
    Command("remove_lot", ("d",), "Strike the lot out; can be undone", (Place.HOLDINGS,)),
    Command("private", ("v",), "Hide all amounts, or show them", (Place.HOLDINGS,)),
    Command("add_alert", ("a",), "A new alert", (Place.ALERTS,)),
    Command("remove_alert", ("d",), "Take the alert away; can be undone", (Place.ALERTS,)),
    Command("rest_alert", ("space",), "Let the alert rest, or watch again", (Place.ALERTS,)),
    Command("snooze_alert", ("z",), "Let the alert rest for an hour", (Place.ALERTS,)),
    Command("add_feed", ("a",), "Read a feed, or that of a site", (Place.SOURCES,)),
    Command("remove_feed", ("d",), "Read the feed no more; can be undone", (Place.SOURCES,)),
    Command("check_feed", ("r",), "Visit the feed now, though it be gone", (Place.SOURCES,)),
    Command("mining", ("M",), "Bitcoin mining in full"),
    Command("theme", ("t",), "Next theme"),
    Command("refresh", ("r",), "Fetch now, within what the sources allow"),
    Command("status", ("e",), "Sources, errors and ages"),
    Command("looked_away", (), "What happened since you looked away", _MAIN),
    Command("undo", ("ctrl+z",), "Take back the last mark or change"),
    Command("palette", ("ctrl+p",), "Command palette"),
    Command("help", ("question_mark",), "Help for what has the focus", label="help"),
)

BY_NAME: dict[str, Command] = {command.name: command for command in COMMANDS}

_KEY_SIGNS = {
    "slash": "/",
    "question_mark": "?",
    "plus": "+",
    "asterisk": "*",
    "minus": "-",
    "equals_sign": "=",
    "exclamation_mark": "!",
    "greater_than_sign": ">",
    "less_than_sign": "<",
    "left_square_bracket": "[",
    "right_square_bracket": "]",
    "escape": "Esc",
    "enter": "Enter",
    "space": "Space",
    "pagedown": "PgDn",
    "pageup": "PgUp",
    "shift+tab": "Shift+Tab",
    "down": "↓",
    "up": "↑",
    "shift+down": "Shift+↓",
    "shift+up": "Shift+↑",
    "shift+left": "Shift+←",
    "shift+right": "Shift+→",
    "comma": ",",
    "semicolon": ";",
    "full_stop": ".",
    "left": "←",
    "right": "→",
}


def key_sign(key: str) -> str:
    """A key as people write it: ``/``, ``Ctrl+Z``, ``PgDn``."""
    if key in _KEY_SIGNS:
        return _KEY_SIGNS[key]
    if key.startswith("ctrl+"):
        return f"Ctrl+{key[5:].upper()}"
    return key if len(key) == 1 else key.capitalize()


class KeyClashError(ValueError):
    """Two commands that are live in one place ask for the same key."""


def assign_keys(changes: dict[str, str]) -> dict[str, tuple[str, ...]]:
    """Command name → its keys, after the person's own ``[keys]``: ``refresh = "r"`` or ``"r,f5"``; empty: no key.

    A key that a person gives to one command is taken from any other that has it by default.
    Raises ``KeyClashError`` where two of the person's own changes want the same key in the same place.
    """
    wanted = {name: tuple(key.strip() for key in keys.split(",") if key.strip()) for name, keys in changes.items()}
    assigned: dict[str, tuple[str, ...]] = {}
    for command in COMMANDS:
        if command.name in wanted:
            assigned[command.name] = wanted[command.name]
            continue
        taken = {key for name, keys in wanted.items() if _meet(BY_NAME[name], command) for key in keys}
        assigned[command.name] = tuple(key for key in command.keys if key not in taken)
    for name, keys in wanted.items():
        for other, other_keys in wanted.items():
            both = set(keys) & set(other_keys)
            if name < other and both and share_a_place(name, other):
                raise KeyClashError(f"{name} and {other} both ask for {key_sign(min(both))}")
    return assigned


def share_a_place(one: str, other: str) -> bool:
    """Whether two commands, by name, are ever live in one place, so that one key cannot mean both.

    Those that share a key as they are declared can share any: there the one of the place stands before the other.
    """
    first, second = BY_NAME[one], BY_NAME[other]
    return _meet(first, second) and not set(first.keys) & set(second.keys)


def _meet(one: Command, other: Command) -> bool:
    """Whether both are live in some place."""
    return Place.ANYWHERE in one.places or Place.ANYWHERE in other.places or bool(set(one.places) & set(other.places))
