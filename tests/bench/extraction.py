"""Measures the extraction of articles: ``python tests/bench/extraction.py CORPUS``.

CORPUS holds ``articles/aeb``: pages of the article-extraction-benchmark with their true text. Its metric: shingles of
four words, per page true and false positives and false negatives that sum to 1; precision and recall are averages over
the pages, F1 is that of the averages. The pages go the program's own way, from bytes over blocks to plain text.
"""

import gzip
import json
import re
import statistics
import sys
import time
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

from cointicker.sources.parsing import UnreadableError
from cointicker.sources.parsing.pages import parse_page
from cointicker.text.blocks import plain_text, unpack_block

_WORD = re.compile(r"\w+")
_SHINGLE = 4


@dataclass(frozen=True, slots=True)
class Score:
    """How well the text of all pages was found, and what it cost."""

    pages: int
    f1: float
    precision: float
    recall: float
    median_ms: float
    """CPU time of a page."""
    p95_ms: float


def measure(corpus: Path) -> Score:
    """Extracts every page of the benchmark once."""
    folder = corpus / "articles" / "aeb"
    truth = json.loads((folder / "ground-truth.json").read_text("utf-8"))
    precisions, recalls, times = [], [], []
    for name, true in truth.items():
        page = gzip.decompress((folder / "html" / f"{name}.html.gz").read_bytes())
        start = time.process_time()
        text = _article(page, true.get("url", ""))
        times.append((time.process_time() - start) * 1000)
        hit, wrong, missed = _compare(_shingles(true["articleBody"]), _shingles(text))
        if hit + wrong:
            precisions.append(hit / (hit + wrong))
        if hit + missed:
            recalls.append(hit / (hit + missed))
    precision, recall = statistics.mean(precisions), statistics.mean(recalls)
    f1 = 2 * precision * recall / (precision + recall)
    return Score(len(truth), f1, precision, recall, statistics.median(times), statistics.quantiles(times, n=20)[-1])


def _article(page: bytes, url: str) -> str:
    try:
        return plain_text([unpack_block(data) for data in parse_page(page, url=url)["blocks"]])
    except UnreadableError:
        return ""


def _shingles(text: str) -> Counter[tuple[str, ...]]:
    words = _WORD.findall(text)
    if not words:
        return Counter()
    ends = max(1, len(words) - _SHINGLE + 1)
    return Counter(tuple(words[start : start + _SHINGLE]) for start in range(ends))


def _compare(true: Counter[tuple[str, ...]], found: Counter[tuple[str, ...]]) -> tuple[float, float, float]:
    """True positives, false positives and false negatives, as parts of 1."""
    hit = float((true & found).total())
    wrong, missed = found.total() - hit, true.total() - hit
    whole = hit + wrong + missed or 1.0
    return hit / whole, wrong / whole, missed / whole


def main() -> None:
    """Print the score."""
    score = measure(Path(sys.argv[1]))
    print(f"{score.pages} pages: F1 {score.f1:.3f}, precision {score.precision:.3f}, recall {score.recall:.3f}")
    print(f"CPU ms a page: median {score.median_ms:.1f}, p95 {score.p95_ms:.1f}")


if __name__ == "__main__":
    main()
