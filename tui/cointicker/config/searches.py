"""``[searches]``: searches of the headlines that a person keeps, each under a name that stands among the categories."""

from cointicker.config.differences import Data, EditError
from cointicker.config.documents import Report
from cointicker.config.edits import LIST_NAME_CELLS, SettingsEdit
from cointicker.config.problems import Key, shown
from cointicker.config.settings import Settings
from cointicker.domain.categories import POPULAR, category_named
from cointicker.domain.queries import LONGEST, parse_query
from cointicker.domain.queries import Key as QueryKey
from cointicker.text.cells import cell_width
from cointicker.text.safe import clean


def check_searches(raw: object, key: Key, report: Report) -> dict[str, str] | None:
    """Names and what is searched for. What makes no sense in a search is told; the rest of it is used."""
    if not isinstance(raw, dict):
        report.say(key, f"must be a section, such as [searches], not {shown(raw)}")
        return None
    kept: dict[str, str] = {}
    for name, text in raw.items():
        here = (*key, name)
        wrong = name_trouble(clean(name))
        query = clean(text, LONGEST)
        if wrong:
            report.say(here, wrong)
        elif not query:
            report.say(here, f'must be a search, such as "coin:btc etf", not {shown(text)}')
        else:
            kept[clean(name)] = query
            # Which coins there are is not known here.
            told = [each.why for each in parse_query(query, 0.0).mistakes if f"{QueryKey.COIN.value}:" not in query]
            if told:
                report.say(here, f"is not understood whole: {told[0]}")
    return kept


def name_trouble(name: str) -> str:
    """Why a search cannot be kept under a name, as the rest of a sentence; empty where it can."""
    if not name or cell_width(name) > LIST_NAME_CELLS:
        return f"must have a name of at most {LIST_NAME_CELLS} cells"
    if category_named(name) or name.lower() == POPULAR.lower():
        return "has the name of a category"
    return ""


def keep_search(name: str, query: str) -> SettingsEdit:
    """Keep a search under a name, in place of one that has it."""

    def edit(data: Data, _: Settings) -> None:
        if wrong := name_trouble(name):
            raise EditError(f"the search {wrong}")
        _searches(data)[str(name)] = str(query)

    return edit


def delete_search(name: str) -> SettingsEdit:
    """Forget a search."""

    def edit(data: Data, _: Settings) -> None:
        searches = _searches(data)
        key = next((each for each in searches if clean(each) == name), None)
        if key is None:
            raise EditError(f"no search is called {name}")
        del searches[key]

    return edit


def _searches(data: Data) -> Data:
    searches: Data = data.setdefault("searches", {})
    if not isinstance(searches, dict):
        raise EditError("searches is not a section in the file")
    return searches
