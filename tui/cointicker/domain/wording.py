"""Words that titles use for the same thing: what one source calls a drop is a slide to the next."""

import re
from functools import lru_cache

_CACHED = 4096
"""Words that are kept worked out."""

_STOP_WORDS = (
    "a an and are as at be been by can could did do does for from had has have he her his how if in into is it its may "
    "might more most near of off on or our out over own says than that the their them these they this those through to "
    "under until up was we were what when where which while who why will with would you your after ahead also amid "
    "before being between during here here's just now s so some still such then there too via about against around "
    "due per yet"
)
STOP_WORDS = frozenset(_STOP_WORDS.split()) - {"up"}
"""Words that carry none of a title's meaning."""

_NEGATION_WORDS = "not no never won't isn't doesn't don't didn't can't cannot without nor fails fail failed"
NEGATIONS = frozenset(_NEGATION_WORDS.split())
"""Words that turn a statement round."""

_PHRASES = {
    "interest rate": "rate", "interest rates": "rates", "federal reserve": "fed", "all-time high": "record-high",
    "all time high": "record-high", "record high": "record-high", "new high": "record-high", "ath": "record-high",
    "all-time low": "record-low", "all time low": "record-low", "record low": "record-low", "new low": "record-low",
    "initial public offering": "ipo", "go public": "ipo", "goes public": "ipo", "going public": "ipo",
    "public listing": "ipo", "basis points": "bps", "basis point": "bps", "data center": "datacenter",
    "data centers": "datacenter", "data centre": "datacenter", "data centres": "datacenter", "hash rate": "hashrate",
    "hash price": "hashprice", "wind down": "exit", "winds down": "exit", "vote down": "reject",
    "votes down": "reject", "voted down": "reject", "roll out": "launch", "rolls out": "launch",
    "rolled out": "launch", "goes live": "launch", "go live": "launch", "went live": "launch",
    "push back": "delay", "pushes back": "delay", "pushed back": "delay", "puts off": "delay", "put off": "delay",
    "set aside": "allot", "sets aside": "allot", "lay off": "layoff", "lays off": "layoff", "laid off": "layoff",
    "cuts jobs": "layoff", "cut jobs": "layoff", "job cuts": "layoff", "step down": "resign", "steps down": "resign",
    "stepping down": "resign", "call for": "want", "calls for": "want", "asks for": "want", "ask for": "want",
    "pulls in": "draw", "pull in": "draw", "takes in": "draw", "pay for": "fund", "pays for": "fund",
    "exchange-traded fund": "etf", "exchange-traded funds": "etf", "exchange-traded note": "etn",
    "exchange-traded notes": "etn", "exchange-traded product": "etp", "exchange-traded products": "etp",
    "sovereign wealth fund": "sovereign fund", "wealth fund": "sovereign fund", "central bank": "national bank",
    "united states": "us", "u.s.": "us", "u.s": "us", "united kingdom": "uk", "u.k.": "uk", "european union": "eu",
    "south korean": "south korea", "hong kong's": "hong kong", "securities and exchange commission": "sec",
    "justice department": "doj", "department of justice": "doj", "jp morgan": "jpmorgan",
    "sam bankman-fried": "sbf", "changpeng zhao": "cz", "paypal usd": "pyusd", "third quarter": "q3",
    "third-quarter": "q3", "first quarter": "q1", "first-quarter": "q1", "second quarter": "q2",
    "second-quarter": "q2", "fourth quarter": "q4", "fourth-quarter": "q4", "money laundering": "laundering",
    "money-laundering": "laundering", "front end": "frontend", "front ends": "frontend", "front-end": "frontend",
    "front-ends": "frontend", "co-founder": "founder", "cofounder": "founder", "chief executive": "ceo",
    "zetahash": "zh/s", "exahash": "eh/s", "petahash": "ph/s", "eh/s": "eh/s", "zh/s": "zh/s", "ph/s": "ph/s",
    "eh": "eh/s", "megawatt": "mw", "megawatts": "mw", "gigawatt": "gw", "gigawatts": "gw", "prison sentence": "prison",
    "first-ever": "first", "first ever": "first", "found guilty": "convict", "power-hungry": "energy",
    "bitcoin cash": "bitcoin-cash", "ethereum classic": "ethereum-classic", "shiba inu": "shiba-inu",
    "staked ether": "staked-ether", "wall street": "wallstreet", "white house": "whitehouse",
    "microstrategy": "strategy", "marathon digital": "mara", "marathon": "mara", "price prediction": "forecast",
    "breaks below": "fall below", "breaks above": "rise above", "loses support": "fall",
}  # fmt: skip
"""Several words, or other spellings, of one thing."""

PHRASE = re.compile(
    r"(?<![\w-])(?:" + "|".join(re.escape(phrase) for phrase in sorted(_PHRASES, key=len, reverse=True)) + r")(?![\w-])"
)


_PASSES_FIGURE = re.compile(r"\bpass(?:es|ed)?(?= [$€£¥]?\d)")


def replace_phrases(text: str) -> str:
    """Lower-case text with each of several ways to call a thing turned into one."""
    text = _PASSES_FIGURE.sub("tops", text)
    return PHRASE.sub(lambda found: _PHRASES[found.group()], text)


