"""The process that reads foreign documents: what it does, and what it survives."""

import asyncio
import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import pytest

import cointicker
from cointicker.domain.freshness import Cause, Failed
from cointicker.sources.parsing import Result
from cointicker.sources.worker import Worker
from sources.worker_jobs import JOBS

FEED = b"""<rss version="2.0"><channel><title>News</title><item><title>Blocks come faster</title>
<link>https://news.example/1</link></item></channel></rss>"""
PATIENCE = 10.0
"""Seconds within which other processes get something done, also on a busy machine."""


@pytest.fixture
async def worker() -> AsyncIterator[Worker]:
    worker = Worker(JOBS, job_seconds=1.0)
    yield worker
    await worker.close()


def done(outcome: Result | Failed) -> Result:
    assert not isinstance(outcome, Failed), outcome
    return outcome


def failure(outcome: Result | Failed) -> Failed:
    assert isinstance(outcome, Failed), outcome
    return outcome


async def until(happened: Callable[[], bool]) -> None:
    async with asyncio.timeout(PATIENCE):
        while not happened():  # noqa: ASYNC110  another process tells us nothing
            await asyncio.sleep(0.01)


def is_running(pid: int) -> bool:
    """Whether a process still does something; one that nobody has buried yet does not."""
    state = subprocess.run(["ps", "-o", "stat=", "-p", str(pid)], capture_output=True, text=True, check=False).stdout
    return bool(state.strip()) and not state.strip().startswith("Z")


def cpu_limit(pid: str) -> int:
    """Seconds of CPU time that a process has in all."""
    limits = Path(f"/proc/{pid}/limits").read_text()
    return int(next(line for line in limits.splitlines() if line.startswith("Max cpu time")).split()[3])


async def test_no_process_runs_before_the_first_job_and_one_serves_all(worker: Worker) -> None:
    assert worker.pid is None
    first = done(await worker.run("echo", b"one", mark="a"))
    second = done(await worker.run("echo", "zwei €".encode(), mark="b"))
    assert (first["text"], first["mark"]) == ("one", "a")
    assert (second["text"], second["mark"]) == ("zwei €", "b")
    assert first["pid"] == second["pid"] == worker.pid != os.getpid()


async def test_jobs_asked_for_at_once_get_their_own_answers(worker: Worker) -> None:
    answers = await asyncio.gather(*(worker.run("echo", str(number).encode()) for number in range(20)))
    assert [done(answer)["text"] for answer in answers] == [str(number) for number in range(20)]


async def test_a_job_that_hangs_is_killed_and_the_next_one_works() -> None:
    worker = Worker(JOBS, job_seconds=0.2)
    before = done(await worker.run("echo", b""))["pid"]
    assert failure(await worker.run("hang", b"")).why == "sent something that takes too long to read"
    assert not is_running(before)
    assert done(await worker.run("echo", b"next"))["text"] == "next"
    await worker.close()


async def test_a_job_that_eats_memory_fails_and_the_next_one_works(worker: Worker) -> None:
    outcome = failure(await worker.run("hoard", b""))
    assert outcome.cause is Cause.TOO_LARGE
    assert done(await worker.run("echo", b"next"))["text"] == "next"


@pytest.mark.parametrize("job", ["die", "crash", "leak_stack"])
async def test_a_process_that_breaks_over_a_job_is_replaced(worker: Worker, job: str) -> None:
    assert failure(await worker.run(job, b"")).why == "sent something that cannot be read"
    assert done(await worker.run("echo", b"next"))["text"] == "next"


async def test_a_process_killed_while_idle_is_not_noticed(worker: Worker) -> None:
    pid = done(await worker.run("echo", b""))["pid"]
    os.kill(pid, signal.SIGKILL)
    answer = done(await worker.run("echo", b"again"))
    assert answer["text"] == "again"
    assert answer["pid"] != pid


async def test_what_a_parser_prints_is_not_taken_for_an_answer(worker: Worker) -> None:
    assert done(await worker.run("shout", b"")) == {"read": 0}
    assert done(await worker.run("echo", b"next"))["text"] == "next"


async def test_a_result_without_bound_is_refused(worker: Worker) -> None:
    assert failure(await worker.run("swell", b"")).cause is Cause.TOO_LARGE


async def test_a_caller_that_gives_up_does_not_leave_its_answer_to_the_next(worker: Worker) -> None:
    await worker.run("echo", b"")
    hanging = asyncio.create_task(worker.run("hang", b""))
    waiting = asyncio.create_task(worker.run("echo", b"given up while waiting"))
    staying = asyncio.create_task(worker.run("echo", b"mine"))
    await asyncio.sleep(0)
    waiting.cancel()
    hanging.cancel()
    assert done(await staying)["text"] == "mine"
    outcomes = await asyncio.gather(hanging, waiting, return_exceptions=True)
    assert [type(outcome) for outcome in outcomes] == [asyncio.CancelledError] * 2


