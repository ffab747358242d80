"""Who may ask CoinGecko, and how often."""

from datetime import UTC, datetime

from upstream.errors import demo_limited, limited, pro_key_here, wrong_key
from upstream.wire import Reply, Request

_MINUTE = 60.0


class Gate:
    """Keys and calls in a minute, as the public host counts them: refused calls count too."""

    def __init__(self, *, demo_key: str, calls: int | None) -> None:
        """``demo_key``: the only key that is known (empty: any is); ``calls``: so many in a minute (``None``: any)."""
        self._key = demo_key
        self._calls = calls
        self._asked: dict[str, list[float]] = {}

    def refuse(self, request: Request) -> Reply | None:
        """Why a request is not answered, or ``None``."""
        if "x-cg-pro-api-key" in request.headers or "x_cg_pro_api_key" in request.query:
            return pro_key_here()
        key = request.headers.get("x-cg-demo-api-key") or request.query.get("x_cg_demo_api_key", "")
        if key and self._key and key != self._key:
            return wrong_key()
        if self._calls is None:
            return None
        recent = [at for at in self._asked.get(key, ()) if at > request.at - _MINUTE]
        self._asked[key] = [*recent, request.at]
        if len(recent) < self._calls:
            return None
        if not key:
            return limited()
        reset = datetime.fromtimestamp((request.at // _MINUTE + 1) * _MINUTE, UTC)
        return demo_limited(self._calls, f"{reset:%Y-%m-%d %H:%M:%S} +0000")
