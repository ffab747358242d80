"""The tables. A migration, once released, is never changed: the next one is added below it."""

_TABLES = (
    """CREATE TABLE quotes (
        coin_id TEXT NOT NULL, currency TEXT NOT NULL, symbol TEXT NOT NULL, name TEXT NOT NULL, price REAL,
        fetched_at REAL NOT NULL, updated_at REAL, change_1h REAL, change_24h REAL, change_7d REAL,
        market_cap REAL, volume_24h REAL, rank INTEGER, high_24h REAL, low_24h REAL, sparkline BLOB NOT NULL,
        unconfirmed REAL, unconfirmed_at REAL,
        PRIMARY KEY (coin_id, currency)
    ) WITHOUT ROWID""",
    """CREATE TABLE history (
        coin_id TEXT NOT NULL, currency TEXT NOT NULL, at REAL NOT NULL, price REAL NOT NULL,
        PRIMARY KEY (coin_id, currency, at)
    ) WITHOUT ROWID""",
    # A rowid table: a full-text index over it needs one.
    """CREATE TABLE headlines (
        headline_id TEXT NOT NULL PRIMARY KEY, feed_url TEXT NOT NULL, source TEXT NOT NULL, title TEXT NOT NULL,
        url TEXT NOT NULL, address TEXT NOT NULL, deck TEXT NOT NULL, author TEXT NOT NULL,
        published REAL, updated REAL, first_seen REAL NOT NULL,
        tags TEXT NOT NULL, categories TEXT NOT NULL, coins TEXT NOT NULL,
        read INTEGER NOT NULL, starred INTEGER NOT NULL
    )""",
    "CREATE INDEX headlines_by_time ON headlines (coalesce(published, first_seen))",
    "CREATE INDEX headlines_by_address ON headlines (address)",
    """CREATE TABLE contents (
        headline_id TEXT NOT NULL PRIMARY KEY REFERENCES headlines (headline_id) ON DELETE CASCADE,
        html TEXT NOT NULL
    )""",
    "CREATE TABLE articles (address TEXT NOT NULL PRIMARY KEY, fetched_at REAL NOT NULL, data TEXT NOT NULL)",
    """CREATE TABLE feeds (
        url TEXT NOT NULL PRIMARY KEY, name TEXT NOT NULL, ok_at REAL, checked_at REAL, next_at REAL NOT NULL,
        why TEXT NOT NULL, failures INTEGER NOT NULL, asked INTEGER NOT NULL, items INTEGER NOT NULL,
        newest_at REAL, etag TEXT NOT NULL, last_modified TEXT NOT NULL
    )""",
    "CREATE TABLE mining (slot INTEGER PRIMARY KEY CHECK (slot = 1), fetched_at REAL NOT NULL, data TEXT NOT NULL)",
    """CREATE TABLE deadlines (
        name TEXT NOT NULL PRIMARY KEY, fetched_at REAL, next_at REAL NOT NULL, why TEXT NOT NULL,
        failures INTEGER NOT NULL, asked INTEGER NOT NULL
    )""",
    "CREATE TABLE leases (name TEXT NOT NULL PRIMARY KEY, owner TEXT NOT NULL, expires_at REAL NOT NULL)",
    "CREATE TABLE calls (service TEXT NOT NULL, at REAL NOT NULL)",
    "CREATE INDEX calls_by_time ON calls (service, at)",
    # What other panes follow: a number for each table that is shown, which grows with every row that changes.
    "CREATE TABLE revisions (topic TEXT NOT NULL PRIMARY KEY, number INTEGER NOT NULL) WITHOUT ROWID",
)


def _count_changes(table: str) -> tuple[str, ...]:
    count = f"UPDATE revisions SET number = number + 1 WHERE topic = '{table}'"  # noqa: S608
    return (
        f"INSERT INTO revisions (topic, number) VALUES ('{table}', 0)",  # noqa: S608
        *(
            f"CREATE TRIGGER {table}_{event.lower()} AFTER {event} ON {table} BEGIN {count}; END"
            for event in ("INSERT", "UPDATE", "DELETE")
        ),
    )


_MARKET_HALF = (
    *(
        f"ALTER TABLE quotes ADD COLUMN {name} REAL"
        for name in (
            "change_30d", "change_1y", "ath", "ath_change", "ath_at", "atl", "atl_change", "atl_at",
            "circulating_supply", "total_supply", "max_supply", "fully_diluted",
        )
    ),
    # What a source, though asked, did not tell of.
    """CREATE TABLE missing (
        coin_id TEXT NOT NULL, currency TEXT NOT NULL, since REAL NOT NULL, PRIMARY KEY (coin_id, currency)
    ) WITHOUT ROWID""",
    """CREATE TABLE charts (
        coin_id TEXT NOT NULL, currency TEXT NOT NULL, span TEXT NOT NULL, fetched_at REAL NOT NULL,
        points BLOB NOT NULL, candles_at REAL, candles BLOB NOT NULL,
        PRIMARY KEY (coin_id, currency, span)
    )""",
    """CREATE TABLE directory (
        coin_id TEXT NOT NULL PRIMARY KEY, symbol TEXT NOT NULL, name TEXT NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE rankings (
        rule TEXT NOT NULL, currency TEXT NOT NULL, found_at REAL NOT NULL, coins TEXT NOT NULL,
        PRIMARY KEY (rule, currency)
    ) WITHOUT ROWID""",
    """CREATE TABLE global_market (
        currency TEXT NOT NULL PRIMARY KEY, fetched_at REAL NOT NULL, market_cap REAL, cap_change_24h REAL,
        volume REAL, bitcoin_share REAL, ethereum_share REAL, coins INTEGER
    )""",
    *_count_changes("rankings"),
    *_count_changes("global_market"),
)  # fmt: skip

