"""Columns and wrapped text fit, whatever stands in them."""

from hypothesis import given
from hypothesis import strategies as st

from cointicker.cli.articles import article_lines, wrap
from cointicker.cli.output import Paint
from cointicker.cli.tables import Column, table_lines
from cointicker.domain.news import Article, Code, Content, Heading, Link, ListItem, Paragraph, Quotation, Span, Table
from cointicker.domain.words import SafeText
from cointicker.text.cells import cell_width
from cointicker.text.safe import clean

_PLAIN = Paint()
texts = st.text(max_size=200).map(clean)


def spans(text: str, link: int | None = None) -> tuple[Span, ...]:
    return (Span(SafeText(text), link=link),)


@given(text=texts, width=st.integers(2, 90), first=st.sampled_from(["", "- ", "    12. "]))
def test_wrapped_lines_fit_and_keep_every_word(text: str, width: int, first: str) -> None:
    lines = wrap(text, width, first)
    room = max(2, width - len(first))
    assert all(cell_width(line) <= max(width, len(first) + room) for line in lines)
    if lines:
        assert lines[0].startswith(first)
    kept = "".join(line[len(first) :] for line in lines)
    assert kept.replace(" ", "") == text.replace(" ", "")


@given(rows=st.lists(st.tuples(texts, st.integers(0, 10**9)), min_size=1, max_size=8), width=st.integers(1, 120))
def test_a_table_leaves_out_columns_before_it_cuts_a_number(rows: list[tuple[SafeText, int]], width: int) -> None:
    numbers = [str(number) for _, number in rows]
    columns = [
        Column("n", numbers, right=True),
        Column("text", [text for text, _ in rows], flexible=True),
        Column("more", ["x" * 20 for _ in rows], rank=1),
    ]
    lines = table_lines(columns, width, _PLAIN)
    assert len(lines) == len(rows) + 1
    assert all(number in line for number, line in zip(numbers, lines[1:], strict=True))
    assert max(map(cell_width, lines)) <= max(width, max(map(len, numbers)) + 4)


def test_links_are_numbered_where_they_stand() -> None:
    blocks = (
        Heading(spans("Part one")),
        Paragraph((Span(SafeText("See the ")), *spans("report", 1), Span(SafeText(" of today.")))),
        Quotation(spans("Quiet hands.")),
        ListItem(spans("one"), number=1),
        ListItem(spans("two"), depth=1),
        Code((SafeText("x = 1"), SafeText("  y"))),
        Table(((SafeText("a"), SafeText("b")), (SafeText("cc"), SafeText("d")))),
    )
    article = Article(
        "https://news.example/a", SafeText("A title"), SafeText("News"), Content.PAGE, blocks,
        (Link(1, SafeText("report"), "https://news.example/r"),), words=12,
    )  # fmt: skip
    lines = list(article_lines(article, 40, _PLAIN))
    assert lines[0] == "A title"
    assert "See the report[1] of today." in lines
    assert "> Quiet hands." in lines
    assert lines[lines.index("1. one") + 1] == "  - two"
    assert "      y" in lines
    assert lines[lines.index("a   b") + 1] == "cc  d"
    assert lines[-1] == "1  https://news.example/r"