_COUNTRIES = """
korea korean|thailand thai|china chinese|germany german|argentina argentine argentinian|america american americans
britain british|japan japanese|malaysia malaysian|russia russian|france french|india indian|brazil brazilian
canada canadian|australia australian|europe european|norway norwegian|czech czechia|kazakhstan kazakh|iran iranian
ukraine ukrainian|turkey turkish|nigeria nigerian|kenya kenyan|mexico mexican|spain spanish|italy italian
switzerland swiss|sweden swedish|denmark danish|netherlands dutch|poland polish|pakistan pakistani|vietnam vietnamese
philippines philippine filipino|indonesia indonesian|singapore singaporean|taiwan taiwanese|israel israeli
ethiopia ethiopian|paraguay paraguayan|bhutan bhutanese|texas texan
"""

_SYNONYMS = """
down fall drop slip dip slide plunge tumble sink decline slump crash retreat downgrade dive plummet shed cool
grow expand widen
up rise climb jump surge soar gain rally increase spike rebound advance lift boost double triple quadruple recover
top cross exceed surpass hit reach break
buy purchase acquire snap add acquisition
sell dump offload divest sale sold
raise secure land bag
move transfer send shift deposit
launch unveil debut introduce start begin began ship activate live release deploy
exit close shut shutter end leave halt stall suspend stop
approve pass clear greenlight approval authorize
reject deny denied refuse dismiss
delay postpone stretch
say tell claim confirm reveal announce report state warn see believe explain disclose
want plan seek ask urge aim target propose eye consider mull call intend expect hope
hack exploit drain steal stolen stole breach attack theft
charge arrest indict accuse
convict guilty
sentence prison jail
stock share equity
exchange platform
network blockchain chain
deal contract agreement lease pact
illegal illicit unlicensed
seize confiscate
machine rig asic
electricity power energy
steady unchanged pause
weak weaken soft
debt loan
probe investigate investigation inquiry
founder founding
bill legislation act
majority most
payout distribution repayment
staff worker employee job
chief head boss leader
official regulator authority watchdog
reorg reorganization reorganisation
ban prohibit outlaw
promote promotion promoter
low bottom weakest lowest worst
high peak highest
etf fund etfs
site land facility
vote ballot
win land award
company firm
customer client user
invest investment
signal hint
die dead
"""
_CANONICAL: dict[str, str] = {}

_OPPOSITES = (
    ("up", "down"), ("inflow", "outflow"), ("buy", "sell"), ("invest", "sell"), ("approve", "reject"),
    ("approve", "delay"), ("reject", "delay"), ("win", "lose"), ("list", "delist"), ("low", "high"),
    ("record-low", "record-high"), ("launch", "exit"), ("mint", "burn"), ("open", "exit"), ("monday", "tuesday"),
    ("bull", "bear"), ("bullish", "bearish"), ("support", "oppose"), ("add", "remove"), ("freeze", "unfreeze"),
    ("above", "below"), ("accept", "reject"), ("first", "last"),
)  # fmt: skip

_CALENDAR_WORDS = (
    "monday tuesday wednesday thursday friday saturday sunday january february april june july august "
    "september october november december jan feb mar apr jun jul aug sept sep oct nov dec q1 q2 q3 q4 h1 h2 morning "
    "evening"
)
CALENDAR = frozenset(_CALENDAR_WORDS.split())
"""Days, months and quarters: where both of two titles name some, they must share one."""

_LIGHT_WORDS = (
    "act analysis analyst asset back bearish become best big billion bitcoin bullish buy capital ceo coin come "
    "community company corp crypto cryptocurrency day digital down ecosystem end ever exchange financial first "
    "forecast foundation founder get giant global go group grow here high holdings huge inc industry international "
    "investor key know labs latest launch let level look low major make market mega million month more move network "
    "new next now old one part platforms plus prediction price project protocol record report say service set spot "
    "still stock take technologies thing through time today token top trader trading up update user want watch week "
    "year"
)


@lru_cache(_CACHED)
def stem(word: str) -> str:
    """A word without the endings of number and time; crude, but the same for all forms of most words."""
    for ending, rest, least in (
        ("ies", "y", 3), ("sses", "ss", 2), ("ying", "y", 2), ("ing", "", 4), ("ied", "y", 3), ("ed", "", 4),
        ("es", "", 4), ("s", "", 3), ("ly", "", 5),
    ):  # fmt: skip
        if word.endswith(ending) and len(word) - len(ending) + len(rest) >= least and not word.endswith(("ss", "us")):
            word = word[: len(word) - len(ending)] + rest
            break
    if len(word) > 3 and word[-1] == word[-2] and word[-1] not in "lsez":
        word = word[:-1]
    return word.removesuffix("e") if len(word) > 4 else word


for _row in (*_SYNONYMS.strip().split("\n"), *_COUNTRIES.strip().replace("\n", "|").split("|")):
    _first, *_others = _row.split()
    for _word in (_first, *_others):
        _CANONICAL.setdefault(stem(_word), _first)


@lru_cache(_CACHED)
def canonical(word: str) -> str:
    """One word for all forms and synonyms of a lower-case word."""
    return _CANONICAL.get(stem(word), stem(word))


OPPOSITES = frozenset(
    pair
    for one, other in _OPPOSITES
    for pair in ((canonical(one), canonical(other)), (canonical(other), canonical(one)))
)
"""Pairs of canonical words of which a story has only one."""
LIGHT = frozenset(map(canonical, _LIGHT_WORDS.split()))
"""Words that so many titles have that they tell little."""
