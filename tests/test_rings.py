"""Imports point inwards only, and the contracts in ``pyproject.toml`` see every import that does not."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

CHECKOUT = Path(__file__).parents[1]
RINGS = (
    ("domain",),
    ("text",),
    ("config",),
    ("engine",),
    ("sources", "store", "cli", "ui"),
    ("wiring",),
    ("__main__",),
)
"""Inner to outer; those of one ring do not know each other."""
FOREIGN = {
    "textual": {"ui"},
    "rich": {"ui"},
    "httpx": {"sources"},
    "pycoingecko": {"sources"},
    "feedparser": {"sources"},
    "lxml": {"sources"},
    "PIL": {"sources"},
    "trafilatura": {"sources"},
    "sqlite3": {"store"},
}
"""Library → the part that alone may import it. The outermost two are held only by what they must not pull in."""

pytestmark = pytest.mark.skipif(not (CHECKOUT / "tui").is_dir(), reason="the source is not here")


def _forbidden() -> Iterator[tuple[str, str]]:
    """Every pair of part and import that must not be."""
    for place, ring in enumerate(RINGS):
        for part in ring:
            siblings = (other for other in ring if other != part)
            outer = (other for further in RINGS[place + 1 :] for other in further)
            yield from ((part, f"cointicker.{other}") for other in (*siblings, *outer))
            if part != "__main__":
                yield from ((part, library) for library, owners in FOREIGN.items() if part not in owners)


def _lint(folder: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [
            sys.executable,
            "-c",
            "from importlinter.cli import lint_imports_command; lint_imports_command()",
            "--no-cache",
        ],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "PYTHONPATH": str(folder / "tui"), "COLUMNS": "200"},
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )


def _copy(folder: Path) -> Path:
    shutil.copytree(CHECKOUT / "tui", folder / "tui", ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(CHECKOUT / "pyproject.toml", folder)
    return folder / "tui/cointicker"


def test_no_import_points_outwards(tmp_path: Path) -> None:
    _copy(tmp_path)
    verdict = _lint(tmp_path)
    assert verdict.returncode == 0, verdict.stdout


def test_every_import_that_points_outwards_is_seen(tmp_path: Path) -> None:
    package = _copy(tmp_path)
    importers = {}
    for number, (part, imported) in enumerate(_forbidden()):
        if (package / part).is_dir():
            (package / part / f"planted_{number}.py").write_text(f"import {imported}\n")
            importers[part, imported] = f"cointicker.{part}.planted_{number}"
        else:
            with (package / f"{part}.py").open("a") as file:
                file.write(f"import {imported}\n")
            importers[part, imported] = f"cointicker.{part}"
    verdict = _lint(tmp_path)
    assert verdict.returncode == 1, verdict.stdout
    unseen = [pair for pair, importer in importers.items() if f"{importer} -> {pair[1]} " not in verdict.stdout]
    assert unseen == []
