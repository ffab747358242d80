"""What is sent, and the words for all that can go wrong."""

import asyncio
import socket
import time
from collections.abc import Sequence

import pytest

from cointicker import __version__
from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.http import Fetcher, Limits, Response, user_agent
from sources.raw_server import RawServer, answer, hang


async def fetch(url: str, **asked: object) -> Response | Failed:
    fetcher = Fetcher(user_agent="cointicker/test (a test)", clock=lambda: 1_000.0)
    try:
        return await fetcher.fetch(url, typed=True, **asked)  # type: ignore[arg-type]
    finally:
        await fetcher.close()


def failure(outcome: Response | Failed, cause: Cause) -> str:
    assert isinstance(outcome, Failed), outcome
    assert outcome.cause is cause
    return outcome.why


async def test_an_answer_says_where_and_when_it_came_from() -> None:
    sent = b'HTTP/1.1 200 OK\r\nETag: "a"\r\nVary: one\r\nvary: two\r\nX-Odd: caf\xe9\r\ncontent-length: 2\r\n\r\nok'
    async with RawServer(sent) as server:
        outcome = await fetch(server.url + "place?a=b#part")
        assert isinstance(outcome, Response)
        assert (outcome.status, outcome.body, outcome.received_at) == (200, b"ok", 1_000.0)
        assert outcome.url.startswith(server.url + "place?a=b")
        assert (outcome.headers["etag"], outcome.headers["vary"], outcome.headers["x-odd"]) == (
            '"a"',
            "one, two",
            "café",
        )
        assert outcome.moved_to == ""


async def test_what_is_asked_says_who_asks_and_nothing_more() -> None:
    async with RawServer(answer(b"ok", set_cookie="a=b")) as server:
        fetcher = Fetcher(user_agent="cointicker/test (a test)")
        for _ in range(2):
            await fetcher.fetch(server.url, headers={"If-None-Match": '"a"'}, typed=True)
        await fetcher.close()
        for asked in server.asked:
            assert asked.raw.startswith(b"GET / HTTP/1.1\r\n")
            assert asked.headers == {
                "host": f"127.0.0.1:{server.port}",
                "accept": "*/*",
                "accept-encoding": "gzip",
                "user-agent": "cointicker/test (a test)",
                "if-none-match": '"a"',
            }


async def test_an_asker_cannot_change_who_asks_or_what_is_accepted() -> None:
    async with RawServer(answer(b"ok")) as server:
        await fetch(server.url, headers={"User-Agent": "Mozilla/5.0", "Accept-Encoding": "br", "Accept": "text/xml"})
        sent = server.asked[0].headers
        assert (sent["user-agent"], sent["accept-encoding"]) == ("cointicker/test (a test)", "gzip")
        assert sent["accept"] == "text/xml"


@pytest.mark.parametrize("value", ["", " ", "a\r\nx: y", "a\0b", "☃", "\ud800", "x" * 2000, "\x1b[2J"])
async def test_a_header_that_cannot_be_sent_is_left_out(value: str) -> None:
    async with RawServer(answer(b"ok")) as server:
        assert isinstance(await fetch(server.url, headers={"If-None-Match": value}), Response)
        assert "if-none-match" not in server.asked[0].headers
        assert "x" not in server.asked[0].headers


async def test_a_header_of_latin_letters_is_sent_as_it_came() -> None:
    async with RawServer(answer(b"ok")) as server:
        assert isinstance(await fetch(server.url, headers={"If-None-Match": ' "caf\xe9" '}), Response)
        assert server.asked[0].headers["if-none-match"] == '"caf\xe9"'


async def test_a_query_is_added_in_front_of_the_fragment() -> None:
    async with RawServer(answer(b"ok")) as server:
        await fetch(server.url + "list?page=1#top", query={"ids": "a,b c&d", "x": "é"})
        assert server.asked[0].target == "/list?page=1&ids=a,b+c%26d&x=%C3%A9"


async def test_a_query_may_be_longer_than_a_foreign_address() -> None:
    async with RawServer(answer(b"ok")) as server:
        ids = ",".join(f"a-coin-with-a-long-name-{number}" for number in range(250))
        assert isinstance(await fetch(server.url, query={"ids": ids}), Response)
        assert server.asked[0].target == f"/?ids={ids}"


async def test_a_query_that_cannot_be_spelt_is_a_failure_in_words() -> None:
    async with RawServer(answer(b"ok")) as server:
        why = failure(await fetch(server.url, query={"ids": "\ud800"}), Cause.FORBIDDEN)
        assert why == "127.0.0.1 is not an address that can be fetched"


@pytest.mark.parametrize(
    "url",
    [
        "",
        "file:///etc/passwd",
        "javascript:alert(1)",
        "ftp://a.example/",
        "//a.example/",
        "http://",
        "http://a b/",
        "http://a..b/",
        f"http://{'a' * 70}.example/",
    ],
)
async def test_only_http_and_https_are_fetched(url: str) -> None:
    assert "not an http or https address" in failure(await fetch(url), Cause.FORBIDDEN)


