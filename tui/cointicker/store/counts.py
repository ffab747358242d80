"""Counts of calls as rows, which add up wherever they are written."""

import sqlite3

from cointicker.engine.budget import Day, day_number

KEEP_CALLS = 7200.0
"""Seconds that the time of a call is kept; no pace looks back further."""
KEEP_DAYS = 70
"""Days that the counts of a day are kept: longer than any month and the one before."""


def add_counts(connection: sqlite3.Connection, service: str, key: str, day: Day) -> None:
    """Add to what is counted of a day."""
    connection.execute(
        "INSERT INTO call_days (service, key, day, calls, quotes, watched) VALUES (?, ?, ?, ?, ?, ?)"
        " ON CONFLICT (service, key, day) DO UPDATE SET calls = calls + excluded.calls,"
        " quotes = quotes + excluded.quotes, watched = watched + excluded.watched",
        (service, key, day.number, day.calls, day.quotes, day.watched),
    )


def forget_calls(connection: sqlite3.Connection, now: float) -> None:
    """Drop what counts for nothing any more, and what a wrong clock has put far ahead."""
    connection.execute("DELETE FROM calls WHERE at NOT BETWEEN ? AND ?", (now - KEEP_CALLS, now + KEEP_CALLS))
    today = day_number(now)
    connection.execute("DELETE FROM call_days WHERE day NOT BETWEEN ? AND ?", (today - KEEP_DAYS, today + KEEP_DAYS))


def mark_counts(memory: sqlite3.Connection) -> None:
    """Remember what a database in memory has taken over from a file, so that it is not counted there twice."""
    memory.execute("CREATE TEMP TABLE counted AS SELECT * FROM call_days")


def carry_counts(memory: sqlite3.Connection, file: sqlite3.Connection) -> None:
    """Add to a file what was counted in memory since ``mark_counts``."""
    rows = memory.execute(
        "SELECT now.service, now.key, now.day, now.calls - ifnull(then_.calls, 0),"
        " now.quotes - ifnull(then_.quotes, 0), now.watched - ifnull(then_.watched, 0)"
        " FROM call_days AS now LEFT JOIN counted AS then_ USING (service, key, day)"
    )
    for service, key, *counted in rows.fetchall():
        add_counts(file, service, key, Day(*counted))
