"""``cointicker config``: where the configuration is, what holds, what is wrong with it, and single settings."""

import tomllib
from collections.abc import Mapping, Sequence
from typing import Any

from cointicker.cli.deeds import Deeds
from cointicker.cli.forms.files import Config
from cointicker.cli.options import Options
from cointicker.cli.output import COULD_NOT, DONE, USAGE, Out, UsageError
from cointicker.cli.setup import Setup, find_paths, follow, prepare
from cointicker.config.edits import SettingsEdit, set_value
from cointicker.config.files import Refused
from cointicker.config.problems import Problem, short_path
from cointicker.config.settings import MASK, Secret
from cointicker.config.showing import init, show
from cointicker.config.single import Place, SettingError, find_setting, typed_value, value_of
from cointicker.config.spelling import toml_value
from cointicker.engine.commands import BY_NAME, COMMANDS


def run_config(command: Config, options: Options, out: Out, environ: Mapping[str, str]) -> int:
    """Print what was asked for, or write it down; the exit status."""
    match command.action:
        case "path":
            return _path(command, options, out)
        case "init":
            return _init(command, options, out)
        case "check":
            return _check(command, options, out, environ)
    setup = prepare(options, environ)
    for problem in setup.errors:
        out.say(str(problem))
    if command.action == "show":
        text = show(setup.settings)
        if command.json:
            out.json({"settings": tomllib.loads(text)})
        else:
            out.print(text.rstrip("\n"))
        return DONE
    return _one(command, setup, options, out, environ)


def _path(command: Config, options: Options, out: Out) -> int:
    paths = find_paths(options)
    if command.json:
        out.json(
            {
                "config": str(paths.config_file),
                "holdings": str(paths.holdings_file),
                "themes": str(paths.themes_dir),
                "database": str(paths.database),
                "log": str(paths.log_file),
            }
        )
    else:
        out.print(str(paths.config_file))
    return DONE


def _init(command: Config, options: Options, out: Out) -> int:
    path = find_paths(options).config_file
    if options.demo:
        raise UsageError("--demo writes nothing")
    deeds = Deeds(out, json=command.json)
    try:
        init(path, {command.name: ",".join(command.keys) for command in COMMANDS})
    except FileExistsError:
        raise UsageError(f"{short_path(path)} is there already and is not overwritten") from None
    except OSError as error:
        deeds.failed(f"{short_path(path)} cannot be written: {error.strerror}")
    else:
        deeds.done(f"{short_path(path)} is written; every setting in it is explained")
    return deeds.end()


def _check(command: Config, options: Options, out: Out, environ: Mapping[str, str]) -> int:
    setup = prepare(options, environ, broken_too=True)
    place = short_path(setup.paths.config_file)
    if command.json:
        out.json({"ok": not setup.errors, "exists": setup.reading.exists, "problems": problem_rows(setup.problems)})
        return USAGE if setup.errors else DONE
    for problem in setup.problems:
        out.print(str(problem))
    if not setup.reading.exists:
        out.print(f"{place} is not there: the defaults hold")
    elif not setup.problems:
        out.print(f"{place}: nothing is wrong")
    return USAGE if setup.errors else DONE


def problem_rows(problems: Sequence[Problem]) -> list[dict[str, Any]]:
    """What is wrong with files, as JSON has it."""
    return [
        {
            "file": None if each.file is None else str(each.file),
            "line": each.line,
            "key": each.key or None,
            "why": each.why,
            "nearest": each.nearest or None,
            "severity": each.severity,
        }
        for each in problems
    ]


def _one(command: Config, setup: Setup, options: Options, out: Out, environ: Mapping[str, str]) -> int:
    try:
        place = find_setting(command.key, {"keys": BY_NAME})
        if command.action == "get":
            return _get(place, command, setup, out)
        value = typed_value(place, command.value) if command.action == "set" else None
    except SettingError as error:
        raise UsageError(str(error)) from None
    if options.demo:
        raise UsageError("--demo writes nothing")
    hidden = MASK if place.declared.type is Secret and value else None
    words = f"{place.name} is {hidden or toml_value(value)}" if value is not None else f"{place.name} is as by default"
    return change(set_value(place.path, value), words, setup, out, environ, json=command.json)


def _get(place: Place, command: Config, setup: Setup, out: Out) -> int:
    value = value_of(place, setup.settings)
    if value is None and place.path[0] == "keys":
        value = ",".join(BY_NAME[place.path[1]].keys)
    if command.json:
        out.json({"key": place.name, "value": value})
    elif value is None:
        out.say(f"{place.name} is not set")
    else:
        out.print(value if isinstance(value, str) else toml_value(value))
    return COULD_NOT if value is None else DONE


def change(edit: SettingsEdit, words: str, setup: Setup, out: Out, environ: Mapping[str, str], *, json: bool) -> int:
    """Write a change of the configuration down and say so; the exit status."""
    deeds = Deeds(out, json=json)
    done = follow(setup, environ).change(edit)
    if isinstance(done, Refused):
        deeds.failed(done.why, USAGE)
    elif done.held:
        deeds.failed(f"not done: {done.held}")
    else:
        deeds.done(words if done.differences else f"{words} already")
    return deeds.end()
