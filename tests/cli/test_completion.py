"""Completion: what may come next at every place of a command line, and that three shells take it so."""

import os
import pty
import re
import select
import shutil
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from cli.command_line import Stored, environment, quote, run
from cli.inside import run_inside
from cointicker.cli.arguments import COMMANDS, HIDDEN, spoken_of
from cointicker.cli.completing import FILES, OPEN, WORDS
from cointicker.cli.grammar import Family

AddSettings = Callable[[str], None]
_ESCAPES = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]|[\x00\r]")
SETTINGS = """\
[watchlists]
Majors = ["bitcoin", "ethereum"]
"My own" = ["kaspa"]
[[alerts]]
coin = "bitcoin"
above = 100000
[[news.feeds]]
url = "https://feeds.example/rss"
name = "Example"
"""


def complete(line: str) -> tuple[str, list[str]]:
    """The mode, and the words that a line may go on with; the line begins behind the program's name."""
    ended = run_inside("complete", f"--text=cointicker {line}")
    assert (ended.status, ended.err) == (0, "")
    mode, *rest = ended.out.splitlines()
    return mode, [each.split("\t")[0] for each in rest]


def test_coins_that_are_stored_may_come_next_but_no_name_that_a_shell_would_obey(stored: Stored) -> None:
    odd = (quote("odd%d", 3), quote("odd-symbol", 4, "$(odd)"), quote("-odd", 5, "--odd"))
    stored.prices(5, quote("kekec-the-balkan-dwarf", 900, "kekec"), quote("keko", 40, "keko"), *odd)
    assert complete("watch add kek") == (WORDS, ["keko", "kekec-the-balkan-dwarf", "kekec"])
    assert complete("prices odd") == (WORDS, ["odd-symbol"])
    assert complete("prices %") == complete("prices k_ko") == (WORDS, [])


def test_a_database_that_cannot_be_read_completes_what_is_known_without_it(stored: Stored, home: Path) -> None:
    stored.prices(5)
    database = next(home.rglob("cointicker.db"))
    database.write_bytes(b"no database at all" * 100)
    assert complete("watch add ethereum-c") == (WORDS, ["ethereum-classic"])


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("pri", ["prices"]),
        ("--offline al", ["alerts"]),
        ("--currency chf --list Majors al", ["alerts"]),
        ("watch re", ["remove", "rename"]),
        ("watch --offline re", ["remove", "rename"]),
        ("news --cat", ["--category"]),
        ("--th", ["--theme"]),
        ("news --category Mi", ["Mining"]),
        ("news --category=mi", ["--category=Mining"]),
        ("prices --currency eu", ["eur"]),
        ("--list ", ["Majors", "My own"]),
        ('--list "My', ["My own"]),
        ("watch delete My", ["My own"]),
        ("watch add kas", ["kaspa", "kas"]),
        ("prices ", ["bitcoin", "ethereum", "kaspa"]),
        ("prices bitcoin eth --json k", ["kaspa", "kas"]),
        ("prices btc,kaspa,ethereum-c", ["btc,kaspa,ethereum-classic"]),
        ("alerts remove ", ["1"]),
        ("alerts add hash", ["hashprice_above", "hashprice_below"]),
        ("alerts add btc new", ["new_high"]),
        ("config get market.ref", ["market.refresh"]),
        ("config set ui.bar ", ["pages", "scroll", "still"]),
        ("config set ui.private ", ["true", "false"]),
        ("config get keys.und", ["keys.undo"]),
        ("themes use fj", ["fjord"]),
        ("feeds remove ", ["Example"]),
        ("export q", ["quotes"]),
        ("chart btc --span 3", ["30d"]),
        ("completion ", ["bash", "zsh", "fish"]),
    ],
)  # fmt: skip
def test_what_may_come_next(add_settings: AddSettings, line: str, words: list[str]) -> None:
    add_settings(SETTINGS)
    assert complete(line) == (WORDS, words)


@pytest.mark.parametrize("line", ["nosuch ", "watch nosuch ", "read ", "news --search ", "prices -- --js", "mining x "])
def test_where_nobody_can_tell_nothing_is_offered(line: str) -> None:
    assert complete(line) == (WORDS, [])


def test_what_goes_on_is_not_closed_with_a_blank() -> None:
    assert complete("watch new X cat") == (OPEN, ["category:"])
    assert complete("config get not") == (OPEN, ["notify."])


def test_files_are_left_to_the_shell() -> None:
    assert complete("--config ") == (FILES, [])
    assert complete("themes check x") == (FILES, [])
    assert complete("export quotes --output=x") == (FILES, [])


def test_every_command_and_every_option_is_offered_and_what_stands_there_is_not_again() -> None:
    assert complete("")[1] == [name for name in COMMANDS if name not in HIDDEN]
    for name in COMMANDS:
        spoken = spoken_of(name)
        forms = spoken.actions.items() if isinstance(spoken, Family) else [("", spoken)]
        for action, form in forms:
            offered = complete(f"{name} {action} --")[1]
            assert {option.name for option in form.options} <= set(offered)
    assert "--json" not in complete("prices --json --")[1]
    assert "--coin" in complete("export quotes --coin btc --")[1]


