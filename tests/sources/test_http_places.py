"""Where a fetch may lead: redirects, private addresses, certificates."""

import ssl
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import pytest

from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.http import Fetcher, Limits, Response
from sources.raw_server import RawServer, answer

CERTIFICATES = Path(__file__).parent / "tls"
"""Made for these tests by an authority that nobody trusts; valid for ``coins.example`` and ``localhost``."""


async def fetch(
    url: str,
    *,
    typed: bool = False,
    places: Iterable[str] = (),
    hosts: Mapping[str, str] | None = None,
    headers: Mapping[str, str] | None = None,
    limits: Limits | None = None,
) -> Response | Failed:
    """``places``: addresses typed earlier; ``hosts``: the address of each host name."""

    async def resolve(host: str) -> Sequence[str]:
        if hosts is None or host not in hosts:
            raise OSError(host)
        return (hosts[host],)

    fetcher = Fetcher(user_agent="test", typed=places, resolve=resolve if hosts is not None else None)
    try:
        return await fetcher.fetch(url, typed=typed, headers=headers or {}, limits=limits or Limits())
    finally:
        await fetcher.close()


def failure(outcome: Response | Failed, cause: Cause) -> str:
    assert isinstance(outcome, Failed), outcome
    assert outcome.cause is cause
    return outcome.why


def success(outcome: Response | Failed) -> Response:
    assert isinstance(outcome, Response), outcome
    return outcome


def moved(location: str, status: str = "302 Found") -> bytes:
    return answer(status=status, location=location)


@pytest.mark.parametrize(
    "host",
    [
        "127.0.0.1",
        "127.1",
        "0x7f000001",
        "2130706433",
        "017700000001",
        "0.0.0.0",
        "localhost",
        "[::1]",
        "[::ffff:127.0.0.1]",
        "[2002:7f00:1::]",
        "[64:ff9b::7f00:1]",
        "169.254.169.254",
        "[fe80::1]",
    ],
)
async def test_a_link_leads_to_no_private_address_however_it_is_spelt(host: str) -> None:
    async with RawServer(answer(b"secret")) as server:
        why = failure(await fetch(f"http://{host}:{server.port}/"), Cause.FORBIDDEN)
        assert why.endswith("is a private address, and a link may not lead there")
        assert server.asked == []


async def test_a_name_that_points_home_leads_nowhere() -> None:
    async with RawServer(answer(b"secret")) as server:
        outcome = await fetch(f"http://rebind.example:{server.port}/", hosts={"rebind.example": "127.0.0.1"})
        failure(outcome, Cause.FORBIDDEN)
        assert server.asked == []


async def test_an_address_that_a_person_typed_may_be_private() -> None:
    async with RawServer(answer(b"mine")) as server:
        assert success(await fetch(server.url, typed=True)).body == b"mine"
        assert success(await fetch(server.url + "other", places=[server.url])).body == b"mine"


async def test_what_was_typed_opens_that_host_and_port_only() -> None:
    async with RawServer(answer(b"feed")) as feed, RawServer(answer(b"secret")) as other:
        failure(await fetch(other.url, places=[feed.url]), Cause.FORBIDDEN)
        failure(await fetch(f"http://localhost:{feed.port}/", places=[feed.url]), Cause.FORBIDDEN)
        assert other.asked == []


async def test_a_typed_place_that_redirects_home_is_not_followed() -> None:
    async with RawServer(answer(b"secret")) as other, RawServer(moved(other.url)) as feed:
        failure(await fetch(feed.url, typed=True), Cause.FORBIDDEN)
        assert other.asked == []


async def test_a_connection_that_a_typed_address_opened_is_not_lent_to_a_link() -> None:
    async with RawServer(b"HTTP/1.1 200 OK\r\ncontent-length: 4\r\n\r\nmine") as server:
        fetcher = Fetcher(user_agent="test")
        success(await fetcher.fetch(server.url, typed=True))
        failure(await fetcher.fetch(server.url), Cause.FORBIDDEN)
        await fetcher.close()


