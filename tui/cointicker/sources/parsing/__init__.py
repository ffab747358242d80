"""What takes foreign documents apart. It runs in the worker process only; nothing here touches the network."""

from typing import Any

from cointicker.domain.freshness import Cause

MAX_OUTLINE = 5_000_000
"""Bytes of an OPML document."""

Result = dict[str, Any]
"""An answer of the worker, JSON values only; every text in it is safe unless its name begins with ``foreign``."""


class UnreadableError(Exception):
    """The document cannot be used; ``str`` of it completes the sentence "HOST …" in words of ours, fit to show."""

    def __init__(self, why: str, cause: Cause = Cause.BROKEN) -> None:
        super().__init__(why)
        self.cause = cause
