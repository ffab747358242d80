# ruff: noqa: E501 - foreign text stands as it is sent
"""Pages that are no articles, or hardly: what readers meet instead of a text."""

from dataclasses import dataclass

from upstream.wire import Reply, html_reply

_CHALLENGE = """<!DOCTYPE html><html lang="en-US"><head><title>Just a moment...</title>
<meta http-equiv="refresh" content="390"></head><body><div class="main-wrapper" role="main"><div class="main-content">
<noscript><div class="h2"><span id="challenge-error-text">Enable JavaScript and cookies to continue</span></div></noscript>
</div></div><script>window._cf_chl_opt={cvId:'3',cType:'managed'};</script>
<script src="/cdn-cgi/challenge-platform/h/b/orchestrate/chl_page/v1"></script></body></html>
"""
_PAYWALL = """<!DOCTYPE html><html><head><title>What the desks expect of the year | Marketon Monitor</title>
<meta property="og:title" content="What the desks expect of the year"><meta name="author" content="H. Model">
<script type="application/ld+json">{"@context":"https://schema.org","@type":"NewsArticle","isAccessibleForFree":false,
"headline":"What the desks expect of the year"}</script></head><body><nav><a href="/">Home</a></nav><article>
<h1>What the desks expect of the year</h1><p>Seven desks were asked what they expect of the year, and six of them answered.
</p><div class="paywall"><h2>Subscribe to read on</h2><p>Already a subscriber? <a href="/login">Sign in</a></p></div>
</article></body></html>
"""
_JS_WALL = """<!DOCTYPE html><html><head><title>Coinwire</title><script src="/static/app.js" defer></script></head>
<body><noscript>You need to enable JavaScript to run this app.</noscript><div id="root"></div></body></html>
"""
_PDF = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[]/Count 0>>endobj\ntrailer<</Root 1 0 R>>\n%%EOF\n"
_LATIN = """<!DOCTYPE html><html><head><meta http-equiv="content-type" content="text/html; charset=iso-8859-1">
<title>Währung und Gefühl</title></head><body><article><h1>Währung und Gefühl</h1>
<p>Über Geld spricht man nicht, außer man schürft es. Der Rest des Satzes ist da, damit der Absatz lang genug ist, um als
Text zu gelten und nicht als Beiwerk am Rand der Seite zu verschwinden.</p><p>Zwei Sätze später ist schon Schluß. Auch
dieser Absatz hat eine Länge, bei der jede Vorschrift über die kürzeste Länge von Absätzen erfüllt sein dürfte.</p>
</article></body></html>
"""


@dataclass(frozen=True, slots=True)
class Special:
    """A page and the title that a feed gives it."""

    title: str
    reply: Reply


CHALLENGE = html_reply(_CHALLENGE, 403, cf_mitigated="challenge")
"""Cloudflare's "Just a moment…"."""

SPECIALS: dict[str, Special] = {
    "paywall": Special("What the desks expect of the year", html_reply(_PAYWALL)),
    "js-wall": Special("A page that is a program", html_reply(_JS_WALL)),
    "cloudflare": Special("A page behind a wall", CHALLENGE),
    "pdf": Special("A report as a PDF", Reply(200, _PDF, {"content-type": "application/pdf"})),
    "empty": Special("A page without a word", html_reply("")),
    "gone": Special("A page that was taken down", html_reply("<html><h1>410 Gone</h1></html>", 410)),
    "latin-1": Special(
        "A page in Latin-1", Reply(200, _LATIN.encode("iso-8859-1"), {"content-type": "text/html; charset=iso-8859-1"})
    ),
}
"""Slug → page, below ``/articles/``."""
