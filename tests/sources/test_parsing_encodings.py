"""Bytes as text, whatever they claim to be."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cointicker.sources.parsing.encodings import decode_html, decode_xml, header_charset
from cointicker.sources.parsing.feeds import parse_feed

WORDS = "Fráncfort – 84 000 €"


@pytest.mark.parametrize("codec", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_a_declared_document_is_read(codec: str) -> None:
    text = f'<?xml version="1.0" encoding="{codec.removesuffix("-sig")}"?><t>{WORDS}</t>'
    assert WORDS in decode_xml(text.encode(codec))


def test_the_header_speaks_where_the_document_is_silent() -> None:
    assert decode_xml("<t>Биткоин</t>".encode("cp1251"), "windows-1251") == "<t>Биткоин</t>"
    assert (
        decode_html("<p>Биткоин</p>".encode("koi8-r"), header_charset('text/html; Charset="koi8-r"'))
        == "<p>Биткоин</p>"
    )


def test_a_page_may_name_its_encoding_in_a_meta_element() -> None:
    page = '<html><head><meta http-equiv="Content-Type" content="text/html; charset=windows-1251"></head><p>Биткоин'
    assert "Биткоин" in decode_html(page.encode("cp1251"))


def test_a_stray_byte_does_not_spoil_the_rest() -> None:
    assert decode_xml(b"<?xml version='1.0' encoding='utf-8'?><t>caf\xe9 \xe2\x82\xac</t>").endswith("<t>café €</t>")


def test_latin_1_in_the_header_does_not_beat_valid_utf_8() -> None:
    assert decode_xml(f"<t>{WORDS}</t>".encode(), "ISO-8859-1") == f"<t>{WORDS}</t>"


@pytest.mark.parametrize("claim", ["base64", "rot13", "no-such", "utf-7", "idna", "\0", "x" * 1000])
def test_senseless_claims_are_ignored(claim: str) -> None:
    assert decode_xml(b"<t>plain +AAo- text</t>", claim) == "<t>plain +AAo- text</t>"


@given(
    st.binary(max_size=300), st.sampled_from(["", "utf-8", "utf-16", "gb18030", "shift_jis", "iso-2022-jp", "cp1252"])
)
def test_any_bytes_give_text(body: bytes, claim: str) -> None:
    assert isinstance(decode_xml(body, claim), str)
    assert isinstance(decode_html(body, claim), str)


def test_recorded_encodings_give_their_titles(corpus: Path) -> None:
    folder = corpus / "feeds" / "encodings" / "made-here"
    for name, title in json.loads((folder / "expected.json").read_text("utf-8")).items():
        header = "" if ".undeclared" not in name else f"text/xml; charset={name.partition('.undeclared')[0]}"
        found = parse_feed((folder / name).read_bytes(), content_type=header)["items"]
        assert title in [item["title"] for item in found], name
