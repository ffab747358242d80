"""How colours are written, and foreign text kept from being obeyed, for what shows the line."""

from cointicker.cli.line.pieces import Piece

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from cointicker.config.glance import Glance

_PLAIN_INKS = {"up": "32", "down": "31", "label": "2"}
"""SGR parameters for a terminal that has not said that it knows more colours."""
_PANGO = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "'": "&#39;", '"': "&quot;"}


class Dialect:
    """Writes pieces for one kind of reader; this one has no colours and obeys nothing."""

    def __init__(self, glance: "Glance") -> None:
        self._glance = glance

    def write(self, pieces: list[Piece]) -> str:
        """The line."""
        return "".join(map(self.write_piece, pieces))

    def write_piece(self, piece: Piece) -> str:
        """One piece."""
        return piece.text if piece.raw else self.paint(self.escape(piece.text), piece.ink)

    def split(self, text: str) -> list[Piece]:
        """A text of the format: what takes cells, and what does not."""
        return [Piece(text, raw=True)]

    def escape(self, text: str) -> str:
        """Foreign text, so that nothing of it is obeyed."""
        return text

    def paint(self, text: str, ink: str) -> str:  # noqa: ARG002 - others have colours
        """Escaped text in a colour."""
        return text

    def colour(self, ink: str) -> str:
        """A colour of the theme; empty where there is none."""
        return str(getattr(self._glance, ink)) if ink in {"up", "down", "label"} else ""


class Tmux(Dialect):
    """For ``status-right``: styles in ``#[]``; tmux reads the output of a command as a format once more."""

    def __init__(self, glance: "Glance") -> None:
        super().__init__(glance)
        self._own = "default"

    def write(self, pieces: list[Piece]) -> str:
        """The line; after a colour of ours the last one of the format's own counts again."""
        self._own = "default"
        return super().write(pieces)

    def write_piece(self, piece: Piece) -> str:
        """One piece; a style is remembered."""
        if piece.ink == "style":
            self._note(piece.text)
        return super().write_piece(piece)

    def split(self, text: str) -> list[Piece]:
        """Styles apart from text."""
        pieces: list[Piece] = []
        while text:
            start = text.find("#[")
            while start > 0 and text[:start].endswith("#"):  # "##[" is a text
                start = text.find("#[", start + 1)
            end = text.find("]", start) + 1 if start >= 0 else 0
            if not end:
                pieces.append(Piece(text, raw=True))
                break
            if start:
                pieces.append(Piece(text[:start], raw=True))
            pieces.append(Piece(text[start:end], ink="style", raw=True))
            text = text[end:]
        return pieces

    def _note(self, style: str) -> None:
        for word in style[2:-1].replace(",", " ").split():
            if word.startswith("fg="):
                self._own = word[3:]
            elif word in {"default", "none"}:
                self._own = "default"

    def escape(self, text: str) -> str:
        """Every ``#`` twice, so that none begins a style, a format or a command.

        Who has the bar expanded twice, as by ``#{E:}``, would undo that: where one could begin a command it goes.
        """
        return _without(text, "#", "([{").replace("#", "##")

    def paint(self, text: str, ink: str) -> str:
        """In the foreground only, as the bar has a background of its own."""
        colour = self.colour(ink)
        return f"#[fg={colour}]{text}#[fg={self._own}]" if colour and text.strip() else text


class Ansi(Dialect):
    """For a terminal."""

    def __init__(self, glance: "Glance", *, many: bool) -> None:
        """``many``: the terminal says that it has 16 million colours."""
        super().__init__(glance)
        self._many = many

    def paint(self, text: str, ink: str) -> str:
        """By an SGR sequence."""
        sgr = _PLAIN_INKS.get(ink, "")
        if self._many and (colour := self.colour(ink)):
            sgr = "38;2;" + ";".join(str(int(colour[place : place + 2], 16)) for place in (1, 3, 5))
        return f"\x1b[{sgr}m{text}\x1b[0m" if sgr and text.strip() else text


class Pango(Dialect):
    """For what reads Pango's markup: waybar, and i3bar where a block says so."""

    def escape(self, text: str) -> str:
        """The five signs of XML."""
        return "".join(_PANGO.get(sign, sign) for sign in text)

    def paint(self, text: str, ink: str) -> str:
        """By a span."""
        colour = self.colour(ink)
        return f'<span foreground="{colour}">{text}</span>' if colour and text.strip() else text


class Polybar(Dialect):
    """For polybar, whose tags can run a command at a click."""

    def escape(self, text: str) -> str:
        """No tag begins."""
        return _without(text, "%", "{")

    def paint(self, text: str, ink: str) -> str:
        """By a tag."""
        colour = self.colour(ink)
        return f"%{{F{colour}}}{text}%{{F-}}" if colour and text.strip() else text


def _without(text: str, sign: str, before: str) -> str:
    """The text without a sign where it stands before one of others, as often as it stands there."""
    for other in before:
        while sign + other in text:
            text = text.replace(sign + other, other)
    return text


def choose_dialect(kind: "str | None", glance: "Glance", environ: "Mapping[str, str]", *, terminal: bool) -> Dialect:
    """The dialect that was asked for, else that of the output: colours only where a person looks."""
    if kind is None:
        quiet = not terminal or environ.get("NO_COLOR") or environ.get("TERM") == "dumb"
        kind = "none" if quiet else "ansi"
    if kind == "ansi":
        return Ansi(glance, many=environ.get("COLORTERM") in {"truecolor", "24bit"})
    known: Mapping[str, Callable[[Glance], Dialect]] = {"tmux": Tmux, "pango": Pango, "polybar": Polybar}
    return known.get(kind, Dialect)(glance)
