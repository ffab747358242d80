"""``cointicker themes``: the palettes that there are, their colours, what is wrong with a file, which to use."""

from collections.abc import Mapping
from pathlib import Path

from cointicker.cli.config import change, problem_rows
from cointicker.cli.forms.files import Themes as Command
from cointicker.cli.options import Options
from cointicker.cli.output import DONE, USAGE, Out, UsageError, no_such
from cointicker.cli.setup import Setup
from cointicker.config.edits import set_value
from cointicker.config.themes import COLOURS, Theme, check_theme

_SWATCH = "  "


def run_themes(command: Command, options: Options, setup: Setup, out: Out, environ: Mapping[str, str]) -> int:
    """Print what was asked for, or take another palette; the exit status."""
    themes = setup.themes.themes
    match command:
        case Command("show" | "use", str(name)) if name not in themes:
            raise UsageError(no_such("theme", name, tuple(themes)))
        case Command("show", str(name)):
            _show(themes[name], command, out)
        case Command("use", str(name)):
            if options.demo:
                raise UsageError("--demo writes nothing")
            return change(set_value(("theme",), name), f"theme {name}", setup, out, environ, json=command.json)
        case Command("check", str(file)):
            return _check(Path(file), setup, command, out)
        case _:
            _list(command, setup, out)
    return DONE


def _list(command: Command, setup: Setup, out: Out) -> None:
    themes, used = setup.themes.themes, setup.settings.theme
    if command.json:
        rows = [{"name": name, "dark": theme.dark, "in_use": name == used} for name, theme in themes.items()]
        out.json({"themes": rows})
        return
    for name, theme in themes.items():
        _print_row(name, theme, out, current=name == used)


def _print_row(name: str, theme: Theme, out: Out, *, current: bool) -> None:
    swatches = "".join(_swatch(colour) for colour in _colours(theme).values()) + "  " if out.paint.on else ""
    ground = "dark" if theme.dark else "light"
    out.print(f"{'*' if current else ' '} {name:<14}{swatches}{out.paint.dim(ground)}")


def _show(theme: Theme, command: Command, out: Out) -> None:
    if command.json:
        out.json({"name": theme.name, "dark": theme.dark, "colors": _colours(theme)})
        return
    out.print(f'name = "{theme.name}"')
    out.print(f"dark = {str(theme.dark).lower()}")
    out.print()
    out.print("[colors]")
    for name, colour in _colours(theme).items():
        line = f'{name} = "{colour}"'
        out.print(f"{line:<26}{_swatch(colour)}" if out.paint.on else line)


def _colours(theme: Theme) -> dict[str, str]:
    return {name: getattr(theme, name) for name in COLOURS}


def _swatch(colour: str) -> str:
    red, green, blue = (int(colour[index : index + 2], 16) for index in (1, 3, 5))
    return f"\x1b[48;2;{red};{green};{blue}m{_SWATCH}\x1b[0m"


def _check(file: Path, setup: Setup, command: Command, out: Out) -> int:
    problems = check_theme(file, (setup.paths.themes_dir,))
    wrong = any(problem.severity == "error" for problem in problems)
    if command.json:
        out.json({"ok": not wrong, "problems": problem_rows(problems)})
        return USAGE if wrong else DONE
    for problem in problems:
        out.print(str(problem))
    if not problems:
        out.print(f"{file}: nothing is wrong")
    return USAGE if wrong else DONE
