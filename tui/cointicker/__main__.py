"""The entry point: reads the command line, then lets ``wiring`` carry it out. Nothing else is imported at the door."""

import os
import sys
import time

from cointicker.cli.arguments import parse
from cointicker.cli.options import App, Options

INTERRUPTED = 130
"""The exit status after Ctrl+C, as shells have it."""


def greet(options: Options) -> None:
    """Show what the screen showed last, before anything of weight is imported."""
    from cointicker.config.paths import Paths  # noqa: PLC0415 - only for the screen
    from cointicker.ui.first_frame import frame_key, guard, show_frame  # noqa: PLC0415

    guard()
    if options.demo:
        return
    paths = Paths.find(options.config, options.data_dir)
    show_frame(paths.frame_file, frame_key(paths.config_file, options.looks), time.time())


def main() -> int:
    """Carry out the command line of this process; the exit status."""
    os.umask(0o077)
    try:
        options = parse(sys.argv[1:])
        if isinstance(options.command, App):
            greet(options)
        from cointicker import wiring  # noqa: PLC0415 - after --help and --version, which need nothing of it
        from cointicker.config.logs import say_last_words  # noqa: PLC0415

        sys.excepthook = say_last_words
        return wiring.run(options)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
