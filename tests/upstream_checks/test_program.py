"""The server as a program of its own."""

import asyncio
import json
import os
import signal
import sys
import tomllib
from pathlib import Path

from upstream_checks.raw_client import Get

TESTS = Path(__file__).parents[1]


def command(*arguments: str) -> tuple[list[str], dict[str, str]]:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join([str(TESTS), *sys.path])}
    return [sys.executable, "-m", "upstream", *arguments], environment


async def test_it_prints_a_configuration_that_points_at_itself() -> None:
    words, environment = command("--port", "8765", "--print-config")
    process = await asyncio.create_subprocess_exec(*words, env=environment, stdout=asyncio.subprocess.PIPE)
    output, _ = await process.communicate()
    config = tomllib.loads(output.decode())
    assert process.returncode == 0
    assert config["market"]["base_url"] == "http://127.0.0.1:8765/api/v3/"
    assert config["mining"]["base_url"] == "http://127.0.0.1:8765/mempool/api/"
    assert len(config["news"]["feeds"]) == 11
    first = config["news"]["feeds"][0]
    assert (first["url"], first["name"]) == ("http://127.0.0.1:8765/feeds/coinwire.xml", "Coinwire")


async def test_it_serves_plays_faults_and_ends_on_a_signal(get: Get) -> None:
    words, environment = command("--port", "0", "--fail", "/api/*=503")
    process = await asyncio.create_subprocess_exec(*words, env=environment, stdout=asyncio.subprocess.PIPE)
    assert process.stdout is not None
    url = (await asyncio.wait_for(process.stdout.readline(), 20)).decode().split()[0]
    try:
        assert (await get(url + "/api/v3/ping")).status == 503
        await get(url + "/__control/heal")
        assert (await get(url + "/api/v3/ping")).status == 200
        asked = json.loads((await get(url + "/__control/requests")).body)
        assert [row["target"] for row in asked] == ["/api/v3/ping"] * 2
    finally:
        process.send_signal(signal.SIGTERM)
        assert await asyncio.wait_for(process.wait(), 10) == 0


async def test_an_unknown_fault_is_refused_at_the_start() -> None:
    words, environment = command("--port", "0", "--fail", "*=sunshine")
    process = await asyncio.create_subprocess_exec(*words, env=environment, stderr=asyncio.subprocess.PIPE)
    _, trouble = await process.communicate()
    assert process.returncode == 2
    assert b"there is no fault 'sunshine'" in trouble
