"""The kept frame: for this user alone, shown only where it would be drawn the same way, harmless when it is broken."""

import os
import pty
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from cointicker.ui import first_frame
from cointicker.ui.first_frame import ENTER, frame_key, leave, save_frame, show_frame
from fake_clock import START

FRAME = "\x1b[1;1HBTC 88,349.00 ▲ 你好"
SHOW = """
import sys
from pathlib import Path
from cointicker.ui.first_frame import guard, leave, show_frame
guard()
shown = show_frame(Path(sys.argv[1]), sys.argv[2], float(sys.argv[3]))
leave()
sys.exit(0 if shown else 9)
"""


def _show(path: Path, key: str, now: float) -> tuple[bool, str]:
    """Whether a process on a terminal of its own shows the frame, and all that it writes."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-c", SHOW, str(path), key, str(now)], stdin=theirs, stdout=theirs, stderr=theirs
    ) as process:
        os.close(theirs)
        written = b""
        try:
            while data := os.read(ours, 65_536):
                written += data
        except OSError:
            pass  # the other end is closed
        finally:
            os.close(ours)
    return process.returncode == 0, written.decode()


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "state" / "frame"


@pytest.fixture(autouse=True)
def _no_terminal_of_ours() -> Iterator[None]:
    yield
    assert first_frame.terminal.attributes is None
    assert not first_frame.terminal.entered


def test_what_was_kept_is_shown_again_with_its_age(place: Path) -> None:
    save_frame(place, "key", FRAME, START)
    shown, written = _show(place, "key", START + 720)
    assert shown
    assert written.startswith(ENTER)
    assert FRAME in written
    assert " 12m old " in written
    assert written.index(FRAME) < written.index(" 12m old ") < written.index("\x1b[?1049l")


@pytest.mark.parametrize("seconds", [-1.0, 7 * 86_400.0 + 1])
def test_what_is_too_old_or_of_a_time_to_come_is_not_shown(place: Path, seconds: float) -> None:
    save_frame(place, "key", FRAME, START)
    assert _show(place, "key", START + seconds) == (False, "")


@pytest.mark.parametrize(
    "content",
    [b"", b"key\n", b"key\nnot a time\nframe", b"key\n1800000000\n", b"\xff\xfe\x00", b"other\n1800000000\nx"],
)
def test_a_broken_file_is_not_shown(place: Path, content: bytes) -> None:
    place.parent.mkdir()
    place.write_bytes(content)
    assert _show(place, "key", START) == (False, "")


def test_no_file_is_no_error(place: Path) -> None:
    assert _show(place, "key", START) == (False, "")


def test_without_a_terminal_nothing_is_written(place: Path, capfd: pytest.CaptureFixture[str]) -> None:
    save_frame(place, "key", FRAME, START)
    assert not show_frame(place, "key", START)
    leave()
    assert capfd.readouterr() == ("", "")


def test_it_is_kept_for_this_user_alone_and_in_place_of_the_one_before(place: Path) -> None:
    save_frame(place, "key", "one", START)
    save_frame(place, "key", FRAME, START)
    assert stat.S_IMODE(place.stat().st_mode) == 0o600
    assert stat.S_IMODE(place.parent.stat().st_mode) == 0o700
    assert list(place.parent.iterdir()) == [place]


def test_where_it_cannot_be_kept_nothing_happens(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    save_frame(tmp_path / "file" / "frame", "key", FRAME, START)
    assert [each.name for each in tmp_path.iterdir()] == ["file"]


def test_the_key_holds_everything_that_the_look_depends_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    config = tmp_path / "config.toml"
    keys = [frame_key(config, ())]
    config.write_text("")
    keys.append(frame_key(config, ()))
    os.utime(config, (1, 1))
    keys += [frame_key(config, ()), frame_key(config, ("daylight",)), frame_key(tmp_path / "other.toml", ())]
    for name in ("TERM", "COLORTERM", "NO_COLOR"):
        monkeypatch.setenv(name, "something-else")
        keys.append(frame_key(config, ()))
    monkeypatch.setattr(first_frame, "__version__", "0.0.0")
    keys.append(frame_key(config, ()))
    assert len(set(keys)) == len(keys)


def test_a_key_is_one_line_whatever_the_surroundings_say(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "evil\nterm")
    assert "\n" not in frame_key(tmp_path / "a\nb", ("c\nd",))
