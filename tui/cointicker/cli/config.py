"""``cointicker config``: where the configuration is, what holds, what is wrong with it, and a file to start from."""

from collections.abc import Mapping

from cointicker.cli.forms.files import Config
from cointicker.cli.options import Options
from cointicker.cli.output import COULD_NOT, DONE, USAGE, Out, UsageError
from cointicker.cli.setup import find_paths, prepare
from cointicker.config.problems import short_path
from cointicker.config.showing import init, show
from cointicker.engine.commands import COMMANDS


def run_config(command: Config, options: Options, out: Out, environ: Mapping[str, str]) -> int:
    """Print what was asked for; the exit status."""
    match command.action:
        case "path":
            out.print(str(find_paths(options).config_file))
            return DONE
        case "init":
            return _init(options, out)
        case "check":
            return _check(options, out, environ)
    setup = prepare(options, environ)
    for problem in setup.errors:
        out.say(str(problem))
    out.print(show(setup.settings).rstrip("\n"))
    return DONE


def _init(options: Options, out: Out) -> int:
    path = find_paths(options).config_file
    if options.demo:
        raise UsageError("--demo writes nothing")
    try:
        init(path, {command.name: ",".join(command.keys) for command in COMMANDS})
    except FileExistsError:
        raise UsageError(f"{short_path(path)} is there already and is not overwritten") from None
    except OSError as error:
        out.say(f"{short_path(path)} cannot be written: {error.strerror}")
        return COULD_NOT
    out.print(f"{short_path(path)} is written; every setting in it is explained")
    return DONE


def _check(options: Options, out: Out, environ: Mapping[str, str]) -> int:
    setup = prepare(options, environ, broken_too=True)
    for problem in setup.problems:
        out.print(str(problem))
    if not setup.reading.exists:
        out.print(f"{short_path(setup.paths.config_file)} is not there: the defaults hold")
    elif not setup.problems:
        out.print(f"{short_path(setup.paths.config_file)}: nothing is wrong")
    return USAGE if setup.errors else DONE
