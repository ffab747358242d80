"""A coin's own links, out of CoinGecko's ``coins/{id}``."""

import re
from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import urlsplit

from cointicker.domain.freshness import Cause, Failed
from cointicker.domain.links import CoinLink, LinkKind
from cointicker.sources.http import Response
from cointicker.text.safe import vet_url

_MOST = 3
"""Links of one kind; some coins name ten explorers."""
_MOST_LOOKED_AT = 50
_HANDLE = re.compile(r"[A-Za-z0-9_]{1,50}")


def parse_links(document: object, response: Response) -> tuple[CoinLink, ...] | Failed:  # noqa: ARG001
    """The links that may be opened, each once; what pads the lists and what is no address is left."""
    if not isinstance(document, Mapping) or not isinstance(document.get("id"), str):
        return Failed("CoinGecko sent something that is not a coin", cause=Cause.BROKEN)
    links = document.get("links")
    if not isinstance(links, Mapping):
        return ()
    found: dict[str, CoinLink] = {}
    for kind, addresses in (
        (LinkKind.HOME, _listed(links, "homepage")),
        (LinkKind.EXPLORER, _listed(links, "blockchain_site")),
        (LinkKind.CODE, _code(links)),
        (LinkKind.X, _profile(links)),
        (LinkKind.REDDIT, _forum(links)),
    ):
        new = [url for url in dict.fromkeys(map(vet_url, addresses)) if url and url not in found]
        found |= {url: CoinLink(kind, url) for url in new[:_MOST]}
    return tuple(found.values())


def _listed(links: Mapping[str, Any], name: str) -> Iterator[object]:
    listed = links.get(name)
    yield from listed[:_MOST_LOOKED_AT] if isinstance(listed, list) else [listed]


def _code(links: Mapping[str, Any]) -> Iterator[object]:
    repositories = links.get("repos_url")
    if isinstance(repositories, Mapping):
        for host in ("github", "bitbucket"):
            yield from _listed(repositories, host)


def _profile(links: Mapping[str, Any]) -> Iterator[str]:
    name = links.get("twitter_screen_name")
    if isinstance(name, str) and _HANDLE.fullmatch(name):
        yield f"https://x.com/{name}"


def _forum(links: Mapping[str, Any]) -> Iterator[str]:
    """For a coin without one the address of Reddit itself is given."""
    url = vet_url(links.get("subreddit_url"))
    if urlsplit(url).path.strip("/") not in {"", "r"}:
        yield url
