"""Recorded feeds and pages: each is read, or says in words why not, soon."""

import gzip
import time
from pathlib import Path

import pytest

from cointicker.sources.parsing import UnreadableError
from cointicker.sources.parsing.feeds import parse_feed
from cointicker.sources.parsing.pages import parse_page
from sources.test_parsing_hostile import SECONDS, assert_safe


@pytest.mark.parametrize("folder", ["crypto", "wellformed", "illformed", "encodings"])
def test_every_recorded_feed_is_read_or_says_why_not(corpus: Path, folder: str) -> None:
    read = 0
    for file in sorted(path for path in (corpus / "feeds" / folder).rglob("*") if path.is_file()):
        start = time.process_time()
        try:
            assert_safe(parse_feed(file.read_bytes(), url="https://feeds.example/"))
            read += 1
        except UnreadableError as error:
            assert not str(error).endswith("."), file  # noqa: PT017
        assert time.process_time() - start < SECONDS, file
    assert read


def test_every_recorded_crypto_feed_has_its_decks(corpus: Path) -> None:
    for file in sorted((corpus / "feeds" / "crypto").iterdir()):
        found = parse_feed(file.read_bytes(), url="https://feeds.example/")
        assert all(item["deck"] and item["url"] and item["published"] for item in found["items"]), file


def test_every_recorded_page_is_read(corpus: Path) -> None:
    for file in sorted((corpus / "articles" / "aeb" / "html").iterdir()):
        assert_safe(parse_page(gzip.decompress(file.read_bytes()), url="https://pages.example/"))
