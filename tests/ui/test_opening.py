"""What may be opened, and how: only vetted addresses, as one argument of one program, never through a shell."""

import asyncio
from pathlib import Path

import pytest

from cointicker.ui.opening import browser_command, open_address
from ui.browser import Browser
from upstream.hostile import ADDRESSES

FORBIDDEN = (
    "", " ", "about:blank", "//evil.example/", "/etc/passwd", "evil.example", "http:", "http:///path", "https://",
    "JAVASCRIPT:alert(1)", "java\nscript:alert(1)", "vbscript:x", "%6aavascript:alert(1)", "fil%65:///etc/passwd",
    "ftp://evil.example/", "gopher://evil.example/", "mailto:a@evil.example", "tel:1", "steam://run/1", "smb://evil/x",
    "-h", "--help", "-https://evil.example/", "x-https://evil.example/", "https:evil.example", "https:/evil.example",
    "https://user@evil.example/", "https://user:pass@evil.example/", "https://evil.example/\x00",
    "https://ev il.example",
    "https://evil.example/\n--version", "https://evil.example\\@good.example/", "https://evil.example/<script>",
    "https://evil.example/`id`", 'https://evil.example/"x', "https://evil.example:99999/", "https://[::1/",
    "https://evil.example/\x9b31m", "https://evil.example/" + "a" * 3000, "https://e\u202evil.example/",
)  # fmt: skip
PRIVATE = tuple(each for each in ADDRESSES if (each.startswith("http://") and each[7:8].isdigit()) or "[::" in each)
"""Places that are never fetched; a person who asks for one on purpose may see it in the browser."""


@pytest.mark.parametrize("url", [*FORBIDDEN, *(each for each in ADDRESSES if each not in PRIVATE)])
def test_what_is_no_plain_web_address_never_starts_a_program(url: str, browser: Browser) -> None:
    assert not open_address(url)
    assert browser.starts == []


def test_the_list_of_hostile_links_is_long() -> None:
    assert len({*FORBIDDEN, *ADDRESSES} - set(PRIVATE)) >= 43


@pytest.mark.parametrize(
    "tail", ["a?b=c&d=e", "$(touch owned)", "a;touch%20owned", "a'b", "%s", "--version", "a,b(c)*!~#top"]
)
async def test_an_address_is_one_argument_whatever_a_shell_would_make_of_it(
    tail: str, browser: Browser, tmp_path: Path
) -> None:
    opened = open_address(f"https://good.example/{tail}")
    if opened:
        (argument,) = await browser.started()
        assert argument.startswith("https://good.example/")
    assert not (tmp_path / "owned").exists()


@pytest.mark.parametrize(
    "form", ["{program}", "{program} %s", "'{program}'", "{program}:/no/such/other", "{program}  "]
)
async def test_every_form_of_the_variable_starts_the_first_choice(
    form: str, browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", form.format(program=browser.program))
    assert open_address("https://good.example/a")
    assert await browser.started() == ["https://good.example/a"]


async def test_arguments_of_the_variable_come_before_the_address(
    browser: Browser, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BROWSER", f"{browser.program} --new-tab '--name=a b' %s")
    assert open_address("https://good.example/")
    assert await browser.started() == ["--new-tab", "--name=a b", "https://good.example/"]


async def test_a_shell_in_the_variable_is_only_a_word(browser: Browser, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BROWSER", f"{browser.program} ; touch owned")
    assert open_address("https://good.example/")
    assert await browser.started() == [";", "touch", "owned", "https://good.example/"]


@pytest.mark.parametrize("own", ["/no/such/browser", "'unclosed", "%s", "   "])
def test_a_variable_that_names_no_program_is_passed_over(own: str, tmp_path: Path) -> None:
    program = tmp_path / "xdg-open"
    program.write_text("")
    program.chmod(0o700)
    environ = {"BROWSER": own, "DISPLAY": ":0", "PATH": str(tmp_path)}
    assert browser_command(environ, "linux") == ["xdg-open"]
    assert browser_command({"BROWSER": own, "PATH": str(tmp_path)}, "linux") == []


@pytest.mark.parametrize(
    ("environ", "platform", "command"),
    [
        ({"DISPLAY": ":0"}, "linux", ["xdg-open"]),
        ({"WAYLAND_DISPLAY": "wayland-0"}, "linux", ["xdg-open"]),
        ({"WSL_DISTRO_NAME": "Debian"}, "linux", ["wslview"]),
        ({"SSH_CONNECTION": "1.2.3.4"}, "linux", []),
        ({}, "darwin", ["open"]),
    ],
)
def test_each_kind_of_desktop_has_its_opener(
    environ: dict[str, str], platform: str, command: list[str], tmp_path: Path
) -> None:
    for name in ("xdg-open", "wslview"):
        (tmp_path / name).write_text("")
        (tmp_path / name).chmod(0o700)
    assert browser_command({"PATH": str(tmp_path)} | environ, platform) == command


def test_where_nothing_can_be_opened_it_says_so(tmp_path: Path) -> None:
    assert not open_address("https://good.example/", {"PATH": str(tmp_path)})


def test_a_program_that_cannot_be_started_is_no_error(browser: Browser) -> None:
    browser.program.write_text("#!/no/such/interpreter\n")
    assert not open_address("https://good.example/")


async def test_the_browser_is_waited_for_by_nobody_and_left_behind_by_nobody(browser: Browser) -> None:
    assert open_address("https://good.example/")
    await browser.started()
    async with asyncio.timeout(10):
        while _children_that_ended():
            await asyncio.to_thread(Path("/proc/self/stat").read_text)


def _children_that_ended() -> list[str]:
    """Processes of ours that have ended and that nobody has asked about."""
    own = Path("/proc/self").resolve().name
    ended = []
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            state, parent = stat.read_text().rsplit(")", 1)[1].split()[:2]
        except OSError:
            continue
        if parent == own and state == "Z":
            ended.append(stat.parent.name)
    return ended
