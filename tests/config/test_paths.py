"""Files are where the platform keeps them, and the shipped themes are found however the program was installed."""

import os
import shutil
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from cointicker.config.paths import Paths, make_private, shipped_themes

SOURCE = Path(shipped_themes.__code__.co_filename).parents[1]


def test_xdg_variables_name_the_folders(home: Path) -> None:
    paths = Paths.find()
    assert paths.config_file == home / ".config/cointicker/config.toml"
    assert paths.config_dir == home / ".config/cointicker"
    assert paths.themes_dir == home / ".config/cointicker/themes"
    assert paths.data_dir == home / ".local/share/cointicker"
    assert paths.database == home / ".local/share/cointicker/cointicker.db"
    assert paths.log_file == home / ".local/state/cointicker/cointicker.log"
    assert paths.frame_file.parent == paths.state_dir == home / ".local/state/cointicker"


@pytest.mark.parametrize("named", ["", "relative/folder"])
def test_without_a_usable_variable_the_folders_are_in_the_home(
    home: Path, monkeypatch: pytest.MonkeyPatch, named: str
) -> None:
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.setenv(f"XDG_{kind}_HOME", named)
    paths = Paths.find()
    for place in (paths.config_file, paths.database, paths.log_file):
        assert place.is_relative_to(home)


def test_nobody_without_a_home_gets_a_folder_named_tilde(monkeypatch: pytest.MonkeyPatch) -> None:
    for kind in ("CONFIG", "DATA", "STATE"):
        monkeypatch.delenv(f"XDG_{kind}_HOME")
    monkeypatch.setenv("HOME", "")
    paths = Paths.find(Path("~nobody-of-this-name/x.toml"))
    assert all(place.is_absolute() for place in (paths.config_file, paths.database, paths.log_file))


def test_another_configuration_has_its_themes_beside_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    paths = Paths.find(Path("mine/c.toml"))
    assert paths.config_file == tmp_path / "mine/c.toml"
    assert paths.themes_dir == tmp_path / "mine/themes"


def test_another_data_folder_takes_all_that_is_written(tmp_path: Path, home: Path) -> None:
    paths = Paths.find(None, tmp_path / "data")
    assert {paths.database.parent, paths.log_file.parent, paths.frame_file.parent} == {tmp_path / "data"}
    assert paths.config_file.is_relative_to(home)


def test_tilde_is_the_home(home: Path) -> None:
    assert Paths.find(Path("~/c.toml")).config_file == home / "c.toml"


def test_private_folders_are_for_the_user_alone_and_others_keep_their_mode(tmp_path: Path) -> None:
    tmp_path.chmod(0o755)
    make_private(tmp_path / "a/b")
    make_private(tmp_path / "a/b")
    assert [stat.S_IMODE(each.stat().st_mode) for each in (tmp_path, tmp_path / "a", tmp_path / "a/b")] == [
        0o755,
        0o700,
        0o700,
    ]


def _ask(source_root: Path) -> Path:
    """The folder that a program at this place takes for the shipped themes."""
    code = "from cointicker.config.paths import shipped_themes; print(shipped_themes())"
    told = subprocess.run(
        [sys.executable, "-S", "-c", code],
        env={"PYTHONPATH": str(source_root), "PATH": os.environ["PATH"]},
        cwd="/",
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    return Path(told.stdout.strip())


def test_an_installed_package_has_its_themes_inside(tmp_path: Path) -> None:
    shutil.copytree(SOURCE, tmp_path / "site/cointicker", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copytree(shipped_themes(), tmp_path / "site/cointicker/themes", dirs_exist_ok=True)
    assert _ask(tmp_path / "site") == tmp_path / "site/cointicker/themes"


def test_a_bare_checkout_has_its_themes_beside_the_source(tmp_path: Path) -> None:
    ignored = shutil.ignore_patterns("__pycache__", "themes")
    shutil.copytree(SOURCE, tmp_path / "tui/cointicker", ignore=ignored)
    shutil.copytree(shipped_themes(), tmp_path / "themes")
    assert _ask(tmp_path / "tui") == tmp_path / "themes"


def test_these_themes_are_found() -> None:
    assert (shipped_themes() / "midnight.toml").is_file()
