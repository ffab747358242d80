"""An article that names two coins and has two links, opened by a test."""

from contextlib import AbstractAsyncContextManager
from typing import Any

from cointicker.domain.news import Link, ListItem, Paragraph, Span
from cointicker.domain.words import SafeText
from cointicker.engine.ports import Page
from engine.outside import Outside
from fake_clock import Clock
from ui.played import Play, address, outside, play
from ui.stage import Stage

LINES = 40
"""Paragraphs that name no coin."""


def span(text: str, link: int | None = None) -> Span:
    """Words, which may stand for a link."""
    return Span(SafeText(text), link=link)


def page_of_two_coins() -> Page:
    """Two coins, two links, and much text below."""
    return Page(
        (
            Paragraph((span("Bitcoin fell, says "), span("the report", 1), span(", while Ethereum held."))),
            ListItem((span("more in "), span("the second", 2))),
            *(Paragraph((span(f"Paragraph {each} of hashrate."),)) for each in range(LINES)),
        ),
        (
            Link(1, SafeText("the report"), "https://first.example/"),
            Link(2, SafeText("the second"), "https://second.example/"),
        ),
        words=230,
    )


def world_of_two_coins(clock: Clock) -> Outside:
    """The world of ``played``; its first story has that page."""
    world = outside(clock)
    world.articles.pages[address(1)] = page_of_two_coins()
    return world


def reading(size: tuple[int, int] = (120, 36), **options: Any) -> AbstractAsyncContextManager[Play]:
    """The program in that world."""
    clock = Clock()
    return play(size, world=world_of_two_coins(clock), clock=clock, **options)


def said(stage: Stage) -> str:
    """What the status line says."""
    return stage.rows()[-1]
