"""Copying: to the terminal by OSC 52, inside tmux to a buffer as well."""

import asyncio
import os
from pathlib import Path

import pytest
from textual.app import App

from cointicker.ui.clipboard import MOST_BYTES, copy_text


def _tmux(folder: Path, *, old: bool) -> Path:
    """A program in the place of tmux, which keeps what it is given; an old one does not know ``-w``."""
    kept = folder / "buffer"
    refuse = 'test "$2" = "-w" && exit 1' if old else ":"
    program = folder / "tmux"
    program.write_text(f'#!/bin/sh\n{refuse}\ncat > "{kept}.part" && mv "{kept}.part" "{kept}"\n')
    program.chmod(0o755)
    return kept


@pytest.mark.parametrize("old", [False, True], ids=["tmux", "old tmux"])
async def test_inside_tmux_the_text_is_in_a_buffer_too(tmp_path: Path, old: bool) -> None:
    kept = _tmux(tmp_path, old=old)
    app: App[None] = App()
    assert copy_text(app, "Größe", {"TMUX": "/somewhere,1,0", "PATH": f"{tmp_path}:{os.defpath}"}) == ""
    assert app.clipboard == "Größe"
    async with asyncio.timeout(10):
        while not kept.exists():
            await asyncio.to_thread(os.sched_yield)
    assert kept.read_text() == "Größe"


def test_outside_of_tmux_no_program_is_run(tmp_path: Path) -> None:
    kept = _tmux(tmp_path, old=False)
    assert copy_text(App(), "text", {"PATH": f"{tmp_path}:{os.defpath}"}) == ""
    assert not kept.exists()


def test_a_text_is_measured_in_bytes() -> None:
    app: App[None] = App()
    assert copy_text(app, "é" * (MOST_BYTES // 2), {}) == ""
    why = copy_text(app, "é" * (MOST_BYTES // 2 + 1), {})
    assert "74,996 bytes of at most 74,994" in why
    assert len(app.clipboard.encode()) == MOST_BYTES
