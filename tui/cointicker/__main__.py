"""The entry point: reads the command line, then lets ``wiring`` carry it out. Nothing else is imported at the door."""

import os
import sys

from cointicker.cli.arguments import parse

INTERRUPTED = 130
"""The exit status after Ctrl+C, as shells have it."""


def main() -> int:
    """Carry out the command line of this process; the exit status."""
    os.umask(0o077)
    try:
        options = parse(sys.argv[1:])
        from cointicker import wiring  # noqa: PLC0415 - after --help and --version, which need nothing of it
        from cointicker.config.logs import say_last_words  # noqa: PLC0415

        sys.excepthook = say_last_words
        return wiring.run(options)
    except KeyboardInterrupt:
        return INTERRUPTED


if __name__ == "__main__":
    sys.exit(main())