async def test_a_place_may_be_typed_later() -> None:
    async with RawServer(answer(b"mine")) as server:
        fetcher = Fetcher(user_agent="test")
        failure(await fetcher.fetch(server.url), Cause.FORBIDDEN)
        fetcher.allow([server.url, "no address"])
        success(await fetcher.fetch(server.url))
        await fetcher.close()


@pytest.mark.parametrize("status", ["301 Moved Permanently", "302 Found", "303 See Other", "307 Temporary Redirect"])
async def test_a_redirect_on_the_same_host_is_followed_with_all_headers(status: str) -> None:
    async with RawServer({"/": moved("/new?a=b", status), "/new": answer(b"found")}) as server:
        outcome = success(await fetch(server.url, typed=True, headers={"x-key": "secret"}))
        assert (outcome.body, outcome.url) == (b"found", server.url + "new?a=b")
        assert outcome.moved_to == (outcome.url if status.startswith("301") else "")
        assert server.asked[1].headers["x-key"] == "secret"


async def test_an_address_is_new_for_good_only_if_every_step_was() -> None:
    plays = {
        "/": moved("/one", "301 Moved Permanently"),
        "/one": moved("/two", "302 Found"),
        "/good": moved("/better", "308 Permanent Redirect"),
        "/better": moved("/two", "301 Moved Permanently"),
        "/two": answer(b"found"),
    }
    async with RawServer(plays) as server:
        assert success(await fetch(server.url, typed=True)).moved_to == ""
        assert success(await fetch(server.url + "good", typed=True)).moved_to == server.url + "two"


async def test_a_key_does_not_follow_to_another_host() -> None:
    async with RawServer(answer(b"ok")) as other, RawServer(moved(other.url)) as server:
        headers = {"x-cg-demo-api-key": "secret", "accept": "a/b", "if-none-match": '"a"'}
        success(await fetch(server.url, typed=True, places=[other.url], headers=headers))
        assert server.asked[0].headers["x-cg-demo-api-key"] == "secret"
        assert b"secret" not in other.asked[0].raw
        assert (other.asked[0].headers["accept"], other.asked[0].headers["if-none-match"]) == ("a/b", '"a"')


async def test_a_failure_names_the_host_at_which_it_happened() -> None:
    hosts = {"start.example": "127.0.0.1", "end.example": "127.0.0.1"}
    async with RawServer({"/gone": moved("http://gone.example/"), "/": moved("http://end.example/")}) as start:
        url = f"http://start.example:{start.port}/"
        why = failure(await fetch(url, typed=True, hosts=hosts), Cause.FORBIDDEN)
        assert why == "end.example is a private address, and a link may not lead there"
        why = failure(await fetch(url + "gone", typed=True, hosts=hosts), Cause.OFFLINE)
        assert why.startswith("gone.example was not found")


async def test_redirects_in_a_circle_end() -> None:
    async with RawServer(moved("/")) as server:
        why = failure(await fetch(server.url, typed=True), Cause.BROKEN)
        assert why == "127.0.0.1 redirects too often"
        assert len(server.asked) == Limits().redirects + 1


async def test_no_redirect_is_followed_where_none_is_allowed() -> None:
    async with RawServer(moved("/new")) as server:
        failure(await fetch(server.url, typed=True, limits=Limits(redirects=0)), Cause.BROKEN)
        assert len(server.asked) == 1


@pytest.mark.parametrize(
    "location",
    [
        "javascript:alert(1)",
        "file:///etc/passwd",
        "ftp://coins.example/",
        "http://user:pass@coins.example/",
        "http://a b/",
        "http://[::1/",
        "http://coins.example:99999/",
        pytest.param("/" + "a" * 3000, id="too long"),
    ],
)
async def test_a_redirect_to_what_is_no_address_is_refused(location: str) -> None:
    async with RawServer(moved(location)) as server:
        outcome = await fetch(server.url, typed=True, hosts={"127.0.0.1": "127.0.0.1"})
        assert isinstance(outcome, Failed)
        assert outcome.cause in {Cause.FORBIDDEN, Cause.BROKEN}
        assert outcome.why.startswith("127.0.0.1 ")
        assert len(server.asked) == 1


