"""What remembers how far articles were read."""

from typing import Protocol


class PlaceStore(Protocol):
    """Remembers how far articles were read, for all panes."""

    async def load(self, headline_id: str) -> float | None:
        """Where reading was left, as the screen counts it; ``None``: never opened, or long ago."""
        ...

    async def keep(self, headline_id: str, place: float) -> None:
        """Note where reading was left."""
        ...
