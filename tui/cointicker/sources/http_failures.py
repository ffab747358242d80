"""What can go wrong with a fetch, in words."""

import ssl
import zlib
from collections.abc import Iterator

import httpx

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.addresses import AddressRefusedError, HostNotFoundError
from cointicker.text.safe import clean

_CERTIFICATE_DATES = frozenset({9, 10})
"""OpenSSL's verify codes for "not yet valid" and "has expired"."""
_PROTOCOL = {
    "without sending a response": "hung up without an answer",
    "complete message body": "sent an incomplete answer",
}
"""Part of a message of h11 → the words for it; it has one exception for all of them."""


class UnusableError(Exception):
    """The server did something that is not gone along with; ``words`` complete the sentence "HOST …"."""

    def __init__(self, cause: Cause, words: str) -> None:
        super().__init__(words)
        self.cause = cause
        self.words = words


FETCH_ERRORS = (
    UnusableError,
    httpx.HTTPError,
    httpx.InvalidURL,
    httpx.StreamError,
    UnicodeError,
    OSError,
    zlib.error,
)
"""All that a fetch may raise, besides being cancelled."""


def in_words(error: Exception, host: str, waited: float) -> Failed:
    """One of ``FETCH_ERRORS`` as a person can use it; ``waited``: seconds until a time-out struck."""
    for cause in _chain(error):
        known = _known_failure(cause, host)
        if known is not None:
            return known
    if isinstance(error, TimeoutError | httpx.TimeoutException):
        return Failed(f"{host} did not answer within {waited:g} s", cause=Cause.TIMEOUT)
    if isinstance(error, httpx.ConnectError):
        return Failed(f"{host} cannot be reached", cause=Cause.OFFLINE)
    if isinstance(error, httpx.InvalidURL | UnicodeError):
        return Failed(f"{host} is not an address that can be fetched", cause=Cause.FORBIDDEN)
    if isinstance(error, httpx.ProtocolError | zlib.error):
        said = next(
            (words for sign, words in _PROTOCOL.items() if sign in str(error)), "sent an answer that cannot be read"
        )
        return Failed(f"{host} {said}", cause=Cause.BROKEN)
    return Failed(f"The connection to {host} broke off", cause=Cause.BROKEN)


def _known_failure(cause: BaseException, host: str) -> Failed | None:
    match cause:
        case UnusableError():
            return Failed(f"{host} {cause.words}", cause=cause.cause)
        case AddressRefusedError():
            return Failed(f"{host} is a private address, and a link may not lead there", cause=Cause.FORBIDDEN)
        case HostNotFoundError():
            return Failed(f"{host} was not found: no network, or no such host", cause=Cause.OFFLINE)
        case ssl.SSLCertVerificationError():
            advice = "; is the date of this machine right?" if cause.verify_code in _CERTIFICATE_DATES else ""
            return Failed(f"{host} has no valid certificate ({clean(cause.verify_message)}){advice}")
        case ssl.SSLError():
            return Failed(f"{host} and this program cannot agree on encryption")
        case ConnectionRefusedError():
            return Failed(f"{host} refuses connections", cause=Cause.OFFLINE)
        case _:
            return None


def _chain(error: BaseException | None) -> Iterator[BaseException]:
    while error is not None:
        yield error
        error = error.__cause__ or error.__context__
