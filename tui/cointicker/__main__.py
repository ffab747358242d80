"""The entry point: reads the command line, then lets ``wiring`` carry it out. Nothing else is imported at the door.

``cointicker line`` is done before anything of that is imported.
"""

import os
import sys
import time

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence

    from cointicker.cli.options import Options

INTERRUPTED = 130
"""The exit status after Ctrl+C, as shells have it."""


def greet(options: "Options") -> None:
    """Show what the screen showed last, before anything of weight is imported."""
    from cointicker.config.paths import Paths  # noqa: PLC0415 - only for the screen
    from cointicker.ui.first_frame import frame_key, guard, show_frame  # noqa: PLC0415

    guard()
    if options.demo:
        return
    paths = Paths.find(options.config, options.data_dir)
    show_frame(paths.frame_file, frame_key(paths.config_file, options.looks), time.time())


def _find_coins(path: str, typed: str) -> "Sequence[tuple[str, str, str]]":
    from cointicker.store.coin_names import find_coins  # noqa: PLC0415 - only where a stored coin is completed

    return find_coins(path, typed)


def main() -> int:
    """Carry out the command line of this process; the exit status."""
    os.umask(0o077)
    try:
        if "line" in sys.argv:
            from cointicker.at_once import answer_words  # noqa: PLC0415 - light, and before all that is not

            if (status := answer_words(sys.argv[1:])) is not None:
                return status
        return carry_out()
    except KeyboardInterrupt:
        return INTERRUPTED


def carry_out() -> int:
    """Carry out any command; the exit status."""
    from cointicker.cli.arguments import parse  # noqa: PLC0415 - takes longer than `line` in all
    from cointicker.cli.options import App  # noqa: PLC0415

    options = parse(sys.argv[1:])
    if isinstance(options.command, App):
        greet(options)
    elif "line" in sys.argv:
        from cointicker.at_once import answer_options  # noqa: PLC0415 - only for `line`

        if (status := answer_options(options)) is not None:
            return status
    if options.command.at_the_door:
        from cointicker.cli.completing import run_shell  # noqa: PLC0415 - only for shells

        return run_shell(options.command, options, _find_coins)
    from cointicker import wiring  # noqa: PLC0415 - after --help and --version, which need nothing of it
    from cointicker.config.logs import say_last_words  # noqa: PLC0415

    sys.excepthook = say_last_words
    return wiring.run(options)


if __name__ == "__main__":
    sys.exit(main())
