"""Answers that are no document but a wall: pages of firewalls and of sites that want a browser."""

import re
from collections.abc import Mapping

from cointicker.domain.freshness import Cause
from cointicker.sources.parsing import UnreadableError
from cointicker.sources.parsing.markup import visible_text

HEAD = 200_000
"""Characters of a page in which a wall would show itself."""

_LITTLE_TEXT = 1_500
"""A page with a mark of a wall and less visible text (characters) than this is nothing but the wall."""
_HEADERS = (
    ("cf-mitigated", "", "Cloudflare"),
    ("x-vercel-mitigated", "", "Vercel"),
    ("x-datadome", "protected", "DataDome"),
    ("x-amzn-waf-action", "", "AWS WAF"),
    ("x-sucuri-block", "", "Sucuri"),
)
_MARKS = (
    ("Cloudflare", ("cf-chl", "cf_chl", "/cdn-cgi/challenge-platform", "cf-error-details", "cloudflare ray id")),
    ("DataDome", ("captcha-delivery.com",)),
    ("HUMAN", ("px-captcha", "perimeterx")),
    ("Imperva", ("_incapsula_resource", "incapsula incident")),
    ("Akamai", ("errors.edgesuite.net",)),
    ("AWS WAF", ("awswaf", "aws-waf-token")),
    ("Sucuri", ("sucuri_cloudproxy", "sucuri website firewall")),
)
"""What the walls of each maker contain, in lower case."""
_CHALLENGES = (
    "just a moment...", "checking your browser", "you are human", "you are a human", "are you a robot",
    "enable javascript and cookies to continue", "unusual traffic from your", "complete the security check",
    "attention required! | cloudflare", "access to this page has been denied", "pardon our interruption",
)  # fmt: skip
"""What walls say, in lower case."""
_WANTS_BROWSER = re.compile(
    r"(?:enable|turn on|requires?|need(?:s|ed)?|without|activate) javascript|javascript (?:is|must be) (?:\w+ )?"
    r"(?:disabled|required|enabled|turned)",
    re.IGNORECASE,
)
_WANTS_MONEY = re.compile(
    r"isAccessibleForFree[\"']?\s*:\s*[\"']?false|subscri(?:be|bers?)[^<.]{0,40}\b(?:to (?:continue|read)|only)\b"
    r"|(?:continue|keep) reading[^<.]{0,60}subscri",
    re.IGNORECASE,
)
_SCRIPT = re.compile(r"<script\b", re.IGNORECASE)


def blocked_by(headers: Mapping[str, str], page: str = "") -> str | None:
    """Whose wall an answer is, empty where it does not say; ``None`` for no wall. Header names are in lower case."""
    for name, value, owner in _HEADERS:
        if name in headers and value in headers[name]:
            return owner
    page = page[:HEAD]
    lowered = page.lower()
    owner = next((owner for owner, marks in _MARKS if any(mark in lowered for mark in marks)), "")
    if not owner and not any(words in lowered for words in _CHALLENGES):
        return None
    return owner if len(visible_text(page)) < _LITTLE_TEXT else None


def blocked(owner: str) -> UnreadableError:
    """The words for a wall."""
    return UnreadableError(f"blocks programs ({owner})" if owner else "blocks programs", Cause.BLOCKED)


def wants_money(page: str) -> bool:
    """Whether a page says that it shows its text to subscribers only."""
    return bool(_WANTS_MONEY.search(page[:HEAD]))


def no_text(page: str) -> UnreadableError:
    """The words for a page in which no article was found."""
    page = page[:HEAD]
    if wants_money(page):
        return UnreadableError("shows this article to subscribers only", Cause.REFUSED)
    shown = visible_text(page)
    if len(shown) < _LITTLE_TEXT and (_WANTS_BROWSER.search(shown) or _SCRIPT.search(page)):
        return UnreadableError("shows this page only in a browser that runs JavaScript", Cause.BLOCKED)
    return UnreadableError("sent a page without an article in it")
