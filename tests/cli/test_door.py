"""Nothing heavy at the door."""

import subprocess
import sys

import pytest

import cointicker
from cli.command_line import environment, run

_HEAVY = "textual rich httpx httpcore sqlite3 feedparser lxml trafilatura requests pycoingecko asyncio platformdirs"
_LOOK = (
    "import atexit, sys;"
    "import cointicker.__main__ as door;"
    f"atexit.register(lambda: print(*[name for name in '{_HEAVY}'.split() if name in sys.modules], file=sys.stderr));"
    "sys.argv[0] = 'cointicker';"
    "sys.exit(door.main())"
)


@pytest.mark.parametrize(
    "words",
    [
        ["--version"],
        ["--help"],
        ["prices", "--help"],
        ["nonsense"],
        ["news", "--nonsense"],
        ["completion", "bash"],
        ["complete", "--text=cointicker prices b"],
    ],
)
def test_answers_at_the_door_import_nothing_heavy(words: list[str]) -> None:
    ended = subprocess.run(
        [sys.executable, "-c", _LOOK, *words], env=environment(), capture_output=True, encoding="utf-8", check=False
    )
    assert ended.returncode in {0, 2}
    assert ended.stderr.splitlines()[-1] == ""


def test_version_is_that_of_the_package() -> None:
    ended = run("--version")
    assert (ended.status, ended.out, ended.err) == (0, f"cointicker {cointicker.__version__}\n", "")


def test_commands_that_need_no_network_do_not_import_it() -> None:
    look = _LOOK.replace("asyncio platformdirs", "textual")
    for words in (["config", "path"], ["themes", "list"], ["prices", "--offline"]):
        ended = subprocess.run(
            [sys.executable, "-c", look, *words], env=environment(), capture_output=True, encoding="utf-8", check=False
        )
        assert not {"httpx", "textual", "requests", "lxml"} & set(ended.stderr.splitlines()[-1].split())


def test_the_screen_asks_for_a_terminal() -> None:
    ended = run("--demo")
    assert ended.status == 2
    assert ended.out == ""
    assert "terminal" in ended.err
