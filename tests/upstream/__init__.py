"""The outside world on one local port: CoinGecko, feeds, article pages and mempool.space, in health and in sickness."""

from upstream.faults import FAULTS
from upstream.server import Upstream, serving
from upstream.wire import Request
from upstream.world import Clock, World

__all__ = ["FAULTS", "Clock", "Request", "Upstream", "World", "serving"]
