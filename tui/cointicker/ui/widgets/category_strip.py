"""What stands over the headlines: the filters that are on, then all that can be chosen, with what is unread of each."""

from collections.abc import Mapping
from dataclasses import dataclass

from cointicker.domain.categories import ALL, CATEGORIES, POPULAR
from cointicker.text.cells import cell_width, fit
from cointicker.ui.filters import Filter

_GAP = 3
_LEAST_CHIP = 5
"""Cells that a filter's words keep where many are on."""


@dataclass(frozen=True, slots=True)
class Label:
    """A part of the strip."""

    text: str
    ink: str
    choice: str = ""
    """What a click on it chooses."""
    off: str = ""
    """The filter that a click on it takes off, by the name of its field."""
    count: int = 0
    """Set behind it, unless it is 0."""
    command: str = ""
    """The command that a click on it gives, about what stands before it."""

    @property
    def gap(self) -> int:
        """Blank cells before it."""
        return 1 if self.command else _GAP

    @property
    def width(self) -> int:
        """Cells, with its count."""
        return cell_width(self.text) + (len(str(self.count)) + 1 if self.count else 0)


_DELETE = Label("✕", "label", command="delete_search")


def choices(saved: Mapping[str, object]) -> tuple[str, ...]:
    """All that can be chosen, in the order of the strip."""
    return (ALL, POPULAR, *saved, *CATEGORIES[1:])


def chips(wanted: Filter, symbol: str, room: int) -> list[Label]:
    """The filters that are on, the newest first: those words are cut that have to be, never one left out."""
    words = {
        "coin": f"{symbol} only",
        "query": f"/{wanted.query.text}",
        "unread": "unread only",
        "starred": "starred only",
        "source": f"{wanted.source} only",
    }
    texts = {name: words[name] for name in reversed(wanted.order)}
    while texts and sum(cell_width(text) + 2 + _GAP for text in texts.values()) > room:
        longest = max(texts, key=lambda name: cell_width(texts[name]))
        width = cell_width(texts[longest])
        if width <= _LEAST_CHIP:
            break
        texts[longest] = fit(words[longest], width - 1)
    return [Label(f"{text} ✕", "accent", off=name) for name, text in texts.items()]


def lay_out(
    wanted: Filter, saved: Mapping[str, object], unread: Mapping[str, int], symbol: str, width: int
) -> list[Label]:
    """The strip in so many cells: filters, then choices around the one in use; ``‹`` and ``›`` where there is more.

    A search that was kept and is in use has a ``✕`` behind it, which deletes it.
    """
    names = choices(saved)
    active = names.index(wanted.category) if wanted.category in names else 0
    tabs = [
        Label(name, "accent" if index == active else "secondary", name, count=unread.get(name, 0))
        for index, name in enumerate(names)
    ]
    delete = [_DELETE] if wanted.category in saved else []
    taken = sum(label.gap + label.width for label in delete)
    on = chips(wanted, symbol, width - 1 - tabs[active].width - taken - 2 * (1 + _GAP))
    room = width - 1 - taken - sum(label.width + _GAP for label in on)
    first = 0
    while first < active and sum(label.width + _GAP for label in tabs[first : active + 1]) > room - 4:
        first += 1
    labels = [Label("‹", "label", names[max(0, first - 1)])] if first else []
    room -= 4 if first else 0
    for index in range(first, len(tabs)):
        room -= tabs[index].width + _GAP
        if room < -_GAP + (4 if index + 1 < len(tabs) else 0) and index != active:
            labels.append(Label("›", "label", names[index]))
            break
        labels += [tabs[index], *(delete if index == active else ())]
    return on + labels
