"""HTML as blocks."""

from collections.abc import Sequence

import pytest

from cointicker.domain.news import (
    Block,
    Code,
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
from cointicker.sources.parsing.blocks import (
    MAX_BLOCKS,
    MAX_LINKS,
    MAX_TEXT,
    Readable,
    parse_html,
    read_blocks,
)
from cointicker.text.blocks import plain_text
from cointicker.text.safe import clean
from cointicker.text.titles import drop_title


def read(text: str, base: str = "https://e.example/news/") -> Readable:
    root = parse_html(text)
    assert root is not None
    return read_blocks(root, base)


def blocks(text: str) -> list[Block]:
    return read(text).blocks


def words(text: str, tone: Tone = Tone.PLAIN, link: int | None = None) -> Span:
    """A span; its text may end in a space, where another follows."""
    safe = clean(text)
    return Span(type(safe)(text), tone, link)


def paragraph(text: str) -> Paragraph:
    return Paragraph((words(text),))


def test_paragraphs_fold_their_white_space() -> None:
    assert blocks("<p>One\n  two</p>\n<p> three\t</p><p> </p><div>four<p>five</p>six</div>") == [
        paragraph("One two"),
        paragraph("three"),
        paragraph("four"),
        paragraph("five"),
        paragraph("six"),
    ]


def test_two_line_breaks_end_a_paragraph_and_one_does_not() -> None:
    assert blocks("<p>One<br>two<br> <br/>three<br></p>") == [paragraph("One two"), paragraph("three")]


def test_tones_and_spaces_between_words_are_kept() -> None:
    assert blocks("<p>A <b>strong</b> and <i>soft <code>x = 1</code></i>, done</p>") == [
        Paragraph(
            (
                words("A "),
                words("strong ", Tone.STRONG),
                words("and "),
                words("soft ", Tone.EMPHASIS),
                words("x = 1", Tone.CODE),
                words(", done"),
            )
        )
    ]


def test_words_that_only_look_apart_stay_one() -> None:
    assert plain_text(blocks("<p>Bit<b>coin</b>'s <span>pr</span><span>ice</span></p>")) == "Bitcoin's price"


def test_headings_keep_their_level() -> None:
    assert blocks("<h1>One</h1><h3>Three <em>x</em></h3>") == [
        Heading((words("One"),), 1),
        Heading((words("Three "), words("x", Tone.EMPHASIS)), 3),
    ]


def test_lists_keep_depth_and_numbers() -> None:
    html = "<ol start=4><li>four<ul><li>inner</li></ul></li><li><p>five</p><p>more</p></li></ol><ul><li>loose</li></ul>"
    assert blocks(html) == [
        ListItem((words("four"),), 0, 4),
        ListItem((words("inner"),), 1, None),
        ListItem((words("five more"),), 0, 5),
        ListItem((words("loose"),), 0, None),
    ]


def test_what_follows_a_list_within_an_item_is_no_item_of_its_own() -> None:
    found = blocks("<ul><li>one<ol><li>first</li></ol>and on</li><li>two</li></ul>")
    assert found == [
        ListItem((words("one"),), 0),
        ListItem((words("first"),), 1, 1),
        paragraph("and on"),
        ListItem((words("two"),), 0),
    ]


def test_terms_and_their_meanings_are_a_list() -> None:
    assert blocks("<dl><dt>Hash</dt><dd>A number</dd></dl>") == [
        ListItem((words("Hash", Tone.STRONG),)),
        ListItem((words("A number"),)),
    ]


def test_a_quotation_is_one_block_a_paragraph() -> None:
    assert blocks("<blockquote><p>One</p><p>Two</p></blockquote><p>Three</p>") == [
        Quotation((words("One"),)),
        Quotation((words("Two"),)),
        paragraph("Three"),
    ]


def test_code_keeps_its_lines_and_indentation() -> None:
    assert blocks("<pre><code>if x:\n    y()\n\nz()</code></pre>") == [Code(("if x:", "    y()", "", "z()"))]  # type: ignore[arg-type]
    assert blocks("<pre>a<br>b</pre>") == [Code(("a", "b"))]  # type: ignore[arg-type]


def test_a_table_has_rows_of_one_length() -> None:
    head = "<thead><tr><th>Pool</th><th>Share</th></tr></thead>"
    body = "<tbody><tr><td>Foundry</td><td>31 <b>%</b></td></tr><tr><td>Other</td></tr></tbody>"
    html = f"<table>{head}{body}</table>"
    (table,) = blocks(html)
    assert isinstance(table, Table)
    assert table.header
    assert table.rows == (("Pool", "Share"), ("Foundry", "31 %"), ("Other", ""))


@pytest.mark.parametrize(
    "html",
    [
        "<table><tr><td><p>One</p><p>two</p></td></tr></table>",
        "<table><tr><td>One</td></tr><tr><td>two</td></tr></table>",
        "<table><tr><td><table><tr><td>One</td></tr></table></td><td><ul><li>two</li></ul></td></tr></table>",
    ],
)
def test_a_table_that_only_arranges_is_not_one(html: str) -> None:
    found = blocks(html)
    assert not [block for block in found if isinstance(block, Table)]
    assert plain_text(found).replace("- ", "").split() == ["One", "two"]


@pytest.mark.parametrize(
    ("rows", "headed"),
    [
        ((("Pool", "Share"), ("Foundry", "31 %"), ("Other", "$2")), True),
        ((("Pool", "Share"), ("Foundry", "large"), ("Other", "small")), False),
        ((("Foundry", "31 %"), ("Other", "2 %"), ("None", "1 %")), False),
        ((("", "Share"), ("Foundry", "31 %"), ("Other", "2 %")), False),
        ((("Pool", "Share"), ("Foundry", "31 %")), False),
    ],
)
def test_words_above_figures_are_a_head_though_not_marked_as_one(rows: Sequence[Sequence[str]], headed: bool) -> None:
    html = "".join(f"<tr>{''.join(f'<td>{cell}</td>' for cell in row)}</tr>" for row in rows)
    (table,) = blocks(f"<table>{html}</table>")
    assert isinstance(table, Table)
    assert table.header is headed


def test_long_words_stay_in_a_table_whose_heads_are_marked() -> None:
    rows = f"<tr><td>1993</td><td>{'word ' * 60}</td></tr>"
    (table,) = blocks(f"<table><tr><th>Year</th><th>What</th></tr>{rows}</table>")
    assert isinstance(table, Table)
    assert not any(
        isinstance(block, Table) for block in blocks(f"<table><tr><td>Year</td><td>x</td></tr>{rows}</table>")
    )


def test_rows_of_long_words_are_a_paragraph_each() -> None:
    long = "word " * 60
    rows = "".join(f"<tr><td><a href='/{year}'>Film</a></td><td>{year}</td><td>{long}</td></tr>" for year in (1, 2))
    _, head, first, second = blocks(
        f"<table><tr><td>All</td><td></td><td></td></tr><tr><td>Film</td><td>Year</td><td>What</td></tr>{rows}</table>"
    )
    assert head == paragraph("Film · Year · What")
    assert isinstance(first, Paragraph)
    assert first.spans[0] == words("Film ", link=1)
    assert plain_text([second]) == f"Film · 2 · {long.strip()}"


def test_a_table_that_is_too_large_becomes_text() -> None:
    wide = "<table>" + ("<tr>" + "".join(f"<td>c{column}</td>" for column in range(9)) + "</tr>") * 2 + "</table>"
    assert plain_text(blocks(wide)).split("\n\n") == [" · ".join(f"c{column}" for column in range(9))] * 2
    long = "<table>" + "<tr><td>a</td><td>b</td></tr>" * 61 + "</table>"
    assert blocks(long) == [paragraph("a · b")] * 61


def test_links_are_numbered_once_a_target_and_resolved() -> None:
    found = read(
        "<p><a href='a.html'>One</a>, <a href='/b'>two</a>, <a href='./a.html'>again</a>, <a href='#n'>note</a></p>"
    )
    assert found.links == [
        Link(1, clean("One"), "https://e.example/news/a.html"),
        Link(2, clean("two"), "https://e.example/b"),
    ]
    (block,) = found.blocks
    assert isinstance(block, Paragraph)
    assert [(span.text, span.link) for span in block.spans] == [
        ("One", 1),
        (", ", None),
        ("two", 2),
        (", ", None),
        ("again", 1),
        (", note", None),
    ]


def test_a_link_around_nothing_is_none() -> None:
    assert read("<p>x <a href='/a'><img src='b.png'></a> <a href='/c'> </a></p>").links == []


def test_pictures_with_words_of_their_own_are_named() -> None:
    html = (
        "<figure><img src='/rig.jpg' alt='rig'><figcaption>A rig in <b>Texas</b></figcaption></figure>"
        "<p>Text <img src='chart.png' alt='Hashprice, one year'> goes on</p>"
        "<img src='pixel.gif' width=1 height=1 alt='tracker'><img src='IMG_1.jpg' alt='IMG_1.jpg'><img src='x.png'>"
    )
    assert blocks(html) == [
        Image(clean("A rig in Texas"), "https://e.example/rig.jpg"),
        paragraph("Text"),
        Image(clean("Hashprice, one year"), "https://e.example/news/chart.png"),
        paragraph("goes on"),
    ]


def test_what_is_not_meant_to_be_read_is_left_out() -> None:
    html = (
        "<style>p{}</style><script>alert(1)</script><p>Seen</p><noscript>no</noscript>"
        "<form><input value=x><button>Send</button></form>"
        "<p hidden>no</p><p style='display: none'>no</p><!-- no --><svg><text>no</text></svg><iframe src=x>no</iframe>"
    )
    assert blocks(html) == [paragraph("Seen")]


def test_there_is_an_end_to_everything() -> None:
    many = blocks("<p>word</p>" * 1_000)
    assert len(many) == MAX_BLOCKS
    assert many[-1] == paragraph("…")
    long = blocks(f"<p>{'word ' * 1_000}</p>" * 100)
    assert MAX_TEXT * 0.9 < len(plain_text(long)) <= MAX_TEXT * 1.01
    assert len(read("<p>" + "".join(f"<a href='/{number}'>x</a> " for number in range(1_000))).links) == MAX_LINKS


def test_text_that_lies_too_deep_is_still_text() -> None:
    assert plain_text(blocks("<div>" * 150 + "deep" + "</div>" * 150)) == "deep"


def test_the_title_is_not_said_twice() -> None:
    found = blocks("<h1>Fees fall, again!</h1><p>Text</p><p>Fees fall again</p>")
    assert drop_title(found, "Fees fall – again") == [paragraph("Text"), paragraph("Fees fall again")]
    assert drop_title(found, "") == found
    assert drop_title(found, "Another") == found
    headed: list[Block] = [Heading((words("Fees fall again"),), 1), paragraph("Fees fall again, it says")]
    assert drop_title(headed, "Fees fall again | The Paper") == headed[1:]
    assert drop_title(headed, "The Paper: Fees fall again") == headed[1:]
    assert drop_title(headed, "Fees fall again, and nobody in the whole of the trade knows why") == headed


def test_nothing_is_no_tree() -> None:
    assert parse_html("") is None
    assert parse_html("<!-- only a comment -->") is None or not read("<!-- only a comment -->").blocks
