"""``cointicker themes``: the palettes that there are, their colours, and what is wrong with a file."""

from pathlib import Path

from cointicker.cli.forms.files import Themes as Command
from cointicker.cli.output import DONE, USAGE, Out, UsageError, no_such
from cointicker.cli.setup import Setup
from cointicker.config.themes import COLOURS, Theme, check_theme

_SWATCH = "  "


def run_themes(command: Command, setup: Setup, out: Out) -> int:
    """Print what was asked for; the exit status."""
    themes = setup.themes.themes
    match command:
        case Command("show", str(name)):
            if name not in themes:
                raise UsageError(no_such("theme", name, tuple(themes)))
            _show(themes[name], out)
        case Command("check", str(file)):
            return _check(Path(file), setup, out)
        case _:
            for name, theme in themes.items():
                _print_row(name, theme, out, current=name == setup.settings.theme)
    return DONE


def _print_row(name: str, theme: Theme, out: Out, *, current: bool) -> None:
    swatches = "".join(_swatch(colour) for colour in _colours(theme).values()) + "  " if out.paint.on else ""
    ground = "dark" if theme.dark else "light"
    out.print(f"{'*' if current else ' '} {name:<14}{swatches}{out.paint.dim(ground)}")


def _show(theme: Theme, out: Out) -> None:
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


def _check(file: Path, setup: Setup, out: Out) -> int:
    problems = check_theme(file, (setup.paths.themes_dir,))
    for problem in problems:
        out.print(str(problem))
    if not problems:
        out.print(f"{file}: nothing is wrong")
    return USAGE if any(problem.severity == "error" for problem in problems) else DONE
