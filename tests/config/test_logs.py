"""The log: private words stay out, and it never gets in the way."""

import logging
from collections.abc import Iterator
from pathlib import Path

import pytest

from cointicker.config.logs import SIZE_LIMIT, log_to, say_last_words

_KEY = "CG-0123456789abcdefghijklmn"


@pytest.fixture(autouse=True)
def _logging_as_before() -> Iterator[None]:
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    log_to(None)
    root.handlers[:] = handlers
    root.setLevel(level)


def fail_with(words: str) -> ValueError:
    """An error with a traceback that leads here."""
    try:
        int(words)
    except ValueError as error:
        return error
    raise AssertionError(words)


def test_no_file_is_made_while_there_is_nothing_to_say(tmp_path: Path) -> None:
    log_to(tmp_path / "state" / "cointicker.log")
    logging.getLogger("cointicker.x").info("all is well")
    assert list(tmp_path.iterdir()) == []


def test_keys_are_masked_in_messages_and_in_tracebacks(tmp_path: Path) -> None:
    path = tmp_path / "state" / "cointicker.log"
    log_to(path, ("", _KEY))
    logging.getLogger("cointicker.x").warning("asked with %s", _KEY)
    error = fail_with(f"refused {_KEY}")
    logging.getLogger("cointicker.x").error("failed", exc_info=error)
    text = path.read_text(encoding="utf-8")
    assert _KEY not in text
    assert "asked with ***" in text
    assert "refused ***" in text
    assert path.parent.stat().st_mode & 0o077 == 0


def test_the_log_stays_small(tmp_path: Path) -> None:
    path = tmp_path / "cointicker.log"
    log_to(path)
    line = "x" * 100_000
    for _ in range(60):
        logging.getLogger("cointicker.x").warning(line)
    sizes = [each.stat().st_size for each in tmp_path.iterdir()]
    assert len(sizes) == 3
    assert max(sizes) <= SIZE_LIMIT


def test_a_place_that_cannot_be_written_is_no_error(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    log_to(tmp_path / "file" / "cointicker.log")
    logging.getLogger("cointicker.x").warning("something")
    captured = capsys.readouterr()
    assert (captured.out, captured.err) == ("", "")


def test_an_unforeseen_error_is_a_sentence_for_the_person(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "cointicker.log"
    log_to(path, (_KEY,))
    error = fail_with(f"no such thing as {_KEY}")
    say_last_words(type(error), error, error.__traceback__)
    said = capsys.readouterr().err
    assert said.count("\n") == 1
    assert "ValueError" in said
    assert str(path) in said
    assert _KEY not in said + path.read_text(encoding="utf-8")
    assert "fail_with" in path.read_text(encoding="utf-8")
