"""Which of the addresses of a picture is taken."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import html

from cointicker.sources.parsing.figures import make_image
from cointicker.sources.parsing.picture_addresses import picture_address
from cointicker.text.safe import vet_url
from ui.samples import few

BASE = "https://news.example/a/"


def _address(markup: str) -> str:
    (image,) = html.fromstring(f"<div>{markup}</div>").iter("img")
    return picture_address(image, BASE)


@pytest.mark.parametrize(
    ("markup", "wanted"),
    [
        ('<img src="hall.png">', "https://news.example/a/hall.png"),
        ('<img src="//cdn.example/hall.png">', "https://cdn.example/hall.png"),
        ('<img src="data:image/gif;base64,R0lGOD" data-src="/late.png">', "https://news.example/late.png"),
        ('<img src="/wait.gif" data-lazy-src="/late.png">', "https://news.example/late.png"),
        ('<img src="/wait.gif" data-original="/late.png">', "https://news.example/late.png"),
        ('<img src="/s.jpg" srcset="/1.jpg 320w, /2.jpg 1024w, /3.jpg 2048w">', "https://news.example/2.jpg"),
        ('<img src="/s.jpg" srcset="/w_1,h_2/1.jpg 320w,/w_3,h_4/2.jpg 1200w">', "https://news.example/w_3,h_4/2.jpg"),
        ('<img src="/s.jpg" srcset="/1.jpg 300w, /2.jpg 600w">', "https://news.example/s.jpg"),
        ('<img src="/wait.gif" data-srcset="/1.jpg 300w, /2.jpg 600w">', "https://news.example/2.jpg"),
        ('<img src="/s.jpg" srcset="/s.jpg, /large.jpg 2x">', "https://news.example/large.jpg"),
        ('<picture><source srcset="/p.webp 1200w"><img src="/s.jpg"></picture>', "https://news.example/p.webp"),
        (
            '<picture><source type="image/jxl" srcset="/p.jxl 1200w"><img src="/s.jpg"></picture>',
            "https://news.example/s.jpg",
        ),
        ('<img src="data:image/png;base64,iVBOR">', ""),
        ('<img src="javascript:alert(1)" data-src="file:///etc/passwd">', ""),
        ("<img>", ""),
    ],
)  # fmt: skip
def test_the_address_is_that_of_a_picture_large_enough(markup: str, wanted: str) -> None:
    assert _address(markup) == wanted


@given(st.text(alphabet="ab/.,: 12wx\t-;", max_size=60), st.text(alphabet="ab/.:", max_size=12))
@few
def test_whatever_stands_there_an_address_is_vetted_or_missing(sizes: str, source: str) -> None:
    image = html.Element("img", srcset=sizes, src=source)
    found = picture_address(image, BASE)
    assert found == "" or vet_url(found) == found


@pytest.mark.parametrize(
    "sizes",
    ["a" * 16_000 + " b", "a, " * 5000, "," * 16_000, "a " * 8000, " " * 16_000],
    ids=["one word", "many", "commas", "words without commas", "blanks"],
)
def test_no_list_of_sizes_takes_long(sizes: str) -> None:
    began = time.process_time()
    picture_address(html.Element("img", srcset=sizes, src="/s.jpg"), BASE)
    assert time.process_time() - began < 0.5


@pytest.mark.parametrize("size", ['width="1" height="1"', 'width="0"', 'width="1px"', 'style="width:1px;height:1px"'])
def test_what_only_counts_visits_is_left_out(size: str) -> None:
    (image,) = html.fromstring(f'<div><img src="/t.gif" alt="some words" {size}></div>').iter("img")
    assert make_image(image, BASE) is None
