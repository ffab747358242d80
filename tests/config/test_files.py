"""Files are changed at once or not at all; one that is not as it should be is left as it is."""

import fcntl
import os
import shutil
import subprocess
import sys
import threading
import tomllib
from pathlib import Path

import pytest

import cointicker
from cointicker.config import files
from cointicker.config.differences import Data, EditError
from cointicker.config.files import Held, Refused, Saved, change_file, put_back

PROCESS = Path(__file__).with_name("editing.py")
TEXT = '# mine\ntheme = "ember" # warm\n\n[watchlists]\nShared = ["bitcoin"] # first\n\n[unknown]\nx = 1\n'


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A configuration that is there, for its owner alone."""
    place = tmp_path / "config" / "config.toml"
    place.parent.mkdir(mode=0o700)
    place.write_text(TEXT)
    place.chmod(0o600)
    return place


def _to_fjord(data: Data) -> None:
    data["theme"] = "fjord"


def _only(folder: Path) -> list[str]:
    return sorted(each.name for each in folder.iterdir())


def _process(path: Path, *words: str, prefix: tuple[str, ...] = ()) -> "subprocess.Popen[str]":
    source = str(Path(cointicker.__file__).parents[1])
    return subprocess.Popen(
        [*prefix, sys.executable, str(PROCESS), str(path), *words],
        env={**os.environ, "PYTHONPATH": source},
        stdout=subprocess.PIPE,
        text=True,
    )


def _ended(process: "subprocess.Popen[str]") -> str:
    return process.communicate(timeout=60)[0]


def test_a_change_touches_its_key_and_nothing_is_left_beside_the_file(path: Path) -> None:
    done = change_file(path, _to_fjord)
    assert isinstance(done, Saved)
    assert path.read_text() == TEXT.replace("ember", "fjord")
    assert [difference.path for difference in done.differences] == [("theme",)]
    assert _only(path.parent) == ["config.toml"]


def test_a_file_that_says_so_already_is_not_written(path: Path) -> None:
    change_file(path, _to_fjord)
    before = path.stat()
    done = change_file(path, _to_fjord)
    assert isinstance(done, Saved)
    assert done.differences == ()
    assert path.stat() == before


@pytest.mark.parametrize("mode", [0o600, 0o640, 0o644])
def test_the_mode_stays(path: Path, mode: int) -> None:
    path.chmod(mode)
    change_file(path, _to_fjord)
    assert path.stat().st_mode & 0o777 == mode


def test_a_new_file_and_its_folders_are_for_the_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "new" / "folder" / "config.toml"
    assert isinstance(change_file(path, _to_fjord), Saved)
    assert path.read_text() == 'theme = "fjord"\n'
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == path.parent.parent.stat().st_mode & 0o777 == 0o700


def test_a_link_stays_a_link_and_its_target_is_changed(path: Path, tmp_path: Path) -> None:
    link = tmp_path / "link.toml"
    relative = Path("config") / "config.toml"
    link.symlink_to(relative)
    assert isinstance(change_file(link, _to_fjord), Saved)
    assert link.readlink() == relative
    assert path.read_text() == TEXT.replace("ember", "fjord")


@pytest.mark.parametrize(
    ("raw", "why"),
    [
        (b'theme = "ember\n[', "is not valid TOML"),
        (b"a = 1\na = 2\n", "is not valid TOML"),
        (b'theme = "\xff"\n', "is not UTF-8 text"),
        (b"#" * 300_000, "is larger than a configuration is"),
    ],
)
def test_a_file_that_cannot_be_read_keeps_every_byte(path: Path, raw: bytes, why: str) -> None:
    path.write_bytes(raw)
    assert change_file(path, _to_fjord) == Held(why)
    assert path.read_bytes() == raw
    assert _only(path.parent) == ["config.toml"]


def test_a_file_that_is_read_only_is_not_replaced(path: Path) -> None:
    path.chmod(0o400)
    before = path.stat()
    assert change_file(path, _to_fjord) == Held("is read-only")
    assert path.stat() == before
    assert path.read_text() == TEXT


def test_what_is_no_file_is_left_alone(tmp_path: Path) -> None:
    folder = tmp_path / "config.toml"
    folder.mkdir()
    assert change_file(folder, _to_fjord) == Held("is a directory")
    pipe = tmp_path / "pipe.toml"
    os.mkfifo(pipe)
    assert change_file(pipe, _to_fjord) == Held("is not a regular file")
    loose = tmp_path / "loose.toml"
    loose.symlink_to("nowhere.toml")
    assert change_file(loose, _to_fjord) == Held("is a link to a file that is not there")
    assert _only(tmp_path) == ["config.toml", "loose.toml", "pipe.toml"]
    assert isinstance(change_file(tmp_path / "pipe.toml" / "below.toml", _to_fjord), Held)


@pytest.mark.skipif(os.geteuid() != 0, reason="only root can give files away")
def test_a_file_of_somebody_else_is_left_alone(path: Path) -> None:
    os.chown(path, 12_345, -1)
    assert change_file(path, _to_fjord) == Held("belongs to another user")
    assert path.read_text() == TEXT


def _unprivileged() -> tuple[str, ...]:
    """What takes the right of a superuser to write everywhere away."""
    if os.geteuid() != 0:
        return ()
    setpriv = shutil.which("setpriv")
    if setpriv is None:
        pytest.skip("a superuser may write everywhere")
    return (setpriv, "--bounding-set=-dac_override")


def test_a_folder_where_nothing_may_be_written(path: Path) -> None:
    path.parent.chmod(0o500)
    try:
        said = _ended(_process(path, "once", "0", prefix=_unprivileged()))
    finally:
        path.parent.chmod(0o700)
    assert said == "Held cannot be written: permission denied"
    assert path.read_text() == TEXT
    assert _only(path.parent) == ["config.toml"]


@pytest.mark.parametrize("limit", [0, 1, len(TEXT), len(TEXT) + 5])
def test_a_full_disk_loses_nothing(path: Path, limit: int) -> None:
    said = _ended(_process(path, "limited", str(limit)))
    assert said == "Held cannot be written: the disk is full"
    assert path.read_text() == TEXT
    assert _only(path.parent) == ["config.toml"]


def test_edits_of_four_processes_at_once_all_survive(path: Path) -> None:
    processes = [_process(path, "append", "12", name) for name in "abcd"]
    assert [_ended(process) for process in processes] == ["Saved"] * 4
    shared = tomllib.loads(path.read_text())["watchlists"]["Shared"]
    assert sorted(shared) == sorted(["bitcoin", *(f"{name}-{each}" for name in "abcd" for each in range(12))])
    for name in "abcd":
        own = [each for each in shared if each.startswith(f"{name}-")]
        assert own == [f"{name}-{each}" for each in range(12)]
    assert path.read_text().startswith('# mine\ntheme = "ember" # warm\n')
    assert _only(path.parent) == ["config.toml"]


def test_what_an_editor_saves_in_the_middle_of_a_change_is_merged(path: Path) -> None:
    edits = iter([TEXT.replace("ember", "daylight").replace("x = 1", "x = 2")])

    def edit(data: Data) -> None:
        for text in edits:  # the first time only: now, after the file was read, the editor saves
            new = path.with_name("saved")
            new.write_text(text)
            new.replace(path)
        data["currency"] = "eur"

    done = change_file(path, edit)
    assert isinstance(done, Saved)
    assert tomllib.loads(path.read_text()) == {
        "theme": "daylight",
        "currency": "eur",
        "watchlists": {"Shared": ["bitcoin"]},
        "unknown": {"x": 2},
    }


def test_a_file_that_never_rests_is_given_up(path: Path) -> None:
    def edit(data: Data) -> None:
        path.write_text(path.read_text() + "#\n")
        _to_fjord(data)

    assert change_file(path, edit) == Held("is being written by another program all the time")
    assert "ember" in path.read_text()


def test_a_writer_that_hangs_is_not_waited_for_for_ever(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(files, "_LOCK_SECONDS", 0.05)
    handle = os.open(path.parent, os.O_RDONLY)
    try:
        fcntl.flock(handle, fcntl.LOCK_EX)
        assert change_file(path, _to_fjord) == Held(
            "is being written by another cointicker that does not come to an end"
        )
    finally:
        os.close(handle)
    assert isinstance(change_file(path, _to_fjord), Saved)


def test_a_reader_never_sees_half_a_file(path: Path) -> None:
    seen: set[str] = set()
    over = threading.Event()

    def read() -> None:
        while not over.is_set():
            seen.add(path.read_text())

    reader = threading.Thread(target=read)
    reader.start()
    try:
        for name in ("fjord", "ember") * 20:
            change_file(path, lambda data, name=name: data.update(theme=name))  # type: ignore[misc]
    finally:
        over.set()
        reader.join()
    assert seen <= {TEXT, TEXT.replace("ember", "fjord")}


def test_an_edit_that_makes_no_sense_is_refused_in_its_own_words(path: Path) -> None:
    def edit(_data: Data) -> None:
        raise EditError("there is no list Mine")

    assert change_file(path, edit) == Refused("there is no list Mine")
    assert path.read_text() == TEXT


@pytest.mark.parametrize("newline", ["\n", "\r\n"])
@pytest.mark.parametrize("mark", ["", "\ufeff"])
def test_line_ends_and_the_byte_order_mark_stay(path: Path, newline: str, mark: str) -> None:
    before = (mark + TEXT.replace("\n", newline)).encode()
    path.write_bytes(before)

    def edit(data: Data) -> None:
        _to_fjord(data)
        data["watchlists"]["Shared"].append("kaspa")
        data["watchlists"]["New"] = ["monero"]
        data["aliases"] = {"kaspa": "K"}

    done = change_file(path, edit)
    assert isinstance(done, Saved)
    after = path.read_bytes()
    assert after.startswith(mark.encode())
    assert after.count(b"\n") == after.count(newline.encode())
    for line in (b"# mine", b"# warm", b"# first", b"x = 1"):
        assert line in after
    assert put_back(path, done)
    assert path.read_bytes() == before


def test_only_what_nobody_has_touched_since_is_put_back(path: Path) -> None:
    done = change_file(path, _to_fjord)
    assert isinstance(done, Saved)
    path.write_text(path.read_text() + "# more\n")
    assert not put_back(path, done)
    assert path.read_text() == TEXT.replace("ember", "fjord") + "# more\n"
