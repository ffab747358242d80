"""The outlets of the demo world. None exists; ``.example`` is a domain that nobody can have (RFC 2606)."""

from dataclasses import dataclass
from urllib.parse import urlsplit

from cointicker.domain.news import Feed

DESKS: dict[str, str] = {
    "mining": "Mining",
    "bitcoin": "Bitcoin",
    "ethereum": "Ethereum",
    "xrp": "XRP",
    "altcoins": "Altcoins",
    "nft": "NFT",
    "blockchain": "Blockchain",
    "web3": "Web3",
    "defi": "DeFi",
    "finance": "Finance",
    "stocks": "Stocks",
    "company": "Company",
}
"""Desk → the tag that its stories carry."""

EVERYTHING = tuple(DESKS)


@dataclass(frozen=True, slots=True)
class Outlet:
    """A newspaper of the demo world."""

    name: str
    host: str
    desks: tuple[str, ...]
    """What it writes about."""
    authors: tuple[str, ...]
    categories: tuple[str, ...] = ()
    """What a person would configure for its feed."""

    @property
    def feed_url(self) -> str:
        """Address of its feed."""
        return f"https://{self.host}/feed"


OUTLETS: tuple[Outlet, ...] = (
    Outlet("Coinwire", "coinwire.example", EVERYTHING, ("News Desk", "A. Sample", "B. Placeholder")),
    Outlet(
        "Hashtown Herald", "hashtown-herald.example", ("mining",), ("Power Desk", "C. Specimen"), ("Mining", "Company")
    ),
    Outlet("Satsville Sun", "satsville-sun.example", ("bitcoin", "mining"), ("Sun Staff", "D. Template"), ("Bitcoin",)),
    Outlet("Etherton Echo", "etherton-echo.example", ("ethereum", "defi"), ("Echo Staff", "E. Mockup")),
    Outlet("Ripplemouth Record", "ripplemouth-record.example", ("xrp", "altcoins"), ("Record Staff",)),
    Outlet("Mintfield Mirror", "mintfield-mirror.example", ("nft", "web3"), ("Mirror Staff", "F. Dummy")),
    Outlet("Yieldham Post", "yieldham-post.example", ("defi", "blockchain", "altcoins"), ("Rates Desk", "G. Stub")),
    Outlet(
        "Marketon Monitor",
        "marketon-monitor.example",
        ("finance", "stocks", "company"),
        ("Markets Desk", "H. Model"),
        ("Finance",),
    ),
    Outlet("Blockburgh Bugle", "blockburgh-bugle.example", EVERYTHING, ("Bugle Staff", "I. Pattern")),
    Outlet("Ledger Lane", "ledger-lane.example", EVERYTHING, ("Lane Editors",)),
)

DEMO_FEEDS: tuple[Feed, ...] = tuple(Feed(outlet.feed_url, outlet.name, outlet.categories) for outlet in OUTLETS)
"""The feeds of the demo, as a person would configure them."""


def outlet_at(url: str) -> Outlet | None:
    """The outlet that an address belongs to."""
    host = urlsplit(url).hostname
    return next((outlet for outlet in OUTLETS if outlet.host == host), None)
