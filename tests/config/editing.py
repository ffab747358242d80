"""A process of its own that edits a configuration: ``python editing.py PATH WHAT NUMBER``.

``append`` adds that many words to a list, one edit each; ``limited`` makes one edit with files that cannot grow beyond
that many bytes; ``once`` makes one edit. Prints what came of the last one.
"""

import resource
import sys
from pathlib import Path

from cointicker.config.differences import Data
from cointicker.config.files import change_file


def append(path: Path, word: str) -> str:
    """Add a word to the list ``watchlists.Shared``."""

    def edit(data: Data) -> None:
        data.setdefault("watchlists", {}).setdefault("Shared", []).append(word)

    done = change_file(path, edit)
    return f"{type(done).__name__} {getattr(done, 'why', '')}".strip()


def main(path: Path, what: str, number: int) -> str:
    """What came of the last edit."""
    if what == "limited":
        resource.setrlimit(resource.RLIMIT_FSIZE, (number, resource.RLIM_INFINITY))
    if what == "append":
        name = sys.argv[4]
        return [append(path, f"{name}-{each}") for each in range(number)][-1]
    return append(path, "kaspa")


if __name__ == "__main__":
    sys.stdout.write(main(Path(sys.argv[1]), sys.argv[2], int(sys.argv[3])))
