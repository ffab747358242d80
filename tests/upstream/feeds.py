"""Feeds of the world's outlets, each to be had in every format."""

from cointicker.sources.demo_outlets import DESKS, OUTLETS, Outlet
from upstream.feed_formats import WRITERS, Entry, Source, conditional
from upstream.pages import article_html, article_path, paper
from upstream.specials import SPECIALS
from upstream.wire import Reply, Request, text_reply
from upstream.world import World

FULL_TEXTS = frozenset({"etherton-echo", "satsville-sun"})
"""Papers whose feeds carry whole articles; the others give a summary."""
USUAL = {
    "coinwire": "xml", "hashtown-herald": "xml", "satsville-sun": "atom", "etherton-echo": "xml",
    "ripplemouth-record": "rdf", "mintfield-mirror": "json", "yieldham-post": "atom", "marketon-monitor": "xml",
    "blockburgh-bugle": "xml", "ledger-lane": "atom",
}  # fmt: skip
"""Paper → the format that its feed is known by; each can be had in all formats."""


def source_of(world: World, outlet: Outlet, base: str, now: float) -> Source:
    """The feed of an outlet; ``base`` is the server's own address without a slash at its end."""
    name = paper(outlet)
    entries = [
        Entry(
            title=piece.title,
            url=f"{base}{article_path(piece)}",
            identity=f"{name}:{piece.slot}",
            at=piece.at,
            author=piece.author,
            deck=piece.deck,
            tags=(DESKS[piece.story.desk],),
            text=article_html(world, piece, base, piece.at) if name in FULL_TEXTS else "",
        )
        for piece in world.press.pieces(outlet, now)[:30]
    ]
    return Source(outlet.name, f"{base}/feeds/{name}", base, entries)


def specials(base: str, now: float) -> Source:
    """A feed whose entries lead to pages that are hardly articles."""
    entries = [
        Entry(
            special.title,
            f"{base}/articles/{slug}",
            f"special:{slug}",
            now // 3600 * 3600 - 600 * (place + 1),
            "Nobody",
            f"{special.title}, in one sentence.",
            (),
        )
        for place, (slug, special) in enumerate(SPECIALS.items())
    ]
    return Source("Odd Pages", f"{base}/feeds/specials", base, entries)


def answer(world: World, name: str, base: str, request: Request) -> Reply:
    """The feed of a file name such as ``coinwire.xml``, or 304 where the client has it."""
    stem, _, kind = name.rpartition(".")
    writer = WRITERS.get(kind)
    outlet = next((outlet for outlet in OUTLETS if paper(outlet) == stem), None)
    if writer is None or (outlet is None and stem != "specials"):
        return text_reply("<html><title>404</title><h1>No such feed</h1></html>", 404, "text/html")
    source = source_of(world, outlet, base, request.at) if outlet is not None else specials(base, request.at)
    return conditional(writer(source), source.updated, request)