async def test_a_closed_door_is_said() -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/"
        assert failure(await fetch(url), Cause.OFFLINE) == "127.0.0.1 refuses connections"


async def test_a_name_that_nobody_knows_is_said() -> None:
    async def resolve(_host: str) -> Sequence[str]:
        raise socket.gaierror(-2, "Name or service not known")

    fetcher = Fetcher(user_agent="test", resolve=resolve)
    outcome = await fetcher.fetch("http://www.gone.example/")
    await fetcher.close()
    assert failure(outcome, Cause.OFFLINE) == "gone.example was not found: no network, or no such host"


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        (b"", "hung up without an answer"),
        (b"SSH-2.0-OpenSSH_9.6\r\n\r\n", "sent an answer that cannot be read"),
        (b"\x16\x03\x01\x00\x05hello", "sent an answer that cannot be read"),
        (b"HTTP/1.1 200 OK\r\ncontent-length: 100\r\n\r\nten bytes.", "sent an incomplete answer"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n5\r\nhel", "sent an incomplete answer"),
        (b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nzz\r\nhello\r\n", "sent an answer that cannot be read"),
        (b"HTTP/1.1 200 OK\r\nx: " + b"y" * 200_000 + b"\r\n\r\n", "sent an answer that cannot be read"),
        (b"HTTP/1.1 200 OK\r\n" + b"x: y\r\n" * 50_000 + b"\r\n", "sent an answer that cannot be read"),
        (b"HTTP/1.1 200 OK\r\nno colon here\r\n\r\n", "sent an answer that cannot be read"),
        (b"HTTP/1.1 999999 ?\r\n\r\n", "sent an answer that cannot be read"),
    ],
    ids=["nothing", "ssh", "tls", "short", "chunk cut", "bad chunk", "long header", "headers", "no colon", "status"],
)
async def test_an_answer_that_breaks_the_rules_is_a_failure_in_words(sent: bytes, said: str) -> None:
    async with RawServer(sent) as server:
        assert failure(await fetch(server.url), Cause.BROKEN) == f"127.0.0.1 {said}"


async def test_a_body_longer_than_declared_ends_where_it_was_to_end() -> None:
    async with RawServer(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nfour and more") as server:
        outcome = await fetch(server.url)
        assert isinstance(outcome, Response)
        assert outcome.body == b"four"


async def test_a_connection_that_breaks_off_is_said() -> None:
    async def reset(_asked: object, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        await writer.drain()
        raw = writer.get_extra_info("socket")
        raw.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, b"\1\0\0\0\0\0\0\0")
        writer.transport.abort()

    async with RawServer(reset) as server:
        assert failure(await fetch(server.url), Cause.BROKEN) == "The connection to 127.0.0.1 broke off"


async def test_closing_ends_what_hangs_at_once() -> None:
    async with RawServer(hang) as server:
        fetcher = Fetcher(user_agent="test")
        fetching = [asyncio.ensure_future(fetcher.fetch(server.url, typed=True)) for _ in range(5)]
        await server.was_asked.wait()
        started = time.monotonic()
        await fetcher.close()
        outcomes = await asyncio.gather(*fetching)
        assert time.monotonic() - started < 1
        for outcome in outcomes:
            assert failure(outcome, Cause.OFFLINE) == "127.0.0.1 was not waited for: the program is closing"
        failure(await fetcher.fetch(server.url, typed=True), Cause.OFFLINE)
        await fetcher.close()


async def test_closing_ends_a_look_up_that_hangs() -> None:
    asked = asyncio.Event()

    async def resolve(_host: str) -> Sequence[str]:
        asked.set()
        await asyncio.Event().wait()
        return ()

    fetcher = Fetcher(user_agent="test", resolve=resolve)
    fetching = asyncio.ensure_future(fetcher.fetch("http://slow.example/"))
    await asked.wait()
    await fetcher.close()
    failure(await asyncio.wait_for(fetching, 1), Cause.OFFLINE)


async def test_a_fetch_that_is_cancelled_lets_go_of_its_connection() -> None:
    async with RawServer(hang) as server:
        fetcher = Fetcher(user_agent="test")
        fetching = asyncio.ensure_future(fetcher.fetch(server.url, limits=Limits(seconds=60), typed=True))
        await server.was_asked.wait()
        fetching.cancel()
        with pytest.raises(asyncio.CancelledError):
            await fetching
        await asyncio.wait_for(server.hung_up.wait(), 5)
        await fetcher.close()


@pytest.mark.parametrize(
    ("contact", "told"),
    [
        ("", ")"),
        ("  ", ")"),
        ("me@coins.example", "; me@coins.example)"),
        ("a\r\nX-Evil: b", "; aX-Evil: b)"),
        ("José (☃) \\ \x1b[2J", "; Jos   [2J)"),
    ],
)
def test_the_user_agent_is_truthful_and_printable(contact: str, told: str) -> None:
    assert user_agent(contact) == f"cointicker/{__version__} (terminal price ticker and headline reader{told}"
