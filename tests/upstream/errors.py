# ruff: noqa: E501 - foreign text stands as it is sent
"""Error answers by name, in the envelopes and wordings that were recorded or documented."""

from typing import Any

from upstream.gecko_values import BEYOND_A_YEAR
from upstream.specials import CHALLENGE
from upstream.wire import Reply, html_reply, json_reply, text_reply

_LIMITED: dict[str, Any] = {
    "status": {
        "error_code": 429,
        "error_message": "You've exceeded the Rate Limit. Please visit https://www.coingecko.com/en/api/pricing to subscribe "
        "to our API plans for higher rate limits.",
    }
}
_TIMES = {"timestamp": "2026-01-14T21:30:00.000+00:00"}
_MEMPOOL_LIMIT = """<html>
<head><title>429 Too Many Requests</title></head>
<body>
<center><h1>429 Too Many Requests</h1></center>
<center><h2>Sign Up for <a href="https://mempool.space/enterprise">Mempool Enterprise</a> to get increased limits</h2></center>
</body>
</html>
"""
_DENIED = """<!DOCTYPE html>
<html class="no-js" lang="en-US">
<head>
<title>Access denied | api.coingecko.com used Cloudflare to restrict access</title>
<meta charset="UTF-8" />
</head><body><h1>Error 1020</h1></body></html>
"""
_BLOCKED = {"error": "The service is temporarily unavailable in your region. Please try again later."}
_PORTAL = """<!DOCTYPE html><html><head><title>Hotel Wi-Fi</title></head>
<body><h1>Welcome</h1><form action="/login"><input name="room"><button>Go online</button></form></body></html>
"""
_OUTAGES = {500: "Internal Server Error", 502: "Bad Gateway", 503: "Service Unavailable", 504: "Gateway Time-out"}


def _coded(code: int, message: str) -> dict[str, Any]:
    return {"status": {**_TIMES, "error_code": code, "error_message": message}}


def limited(*, retry_after: int | None = 60) -> Reply:
    """What a caller without a key is told who asks too often."""
    reply = json_reply(_LIMITED, 429)
    return reply if retry_after is None else reply.having(retry_after=str(retry_after))


def demo_limited(limit: int, reset: str) -> Reply:
    """What a caller with a Demo key is told: three headers, no ``Retry-After``."""
    return json_reply(_LIMITED, 429, x_ratelimit_limit=str(limit), x_ratelimit_remaining="0", x_ratelimit_reset=reset)


def wrong_key() -> Reply:
    """What a caller with an unknown key is told."""
    message = "API Key Missing. Please make sure you're using the right authentication method."
    return json_reply(_coded(10002, message), 401)


def pro_key_here() -> Reply:
    """What a caller is told who brings a Pro key to the public host."""
    message = (
        "If you are using Pro API key, please change your root URL from api.coingecko.com to pro-api.coingecko.com"
    )
    return json_reply({"status": {"error_code": 10010, "error_message": message}}, 400)


def _demo_key_there() -> Reply:
    message = (
        "If you are using Demo API key, please change your root URL from pro-api.coingecko.com to api.coingecko.com"
    )
    return json_reply({**_TIMES, "error_code": 10011, "status": {"error_message": message}}, 400)


ERRORS: dict[str, Reply] = {
    "429": limited(),
    "429_long": limited(retry_after=119),
    "429_no_retry": limited(retry_after=None),
    "429_demo": demo_limited(30, "2026-01-14 21:31:00 +0000"),
    "429_html": html_reply(_MEMPOOL_LIMIT, 429),
    "429_plain": text_reply("error code: 1015", 429, "text/plain"),
    "429_throttled": text_reply("Throttled", 429, "text/plain"),
    "429_in_200": json_reply(_LIMITED),
    "403": json_reply(_BLOCKED, 403),
    "403_html": html_reply(_DENIED, 403),
    "cf_challenge": CHALLENGE,
    "cf_challenge_200": Reply(200, CHALLENGE.body, CHALLENGE.headers),
    "400_pro_key": pro_key_here(),
    "400_demo_key": _demo_key_there(),
    "401_key": wrong_key(),
    "401_pro_only": json_reply(_coded(10005, "This request is limited to PRO API subscribers."), 401),
    "401_range": json_reply(BEYOND_A_YEAR, 401),
    "404": json_reply({"error": "coin not found"}, 404),
    "404_old": json_reply({"error": "Could not find coin with the given id"}, 404),
    "404_html": html_reply("<html><title>404</title><h1>Not Found</h1></html>", 404),
    "408": text_reply("Request Timeout", 408),
    "410": html_reply("<html><title>410</title><h1>Gone</h1></html>", 410),
    "422": json_reply({"error": "Missing parameter vs_currency"}, 422),
    "html_200": html_reply(_PORTAL),
    "empty": Reply(200, b"", {"content-type": "text/html"}),
    "empty_json": json_reply({}),
    "null": json_reply(None),
    "204": Reply(204),
    "binary": Reply(200, bytes(range(256)) * 16, {"content-type": "application/octet-stream"}),
}
"""Name → answer."""
for _status, _words in _OUTAGES.items():
    ERRORS[f"{_status}"] = json_reply({"status": _status, "error": _words}, _status)
    ERRORS[f"{_status}_html"] = html_reply(
        f"<html><head><title>{_status} {_words}</title></head><body><center><h1>{_status} {_words}</h1></center></body></html>",
        _status,
    )
