"""What the first request costs: whoever waits for it must not wait for an import too."""

import subprocess
import sys

_FETCH = """
import asyncio, sys
from cointicker.sources.http import Fetcher

async def answer(reader, writer):
    await reader.readuntil(b"\\r\\n\\r\\n")
    writer.write(b"HTTP/1.1 200 OK\\r\\ncontent-length: 0\\r\\n\\r\\n")
    await writer.drain()
    writer.close()

async def main():
    server = await asyncio.start_server(answer, "127.0.0.1", 0)
    host, port = server.sockets[0].getsockname()
    fetcher = Fetcher(user_agent="cointicker (a test)")
    before = set(sys.modules)
    response = await fetcher.fetch(f"http://{host}:{port}/", typed=True)
    print(response.status, *sorted(set(sys.modules) - before))

asyncio.run(main())
"""


def test_the_first_request_imports_nothing_on_the_loop() -> None:
    done = subprocess.run([sys.executable, "-c", _FETCH], capture_output=True, text=True, timeout=60, check=True)
    assert done.stdout.split() == ["200"]
