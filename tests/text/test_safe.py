"""What foreign text and addresses are made into."""

import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from cointicker.domain.words import SafeText
from cointicker.text.cells import cell_width, fit, pad
from cointicker.text.safe import clean, clean_lines, clean_title, shown_host, vet_url

FORBIDDEN = {"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"}
hostile = st.text(
    st.one_of(
        st.characters(),
        st.characters(categories=["Cc", "Cf", "Cs", "Co", "Mn", "Me", "Zs", "Zl", "Zp"]),
        st.sampled_from("\x1b[]0;m\x07\\P^_aé界🙂\u200d\u0301\u0300\ufe0f\u202e\u115f "),
    ),
    max_size=60,
)


@given(hostile, st.integers(2, 40))
@example("a\u200d\u0301", 40)
@example("\x1b\x1b[31m[31m", 40)
@example("e\u0301\u0301\u0301" * 20, 7)
@example("\u1100\u1161\u11a8", 40)
def test_nothing_that_a_terminal_obeys_gets_through_and_safe_text_stays_as_it_is(raw: str, limit: int) -> None:
    text = clean(raw, limit)
    assert not {unicodedata.category(sign) for sign in text} & FORBIDDEN
    assert isinstance(text, SafeText)
    assert len(text) <= limit
    assert text == text.strip()
    assert "  " not in text
    assert clean(text, limit) == text


@given(hostile)
def test_titles_and_lines_are_as_safe(raw: str) -> None:
    for text in (clean_title(raw), *clean_lines(raw)):
        assert not {unicodedata.category(sign) for sign in text} & FORBIDDEN


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Bitcoin \x1b[31mfalls\x1b[0m", "Bitcoin falls"),
        ("before\x1b]52;c;ZXZpbA==\x07after", "beforeafter"),
        ("before\x1b]0;PWNED\x1b\\after", "beforeafter"),
        ("before\x9b2Jafter", "beforeafter"),
        ("\x1b[c", ""),
        ("one\r\ntwo\tthree\u2028four", "one two three four"),
        ("pay\u202eload\u202c", "payload"),
        ("zero\u200bwidth\u00adhyphen\ufeff", "zerowidthhyphen"),
        ("\ud800half", "\ufffdhalf"),
        ("Z\u0301\u0302\u0303\u0304a", "Ź\u0302\u0303a"),
        ("  many   spaces\u00a0\u3000here ", "many spaces here"),
        ("цена биткойна 比特币 ビット مرحبا", "цена биткойна 比特币 ビット مرحبا"),
        ("[/b] [ATH] :rocket: {x}", "[/b] [ATH] :rocket: {x}"),
        (None, ""),
        (12, ""),
        (b"bytes", ""),
        ("", ""),
    ],
)
def test_lines(raw: object, text: str) -> None:
    assert clean(raw) == text


def test_a_long_line_is_cut_with_a_sign_of_it_and_huge_input_is_quick() -> None:
    assert clean("word " * 100, 12) == "word word w…"
    assert clean("word " * 100, 11) == "word word…"
    assert len(clean("x\x1b[31m" * 1_000_000)) == 300


@pytest.mark.parametrize(
    ("raw", "text"),
    [
        ("Fed <b>hikes</b> &amp; waits", "Fed hikes & waits"),
        ("AT&amp;amp;T", "AT&amp;T"),
        ("profit < loss and 3 > 2", "profit < loss and 3 > 2"),
        ("&#27;[31mred&#x202e;", "[31mred"),
        ("<script>x</script>Title", "xTitle"),
        (None, ""),
    ],
)
def test_titles(raw: object, text: str) -> None:
    assert clean_title(raw) == text


def test_lines_of_code_keep_their_indentation() -> None:
    assert clean_lines("def f():\n\treturn 1\x1b[2J\n\n  # end") == ("def f():", "    return 1", "", "  # end")
    assert clean_lines(None) == ()


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("https://news.example/a", "https://news.example/a"),
        (" HTTPS://News.Example/A?b=c#d ", "https://news.example/A?b=c#d"),
        ("http://news.example:8080", "http://news.example:8080"),
        ("https://bücher.example/straße?q=ä", "https://xn--bcher-kva.example/stra%C3%9Fe?q=%C3%A4"),
        ("https://news.example/a%20b", "https://news.example/a%20b"),
        ("https://[2001:db8::1]/", "https://[2001:db8::1]/"),
        ("javascript:alert(1)", ""),
        ("data:text/html,x", ""),
        ("file:///etc/passwd", ""),
        ("ssh://-oProxyCommand=x", ""),
        ("--version", ""),
        ("/etc/passwd", ""),
        ("//news.example/a", ""),
        ("https://", ""),
        ("https:///a", ""),
        ("https://coinbase.com@evil.example/", ""),
        ("https://user:secret@news.example/", ""),
        ("https://@news.example/", ""),
        ("https://news.example/a b", ""),
        ("https://news.example/\x1b[31m", ""),
        ("https://news.example\\@evil.example", ""),
        ("https://news.example/\u202e", "https://news.example/%E2%80%AE"),
        ("https://news.example:99999/", ""),
        ("https://-oProxy/", ""),
        ("https://xn--/", ""),
        ("https://[::1", ""),
        ("https://" + "a" * 3000, ""),
        ("", ""),
        (None, ""),
        (7, ""),
    ],
)
def test_link_targets(raw: object, url: str) -> None:
    assert vet_url(raw) == url


@pytest.mark.parametrize(
    ("raw", "url"),
    [
        ("../b", "https://news.example/b"),
        ("?p=2", "https://news.example/a/?p=2"),
        ("//other.example/x", "https://other.example/x"),
        ("javascript:alert(1)", ""),
        ("http://[bad", ""),
    ],
)
def test_link_targets_within_a_page(raw: str, url: str) -> None:
    assert vet_url(raw, "https://news.example/a/") == url


@given(st.text(max_size=80) | st.text("htps:/@\\.%[]:0127x#?", max_size=40).map("http://".__add__))
def test_a_vetted_address_is_plain_ascii_and_stays_as_it_is(raw: str) -> None:
    url = vet_url(raw)
    assert url.isascii()
    assert not url or url.startswith(("http://", "https://"))
    assert not set(url) & set(" \t\r\n\\\"'<>`{}|^\x1b\x7f") - {"'"}
    assert vet_url(url) == url


def test_the_host_is_shown_without_www() -> None:
    assert shown_host("https://www.news.example/a") == "news.example"
    assert shown_host("") == ""


@given(hostile.map(clean), st.integers(0, 30))
def test_text_is_fitted_and_padded_by_cells(text: str, width: int) -> None:
    assert cell_width(fit(text, width)) <= width
    assert cell_width(pad(fit(text, width), width)) == width
    assert cell_width(pad(fit(text, width), width, right=True)) == width


def test_wide_letters_take_two_cells_and_marks_none() -> None:
    assert [cell_width(text) for text in ("abc", "比特币", "e\u0302x", "—")] == [3, 6, 2, 1]
    assert fit("比特币", 5) == "比特…"
    assert fit("比特币", 4) == "比…"
    assert fit("abc", 0) == ""
