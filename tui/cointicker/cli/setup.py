"""What every command stands on: the settings as the file, the environment and the command line make them."""

from collections.abc import Mapping
from dataclasses import dataclass, replace

from cointicker.cli.options import Options
from cointicker.cli.output import UsageError, no_such
from cointicker.config.following import Configuration
from cointicker.config.paths import Paths, shipped_themes
from cointicker.config.problems import Problem, nearest, short_path, shown
from cointicker.config.reading import Reading, read_settings
from cointicker.config.settings import Settings
from cointicker.config.themes import DEFAULT_THEME, Theme, Themes, load_themes
from cointicker.domain.market import CURRENCIES
from cointicker.engine.commands import BY_NAME, share_a_place


@dataclass(frozen=True, slots=True)
class Setup:
    """Settings that hold for this run, and what was wrong with those that do not."""

    settings: Settings
    paths: Paths
    reading: Reading
    """What the configuration file itself came to."""
    themes: Themes
    problems: tuple[Problem, ...]
    """Of the configuration and of the themes."""

    @property
    def errors(self) -> tuple[Problem, ...]:
        """The problems without those that are only worth a note to somebody who asks."""
        return tuple(problem for problem in self.problems if problem.severity == "error")

    @property
    def theme(self) -> Theme:
        """The palette in use."""
        name = self.settings.theme
        return self.themes.themes.get(name) or Theme(name)


def find_paths(options: Options) -> Paths:
    """Where this run reads and writes."""
    return Paths.find(options.config, options.data_dir)


def prepare(options: Options, environ: Mapping[str, str], *, broken_too: bool = False) -> Setup:
    """Read the configuration and lay the command line over it.

    Raises ``UsageError`` for a file that was named and is not there, for a theme, currency or watchlist that there is
    not, and for a configuration of which nothing can be read unless ``broken_too``.
    """
    paths = find_paths(options)
    reading = read_settings(paths.config_file, environ, BY_NAME, share_a_place)
    if options.config is not None and not reading.exists:
        raise UsageError(f"there is no file {short_path(paths.config_file)}")
    if reading.broken and not broken_too:
        raise UsageError("; ".join(str(problem) for problem in reading.problems))
    themes = load_themes((shipped_themes(), paths.themes_dir))
    problems = (*reading.problems, *themes.problems)
    settings = reading.settings
    if settings.theme not in themes.themes:
        near = nearest(settings.theme, themes.themes)
        problems += (Problem(reading.path, None, "theme", f"is not one that is here: {shown(settings.theme)}", near),)
        settings = replace(settings, theme=DEFAULT_THEME)
    return Setup(_override(settings, options, themes), paths, reading, themes, problems)


def follow(setup: Setup, environ: Mapping[str, str]) -> Configuration:
    """The configuration file, to be changed key by key."""
    return Configuration(
        setup.paths.config_file,
        setup.reading.settings,
        setup.themes.themes,
        environ=environ,
        commands=BY_NAME,
        together=share_a_place,
        theme_folders=(shipped_themes(), setup.paths.themes_dir),
    )


def _override(settings: Settings, options: Options, themes: Themes) -> Settings:
    if options.theme is not None:
        if options.theme not in themes.themes:
            raise UsageError(no_such("theme", options.theme, tuple(themes.themes)))
        settings = replace(settings, theme=options.theme)
    if options.currency is not None:
        if options.currency not in CURRENCIES:
            raise UsageError(no_such("currency", options.currency, CURRENCIES))
        settings = replace(settings, currency=options.currency)
    names = tuple(watchlist.name for watchlist in settings.watchlists)
    if options.watchlist is not None and options.watchlist not in names:
        raise UsageError(no_such("watchlist", options.watchlist, names))
    return settings
