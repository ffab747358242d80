"""Documents as people write them: comments, odd spacing, several spellings of the same thing."""

from hypothesis import strategies as st

NAMES = ("alpha", "beta", "Majors", "my list", "ünder", "x-1", "24h")
"""Of keys; some need quotes."""
WORDS = ("bitcoin", "ethereum", "kaspa", "monero", "dogecoin", "a # b", "c = d", "[e]", "f, g", 'h"i', "x\ty")
_TABLES = ("ui", "watchlists", "news.feed", '"odd name"')
_COMMENTS = ("# plain", "#", "# [not.a.table]", '# key = "value"', "# ünïcode ₿", "#\tname = 1")


def quoted(word: str) -> str:
    """A word as a basic string."""
    return '"' + word.replace("\\", "\\\\").replace('"', '\\"').replace("\t", "\\t") + '"'


def named(name: str) -> str:
    """A key, in quotes where it needs them."""
    return name if name.isascii() and name.replace("-", "").replace("_", "").isalnum() else quoted(name)


comments = st.sampled_from(_COMMENTS)
_blanks = st.sampled_from(("", " ", "  ", "\t"))
_tails = st.one_of(st.just(""), _blanks, st.builds("{} {}".format, _blanks, comments))
scalars = st.one_of(
    st.sampled_from(WORDS).map(quoted),
    st.sampled_from(("'raw'", "1", "-2.5", "1_000", "true", "inf", "nan", "1979-05-27T07:32:00Z", '"""a\nb # c\n"""')),
)


@st.composite
def arrays(draw: st.DrawFn) -> str:
    """A list of words: on a line, a word a line, or neither."""
    words = [quoted(word) for word in draw(st.lists(st.sampled_from(WORDS), unique=True, max_size=5))]
    style = draw(st.sampled_from(("line", "lines", "mixed")))
    if style == "line" or not words:
        gap = draw(st.sampled_from((", ", ",", " , ")))
        return f"[{draw(_blanks)}{gap.join(words)}{draw(st.sampled_from(('', ',', ' '))) if words else ''}]"
    if style == "lines":
        lines = []
        for place, word in enumerate(words):
            if draw(st.booleans()):
                lines.append(draw(st.one_of(st.just(""), comments.map("  {}".format))))
            last = place == len(words) - 1
            comma = draw(st.sampled_from(("", ","))) if last else ","
            lines.append(f"  {word}{draw(_blanks)}{comma}{draw(_tails)}")
        return "[\n" + "\n".join(lines) + "\n]"
    gaps = st.sampled_from((", ", ",\n  ", " , # here\n ", ",\n\n", "\n,"))
    return (
        "[" + "".join(word + draw(gaps) for word in words[:-1]) + words[-1] + draw(st.sampled_from(("]", "\n]", ",]")))
    )


@st.composite
def pairs(draw: st.DrawFn, prefix: str = "") -> str:
    """Lines with keys, none twice, and what people put around them."""
    lines = []
    for name in draw(st.lists(st.sampled_from(NAMES), unique=True, max_size=4)):
        while draw(st.booleans()):
            lines.append(draw(st.one_of(st.just(""), comments)))
        value = draw(st.one_of(scalars, arrays(), st.just('{ one = 1, "two 2" = [ "x" ] }'), st.just("{}")))
        lines.append(f"{draw(_blanks)}{prefix}{named(name)}{draw(_blanks)}={draw(_blanks)}{value}{draw(_tails)}")
    return "\n".join((*lines, ""))


@st.composite
def documents(draw: st.DrawFn) -> str:
    """A whole document, with any line ends."""
    parts = [draw(st.sampled_from(("", "# top\n\n"))) + draw(pairs())]
    if draw(st.booleans()):
        parts.append(draw(pairs(prefix="dotted.")))
    tables = [f"[{each}]" for each in draw(st.lists(st.sampled_from(_TABLES), unique=True))]
    for header in (*tables, *["[[alerts]]"] * draw(st.integers(0, 3))):
        above = draw(st.sampled_from(("", "# about it", "\n# about it")))
        parts += [f"{above}\n{header}{draw(_tails)}\n", draw(pairs())]
    text = "".join(parts)
    if draw(st.booleans()):
        text = text.removesuffix("\n")
    return text.replace("\n", "\r\n") if draw(st.booleans()) else text