_ALERTS = (
    # What an alert has seen last. Whoever stores the next turn acts on what fired.
    """CREATE TABLE watches (
        alert_id TEXT NOT NULL PRIMARY KEY, at REAL, value REAL, met INTEGER NOT NULL, fired_at REAL,
        snoozed_until REAL, turn INTEGER NOT NULL
    ) WITHOUT ROWID""",
    """CREATE TABLE firings (
        alert_id TEXT NOT NULL, kind TEXT NOT NULL, coin_id TEXT NOT NULL, at REAL NOT NULL, noticed_at REAL NOT NULL,
        value REAL, level REAL NOT NULL, currency TEXT NOT NULL, text TEXT NOT NULL, note TEXT NOT NULL,
        headline_id TEXT NOT NULL, away INTEGER NOT NULL, quiet INTEGER NOT NULL,
        PRIMARY KEY (alert_id, at, headline_id)
    ) WITHOUT ROWID""",
    *_count_changes("watches"),
    *_count_changes("firings"),
)

_PANES = (
    """CREATE TABLE panes (
        owner TEXT NOT NULL PRIMARY KEY, seen_at REAL NOT NULL, expires_at REAL NOT NULL, currency TEXT NOT NULL,
        coins TEXT NOT NULL, focused INTEGER, touched_at REAL
    ) WITHOUT ROWID""",
)

_VISITS = tuple(
    f"ALTER TABLE feeds ADD COLUMN {column}"
    for column in (
        "pace REAL", "quiet TEXT NOT NULL DEFAULT '[]'", "address TEXT NOT NULL DEFAULT ''",
        "moved_to TEXT NOT NULL DEFAULT ''", "moved_days INTEGER NOT NULL DEFAULT 0", "moved_at REAL",
        "gone INTEGER NOT NULL DEFAULT 0",
    )
)  # fmt: skip

_ASKED = (
    # What the last fetch of quotes asked for.
    "CREATE TABLE asked (coin_id TEXT NOT NULL, currency TEXT NOT NULL, PRIMARY KEY (coin_id, currency)) WITHOUT ROWID",
)

_SEARCH = (
    # A headline's row in the index of words, see ``indexing``; that one moves is nothing that other panes show.
    "ALTER TABLE headlines ADD COLUMN place INTEGER",
    "CREATE INDEX headlines_by_place ON headlines (place, read, starred)",
    "DROP TRIGGER headlines_update",
    """CREATE TRIGGER headlines_update AFTER UPDATE OF source, title, url, deck, author, published, updated, tags,
        categories, coins, read, starred ON headlines
        BEGIN UPDATE revisions SET number = number + 1 WHERE topic = 'headlines'; END""",
    # What a feed still carries after it was forgotten here must not come back as new.
    "CREATE TABLE forgotten (digest INTEGER PRIMARY KEY, seen_at INTEGER NOT NULL)",
)

_LEDGER = (
    """CREATE TABLE call_days (
        service TEXT NOT NULL, key TEXT NOT NULL, day INTEGER NOT NULL, calls INTEGER NOT NULL,
        quotes INTEGER NOT NULL, watched REAL NOT NULL,
        PRIMARY KEY (service, key, day)
    ) WITHOUT ROWID""",
    # Nobody noted whose key earlier calls were made with: they count for each.
    """INSERT INTO call_days (service, key, day, calls, quotes, watched)
        SELECT service, '*', CAST(at / 86400 AS INTEGER), count(*), count(*), 0 FROM calls GROUP BY 1, 3""",
    """CREATE TABLE call_limits (
        service TEXT NOT NULL, key TEXT NOT NULL, most INTEGER NOT NULL, until REAL NOT NULL,
        PRIMARY KEY (service, key)
    ) WITHOUT ROWID""",
)

_READING = (
    """CREATE TABLE reading_places (
        headline_id TEXT NOT NULL PRIMARY KEY, place REAL NOT NULL, left_at REAL NOT NULL
    ) WITHOUT ROWID""",
)

_STARRED = ("CREATE INDEX headlines_starred ON headlines (place) WHERE starred",)

_SPLITS = (
    # The headlines of stories that a person took apart, each with the one that led its story.
    """CREATE TABLE splits (
        headline_id TEXT NOT NULL PRIMARY KEY REFERENCES headlines (headline_id) ON DELETE CASCADE,
        story_id TEXT NOT NULL
    ) WITHOUT ROWID""",
    *_count_changes("splits"),
)

_TELLINGS = (
    # Where headlines were put when they were grouped, so that they need not be compared again.
    """CREATE TABLE tellings (
        headline_id TEXT NOT NULL PRIMARY KEY REFERENCES headlines (headline_id) ON DELETE CASCADE,
        story_id TEXT NOT NULL, digest INTEGER NOT NULL
    ) WITHOUT ROWID""",
)

FOLLOWED = ("quotes", "headlines", "feeds", "mining", "deadlines")
"""Tables of the first step whose changes are counted in ``revisions``."""

MIGRATIONS: tuple[tuple[str, ...], ...] = (
    _TABLES + tuple(statement for table in FOLLOWED for statement in _count_changes(table)),
    _MARKET_HALF,
    _ALERTS,
    _PANES,
    _VISITS,
    _SEARCH,
    _ASKED,
    _LEDGER,
    _READING,
    _STARRED,
    _SPLITS,
    _TELLINGS,
)
"""The statements of each step; ``PRAGMA user_version`` counts the steps that were taken."""