async def test_closing_ends_what_is_under_way_at_once(worker: Worker) -> None:
    pid = done(await worker.run("echo", b""))["pid"]
    hanging = asyncio.create_task(worker.run("hang", b""))
    await asyncio.sleep(0)
    start = time.monotonic()
    await worker.close()
    assert failure(await hanging).cause is Cause.OFFLINE
    assert time.monotonic() - start < 0.9
    assert not is_running(pid)
    assert failure(await worker.run("echo", b"")).why == "was not read: the program is closing"
    assert worker.pid is None


async def test_an_idle_process_ends_by_itself_and_the_next_job_starts_another() -> None:
    worker = Worker(JOBS, idle_seconds=0.05)
    pid = done(await worker.run("echo", b""))["pid"]
    await until(lambda: not is_running(pid))
    assert done(await worker.run("echo", b"later"))["text"] == "later"
    await worker.close()


async def test_a_job_that_cannot_be_imported_is_named() -> None:
    worker = Worker({"read": "no_such_library.parser:parse"})
    assert (
        failure(await worker.run("read", b"")).why == "cannot be read: no_such_library is not installed as it should be"
    )
    await worker.close()


async def test_the_process_knows_no_secrets_and_gives_way_to_others(
    worker: Worker, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COINGECKO_PRO_API_KEY", "secret")
    seen = done(await worker.run("describe", b""))
    assert not [name for name in seen["environment"] if "KEY" in name or "TOKEN" in name]
    assert seen["nice"] > os.nice(0)
    assert seen["session"] != os.getsid(0)
    assert not {"feedparser", "trafilatura", "lxml", "httpx", "textual", "asyncio"} & set(seen["modules"])


async def test_parsers_are_imported_in_the_process_only_and_only_those_that_a_job_needs() -> None:
    worker = Worker({"feed": "cointicker.sources.parsing.feeds:parse_feed", "describe": JOBS["describe"]})
    assert done(await worker.run("feed", FEED))["items"][0]["title"] == "Blocks come faster"
    modules = set(done(await worker.run("describe", b""))["modules"])
    assert "feedparser" in modules
    assert not {"trafilatura", "lxml"} & modules
    await worker.close()


def test_the_program_itself_imports_no_parser() -> None:
    code = "import sys, cointicker.sources.feeds, cointicker.sources.articles; print(*sys.modules)"
    modules = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert not {"feedparser", "trafilatura", "lxml", "dateutil"} & set(modules)


async def test_the_process_dies_with_a_program_that_is_killed(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", PARENT, str(note), env=_paths())
    await until(lambda: note.exists() and bool(note.read_text()))
    parent.kill()
    await parent.wait()
    await until(lambda: not is_running(int(note.read_text())))


PARENT = textwrap.dedent("""
    import asyncio, pathlib, sys
    from cointicker.sources.worker import Worker
    from sources.worker_jobs import JOBS

    async def main():
        worker = Worker(JOBS)
        await worker.run("echo", b"")
        pathlib.Path(sys.argv[1]).write_text(str(worker.pid))
        await asyncio.Event().wait()

    asyncio.run(main())
""")


async def test_a_bare_checkout_can_start_it(tmp_path: Path) -> None:
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", BARE, cwd=tmp_path, env=_paths(), stdout=asyncio.subprocess.PIPE
    )
    output, _ = await parent.communicate()
    assert output.decode().strip() == "Blocks come faster"


BARE = textwrap.dedent(f"""
    import asyncio
    from cointicker.sources.worker import Worker

    async def main():
        worker = Worker()
        print((await worker.run("feed", {FEED!r}))["items"][0]["title"])
        await worker.close()

    asyncio.run(main())
""")


def _paths() -> dict[str, str]:
    roots = (Path(cointicker.__file__).parents[1], Path(__file__).parents[1])
    return {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, roots))}


@pytest.mark.skipif(sys.platform != "linux", reason="limits of other processes can be read on Linux only")
async def test_cpu_time_is_bounded_even_when_nobody_watches(tmp_path: Path) -> None:
    note = tmp_path / "pid"
    parent = await asyncio.create_subprocess_exec(sys.executable, "-c", ORPHAN, str(note), env=_paths())
    await until(lambda: note.exists() and bool(note.read_text()))
    assert 1 < cpu_limit(note.read_text()) <= 20
    parent.kill()
    await parent.wait()
    os.kill(int(note.read_text()), signal.SIGKILL)


ORPHAN = PARENT.replace('run("echo", b"")', 'run("note_and_spin", sys.argv[1].encode())')