async def test_a_redirect_without_a_target_is_an_answer() -> None:
    async with RawServer(answer(b"nowhere", "302 Found")) as server:
        assert success(await fetch(server.url, typed=True)).status == 302


def tls(name: str = "server") -> ssl.SSLContext:
    context = ssl.create_default_context(ssl.Purpose.CLIENT_AUTH)
    context.load_cert_chain(CERTIFICATES / f"{name}.pem")
    return context


@pytest.fixture
def trusted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "ca.pem"))


HOME = {"coins.example": "127.0.0.1", "other.example": "127.0.0.1"}


@pytest.mark.usefixtures("trusted")
async def test_the_host_name_is_verified_though_an_address_is_dialled() -> None:
    named: list[str | None] = []
    context = tls()
    context.sni_callback = lambda _socket, name, _context: named.append(name)
    async with RawServer(answer(b"ok"), context) as server:
        success(await fetch(f"https://coins.example:{server.port}/", typed=True, hosts=HOME))
        why = failure(await fetch(f"https://other.example:{server.port}/", typed=True, hosts=HOME), Cause.BROKEN)
        assert named == ["coins.example", "other.example"]
        assert server.asked[0].headers["host"] == f"coins.example:{server.port}"
        assert why.startswith("other.example has no valid certificate (")
        assert len(server.asked) == 1


@pytest.mark.usefixtures("trusted")
async def test_a_certificate_out_of_date_raises_the_question_of_our_own_clock() -> None:
    async with RawServer(answer(b"ok"), tls("expired")) as server:
        why = failure(await fetch(f"https://coins.example:{server.port}/", typed=True, hosts=HOME), Cause.BROKEN)
        assert why.endswith("is the date of this machine right?")


async def test_a_certificate_of_an_unknown_authority_is_refused() -> None:
    async with RawServer(answer(b"ok"), tls()) as server:
        why = failure(await fetch(f"https://coins.example:{server.port}/", typed=True, hosts=HOME), Cause.BROKEN)
        assert "has no valid certificate" in why
        assert server.asked == []


@pytest.mark.usefixtures("trusted")
async def test_encryption_is_never_given_up_on_the_way() -> None:
    async with RawServer(answer(b"plain")) as plain, RawServer(moved(plain.url), tls()) as secure:
        url = f"https://coins.example:{secure.port}/"
        why = failure(await fetch(url, typed=True, places=[plain.url], hosts=HOME), Cause.FORBIDDEN)
        assert why == "coins.example redirects from https to unprotected http"
        assert plain.asked == []


@pytest.mark.usefixtures("trusted")
async def test_encryption_may_end_again_where_a_person_typed_plain_http() -> None:
    hosts = HOME | {"127.0.0.1": "127.0.0.1"}
    async with RawServer({"/end": answer(b"plain")}) as plain, RawServer(moved(plain.url + "end"), tls()) as secure:
        plain.answers["/"] = moved(f"https://coins.example:{secure.port}/")
        places = [plain.url, f"https://coins.example:{secure.port}/"]
        assert success(await fetch(plain.url, places=places, hosts=hosts)).body == b"plain"


async def test_plain_http_on_an_encrypted_port_is_said() -> None:
    async with RawServer(answer(b"plain")) as server:
        why = failure(await fetch(f"https://127.0.0.1:{server.port}/", typed=True), Cause.BROKEN)
        assert why == "127.0.0.1 and this program cannot agree on encryption"


async def test_a_list_of_authorities_that_cannot_be_read_is_done_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATES / "absent.pem"))
    async with RawServer(answer(b"ok")) as server:
        success(await fetch(server.url, typed=True))
