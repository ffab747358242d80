"""Names of processes in what they share, by which another process of the same machine can tell that one is dead.

A name holds the boot of the machine, its space of process numbers (a container has its own), the number and when the
process started: a number alone is soon another's. Where ``/proc`` does not tell, a name says nothing, and what its
process holds ends with its time.
"""

import os
import secrets
from contextlib import suppress
from functools import cache
from pathlib import Path

_PROC = Path("/proc")
_STATE = 0
"""The first field behind the name of the process in ``/proc/PID/stat``."""
_STARTED = 19
"""The field that tells when it started, in ticks since the boot."""
_ENDED = frozenset("ZXx")
"""States of a process that runs no more, though its parent has not taken notice yet."""


def make_owner() -> str:
    """A name for this process that no other has."""
    return f"{_here()}:{os.getpid()}:{_started(os.getpid())}:{secrets.token_hex(4)}"


def is_dead(owner: str) -> bool:
    """Whether the process of a name is known to run no more; ``False`` where that cannot be told."""
    here, _, rest = owner.partition(":")
    pid, _, rest = rest.partition(":")
    started = rest.partition(":")[0]
    if not here or here != _here() or not pid.isdecimal() or not started:
        return False
    return _started(int(pid)) != started


@cache
def _here() -> str:
    """The boot of this machine and the space of process numbers; empty where they cannot be told."""
    with suppress(OSError):
        boot = (_PROC / "sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        space = (_PROC / "self/ns/pid").stat().st_ino
        if _started(os.getpid()):
            return f"{boot}.{space}"
    return ""


def _started(pid: int) -> str:
    """When a process started, in ticks since the boot; empty where it runs no more."""
    with suppress(OSError, IndexError):
        # The name of a process, in brackets, may hold anything.
        fields = (_PROC / str(pid) / "stat").read_bytes().rpartition(b")")[2].decode("ascii").split()
        if fields[_STATE] not in _ENDED:
            return fields[_STARTED]
    return ""