def test_a_configuration_that_is_broken_or_named_on_the_line_is_no_obstacle(
    add_settings: AddSettings, tmp_path: Path
) -> None:
    add_settings("[watchlists\n")
    assert complete("--list ") == (WORDS, ["Majors"])
    other = tmp_path / "other.toml"
    other.write_text('[watchlists]\nOther = ["kaspa"]\n', encoding="utf-8")
    assert complete(f"--config {other} --list ") == (WORDS, ["Other"])
    assert complete("--config /nonexistent/x.toml --list ") == (WORDS, ["Majors"])


@pytest.mark.parametrize(
    "text", ["", "cointicker", "cointicker 'un", 'cointicker "', "cointicker \\", "cointicker \xff -"]
)
def test_half_a_line_is_no_error(text: str) -> None:
    ended = run_inside("complete", f"--text={text}")
    assert (ended.status, ended.err) == (0, "")


def test_the_command_that_shells_ask_is_not_in_the_help() -> None:
    assert "complete " not in run_inside("--help").out
    assert "completion" in run_inside("--help").out


@pytest.fixture
def program(tmp_path: Path) -> dict[str, str]:
    """An environment in which shells find the program."""
    folder = tmp_path / "bin"
    folder.mkdir()
    script = folder / "cointicker"
    script.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cointicker "$@"\n', encoding="utf-8")
    script.chmod(0o755)
    return environment(PATH=f"{folder}{os.pathsep}{os.environ['PATH']}", TERM="dumb")


def _ask_shell(shell: str, script: str, env: dict[str, str]) -> list[str]:
    arguments = {"bash": ["--norc", "-c"], "fish": ["--no-config", "-c"]}[shell]
    ended = subprocess.run([shell, *arguments, script], env=env, capture_output=True, encoding="utf-8", check=False)
    assert ended.stderr == ""
    return ended.stdout.splitlines()


_BASH = """\
eval "$(cointicker completion bash)"
compopt() { :; }
ask() {
    COMP_LINE=$1; COMP_POINT=${#1}; shift; COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1))
    _cointicker
    echo "${COMPREPLY[*]}"
}
ask "cointicker pri" cointicker pri
ask "cointicker news --category=Mi" cointicker news --category = Mi
ask "cointicker news --category=" cointicker news --category =
ask "cointicker --list M" cointicker --list M
ask "cointicker prices btc,kasp" cointicker prices btc,kasp
ask "cointicker themes check /etc/host" cointicker themes check /etc/host
"""


@pytest.mark.skipif(shutil.which("bash") is None, reason="no bash here")
def test_bash_takes_it_so(add_settings: AddSettings, program: dict[str, str]) -> None:
    add_settings(SETTINGS)
    prices, mining, every, lists, coins, files = _ask_shell("bash", _BASH, program)
    assert (prices, mining, lists, coins) == ("prices", "Mining", r"Majors My\ own", "btc,kaspa")
    assert every.split()[:2] == ["All", "Popular"]
    assert "/etc/hosts" in files.split()


_FISH = """\
cointicker completion fish | source
complete -C "cointicker pri"
complete -C "cointicker news --category=Mi"
complete -C "cointicker --list M"
complete -C "cointicker themes check /etc/host"
"""


@pytest.mark.skipif(shutil.which("fish") is None, reason="no fish here")
def test_fish_takes_it_so(add_settings: AddSettings, program: dict[str, str]) -> None:
    add_settings(SETTINGS)
    lines = [line.split("\t")[0] for line in _ask_shell("fish", _FISH, program) if line]
    assert lines[:4] == ["prices", "--category=Mining", "Majors", "My own"]
    assert "/etc/hosts" in lines[4:]


@pytest.mark.skipif(shutil.which("zsh") is None, reason="no zsh here")
def test_zsh_takes_it_so(add_settings: AddSettings, program: dict[str, str], tmp_path: Path) -> None:
    add_settings(SETTINGS)
    (tmp_path / ".zshrc").write_text(_ZSHRC, encoding="utf-8")
    screen, theirs = pty.openpty()
    shell = subprocess.Popen(
        ["zsh", "-i"],
        env={**program, "ZDOTDIR": str(tmp_path), "TERM": "vt100"},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        assert read_until(screen, "READY")
        for typed, shown in (
            ("cointicker pri", "ces "),
            ("cointicker news --category=Mi", "ning "),
            ("cointicker --list My", r"\ own "),
        ):
            os.write(screen, f"{typed}\t".encode())
            assert read_until(screen, shown)
            os.write(screen, b"\x15")  # Ctrl+U: the line is empty again
    finally:
        shell.kill()
        shell.wait()
        os.close(screen)


_ZSHRC = """\
PS1=; autoload -Uz compinit; compinit -D
eval "$(cointicker completion zsh)"
print READY
"""


def read_until(screen: int, mark: str) -> bool:
    """Whether a terminal shows something before long."""
    shown, give_up = "", time.monotonic() + 30
    while mark not in _ESCAPES.sub("", shown) and time.monotonic() < give_up:
        if select.select([screen], [], [], 1)[0]:
            shown += os.read(screen, 65_536).decode(errors="replace")
    return mark in _ESCAPES.sub("", shown)


def test_a_script_is_one_that_the_shell_can_read() -> None:
    for shell in ("bash", "zsh", "fish"):
        script = run("completion", shell) if shell == "bash" else run_inside("completion", shell)
        assert script.status == 0
        if shutil.which(shell) is not None:
            subprocess.run([shell, "-n"], input=script.out, encoding="utf-8", check=True)
