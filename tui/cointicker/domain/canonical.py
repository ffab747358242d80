"""One address for all the ways in which the same page is linked to."""

import re
from functools import lru_cache
from urllib.parse import parse_qsl, urlencode, urlsplit

_TRACKING = re.compile(r"^(?:utm_\w+|fbclid|gclid|mc_[ce]id|ref|referrer|source|cmpid|ocid|guccounter|amp)$")
_AMP = re.compile(r"(?:^/amp(?=/)|/amp/?$|\.amp$)")
_CACHED = 4096
"""Addresses that are kept worked out: those of more than two days, within which they are compared."""


@lru_cache(_CACHED)
def canonical_url(url: str) -> str:
    """An address without what does not name the page: scheme, ``www.``/``m.``/``amp.``, tracking, AMP, fragment."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").removeprefix("www.").removeprefix("m.").removeprefix("amp.")
    except ValueError:
        return url
    path = _AMP.sub("", parts.path).rstrip("/")
    if not parts.query:
        return f"{host}{path}"
    query = urlencode(sorted(pair for pair in parse_qsl(parts.query) if not _TRACKING.match(pair[0].lower())))
    return f"{host}{path}?{query}" if query else f"{host}{path}"
