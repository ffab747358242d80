"""Articles as Markdown: a reader of Markdown finds the very words again, links and all, and no more."""

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.token import Token

from cointicker.domain.news import (
    Article,
    Block,
    Code,
    Content,
    Heading,
    Image,
    Link,
    ListItem,
    Paragraph,
    Quotation,
    Span,
    Table,
    Tone,
)
from cointicker.domain.words import SafeText
from cointicker.text.markdown import markdown_article, markdown_link
from cointicker.text.safe import clean

PARSER = MarkdownIt("commonmark").enable(["table", "strikethrough"])
URL = "https://one.example/a_(b)*c*"
few = settings(max_examples=60, deadline=None)
words = st.text(st.characters(codec="utf-8"), max_size=30).map(clean).filter(bool) | st.sampled_from(
    [SafeText(text) for text in ("1. first", "- not a list", "# no heading", "a_b_c", "*x*", "[a](b)", "`t`", "=====",
                                 "> no quote", "&amp; stays", "<b>bold</b>", "a | b", "~~gone~~", "+ 5", "1) one")]
)  # fmt: skip


def _article(*blocks: Block, links: tuple[Link, ...] = ()) -> Article:
    return Article(
        url="https://one.example/story",
        title=SafeText("Hashprice [falls] again"),
        source=SafeText("One"),
        content=Content.PAGE,
        blocks=blocks,
        links=links,
        author=SafeText("A_B"),
    )


def _span(text: str, link: int | None = None, tone: Tone = Tone.PLAIN) -> Span:
    return Span(SafeText(text), tone, link)


def _body(article: Article) -> list[Token]:
    """What a parser makes of the article, behind title and by-line."""
    return PARSER.parse(markdown_article(article))[6:]


def _text(tokens: list[Token]) -> str:
    return "".join(
        child.content for token in tokens for child in (token.children or ()) if child.type in {"text", "code_inline"}
    )


def _kinds(tokens: list[Token]) -> list[str]:
    return [token.type for token in tokens if token.level == 0 and token.nesting >= 0]


@few
@given(words)
@pytest.mark.parametrize("make", [Paragraph, Heading, Quotation, ListItem])
def test_words_are_words_whatever_signs_they_hold(make: Any, text: SafeText) -> None:
    tokens = _body(_article(make((Span(text),))))
    assert _text(tokens) == text
    names = {Paragraph: "paragraph_open", Heading: "heading_open", Quotation: "blockquote_open"}
    assert _kinds(tokens) == [names.get(make, "bullet_list_open")]


@few
@given(st.lists(st.tuples(words, st.sampled_from(Tone)), min_size=1, max_size=4))
def test_no_word_of_any_tone_is_lost(parts: list[tuple[SafeText, Tone]]) -> None:
    spans = tuple(Span(SafeText(f"{text} "), tone) for text, tone in parts)
    tokens = _body(_article(Paragraph(spans)))
    assert "".join(_text(tokens).split()) == "".join("".join(text.split()) for text, _ in parts)


def test_a_link_leads_where_it_led() -> None:
    article = _article(
        Paragraph((_span("see "), _span("the report", 1), _span("."))), links=(Link(1, SafeText(""), URL),)
    )
    (inline,) = [token for token in _body(article) if token.type == "inline"]
    assert inline.children is not None
    assert [child.attrs["href"] for child in inline.children if child.type == "link_open"] == [
        "https://one.example/a_%28b%29*c*"
    ]
    assert _text([inline]) == "see the report."


def test_the_title_links_to_the_page_and_the_byline_names_who_wrote_it() -> None:
    heading, byline = [token for token in PARSER.parse(markdown_article(_article())) if token.type == "inline"]
    assert _text([heading]) == "Hashprice [falls] again"
    assert heading.children is not None
    assert heading.children[0].attrs == {"href": "https://one.example/story"}
    assert _text([byline]) == "One · A_B"


def test_lists_are_nested_and_numbered() -> None:
    blocks = (ListItem((_span("one"),), 0, 1), ListItem((_span("inner"),), 1), ListItem((_span("two"),), 0, 2))
    tokens = _body(_article(*blocks))
    assert [token.type for token in tokens if token.type.endswith("list_open")] == [
        "ordered_list_open",
        "bullet_list_open",
    ]
    assert _text(tokens) == "oneinnertwo"


def test_code_is_fenced_though_it_holds_fences() -> None:
    lines = (SafeText("```"), SafeText("  x = 1"))
    (fence,) = _body(_article(Code(lines)))
    assert fence.content == "```\n  x = 1\n"


def test_a_table_has_a_head_and_its_bars_are_guarded() -> None:
    rows = ((SafeText("coin"), SafeText("a|b")), (SafeText("BTC"), SafeText("1")))
    tokens = _body(_article(Table(rows, header=True)))
    assert [_text([token]) for token in tokens if token.type == "inline"] == ["coin", "a|b", "BTC", "1"]


def test_a_picture_is_shown_where_it_has_an_address() -> None:
    assert "![A chart](https://one.example/c.png)" in markdown_article(
        _article(Image(SafeText("A chart"), "https://one.example/c.png"))
    )
    assert "!" not in markdown_article(_article(Image(SafeText("A chart"))))


def test_a_link_without_an_address_is_its_title() -> None:
    assert markdown_link("Fed [waits]", "") == "Fed \\[waits\\]"
    assert markdown_link("Fed waits", "https://one.example/") == "[Fed waits](https://one.example/)"
