"""What a person wants to see of the headlines: one of the choices in the strip, narrowed by any number of filters."""

from dataclasses import dataclass, replace
from typing import Any, Self

from cointicker.domain.categories import ALL
from cointicker.domain.queries import Query

_NOTHING = Query()
_OFF: dict[str, Any] = {"coin": "", "query": _NOTHING, "unread": False, "starred": False, "source": ""}


@dataclass(frozen=True, slots=True)
class Filter:
    """Made by ``put``, which remembers in which order the filters were put on."""

    category: str = ALL
    """``ALL``, ``POPULAR``, a category, or the name of a search that was kept."""
    coin: str = ""
    """CoinGecko id; empty: any."""
    query: Query = _NOTHING
    """What is searched for; false: nothing."""
    unread: bool = False
    """Unread stories only."""
    starred: bool = False
    source: str = ""
    """The name of the only source; empty: any."""
    order: tuple[str, ...] = ()
    """The filters that are on, by the names of their fields, the newest last."""

    @property
    def narrow(self) -> bool:
        """Whether it is narrower than what the strip offers."""
        return bool(self.order)

    def put(self, **changes: Any) -> Self:
        """With filters set, taken off or, with ``category``, over another choice."""
        order = [name for name in self.order if changes.get(name, True) != _OFF[name]]
        order += [name for name, value in changes.items() if name in _OFF and value != _OFF[name] and name not in order]
        return replace(self, **changes, order=tuple(order))

    def without(self, name: str) -> Self:
        """With one filter taken off."""
        return self.put(**{name: _OFF[name]})

    def without_newest(self) -> Self:
        """With the filter taken off that was put on last."""
        return self.without(self.order[-1]) if self.order else self
