"""What the screen says when it has got somewhere, as patterns for ``Program.wait_for``."""

import re

PRICES = re.compile(r"BTC +\d{2},\d{3}\.\d\d")
"""A price of bitcoin, in the bar or in the table."""
HEADLINES = re.compile(r"● +\d+[mhd]  ?\S")
"""An unread headline with its age."""
ALL_FEEDS = "feeds 11/11"
"""Every feed of the played world has answered."""
READING = re.compile(r"‹ p |n ›")
"""The way to the next articles, below the one that is read; on wide screens only."""


def is_live(text: str) -> bool:
    """Whether prices and headlines are there."""
    return PRICES.search(text) is not None and HEADLINES.search(text) is not None


def is_complete(text: str) -> bool:
    """Whether prices, mining and all feeds are there; on wide screens only."""
    return is_live(text) and ALL_FEEDS in text and "hashrate" in text


def is_list(text: str) -> bool:
    """Whether the headlines are on top; on wide screens only."""
    return "All" in text.partition("│")[0]
