"""The painter shows what Textual would show, in fewer bytes."""

from collections.abc import Callable
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style
from textual._compositor import CompositorUpdate
from textual.geometry import Size
from textual.screen import Screen
from textual.strip import Strip

from cointicker.sources.demo_market import EPOCH
from cointicker.ui import screens
from cointicker.ui.app import CointickerApp
from cointicker.ui.painter import Painter
from fake_clock import Clock
from ui.samples import few
from ui.stage import Stage, demo_engine, load_all, themes
from ui.terminal_picture import Picture, drawn_by_textual, whole, written

SIZE = Size(18, 4)
SIGNS = ["a", "b", " ", "─", "é", "你", "好", "▲", "q\u0323", "😀"]
"""Without marks that take a place of their own, which pyte does not know."""
STYLES = [
    Style(color="#d6dbe5", bgcolor="#0f1218"),
    Style(color="#4fc38a", bgcolor="#0f1218"),
    Style(color="#4fc38a", bgcolor="#1f2733", bold=True),
    Style(color="#e8b04b", bgcolor="#141821", italic=True, underline=True),
    Style(color="#6fb3ff", bgcolor="#0f1218", underline=True, link="https://one.example/"),
    Style(color="#6fb3ff", bgcolor="#0f1218", underline=True, link="https://two.example/"),
    Style(reverse=True),
    Style(strike=True, color="red"),
    Style.null(),
]

pieces = st.lists(
    st.tuples(st.lists(st.sampled_from(SIGNS), max_size=6).map("".join), st.sampled_from(STYLES)), max_size=6
)


def _strip(runs: list[tuple[str, Style]]) -> Strip:
    """A row; pyte wraps before a mark that belongs to the last column, so that column has none."""
    strip = Strip([Segment(text, style) for text, style in runs if text]).adjust_cell_length(SIZE.width - 1, STYLES[0])
    return Strip([*strip, Segment("|", STYLES[0])])


frames = st.lists(st.lists(pieces.map(_strip), min_size=SIZE.height, max_size=SIZE.height), min_size=1, max_size=4)


@few
@given(frames)
def test_any_sequence_of_frames_looks_as_textual_would_draw_it(sequence: list[list[Strip]]) -> None:
    painter, picture = Painter(), Picture(SIZE)
    for strips in sequence:
        picture.feed(written(painter.paint(whole(strips, SIZE), SIZE)))
        assert picture.cells() == drawn_by_textual(strips, SIZE)


@few
@given(frames)
def test_a_frame_that_is_shown_already_costs_not_one_byte(sequence: list[list[Strip]]) -> None:
    painter = Painter()
    for strips in sequence:
        painter.paint(whole(strips, SIZE), SIZE)
        assert written(painter.paint(whole(strips, SIZE), SIZE)) == ""


@few
@given(frames)
def test_the_last_frame_can_be_drawn_again_from_nothing(sequence: list[list[Strip]]) -> None:
    painter, picture = Painter(), Picture(SIZE)
    for strips in sequence:
        painter.paint(whole(strips, SIZE), SIZE)
    picture.feed(painter.frame())
    assert picture.cells() == drawn_by_textual(sequence[-1], SIZE)


@few
@given(frames)
def test_after_forgetting_everything_is_written_whatever_the_terminal_shows(sequence: list[list[Strip]]) -> None:
    painter, picture = Painter(), Picture(SIZE)
    for strips in sequence:
        painter.paint(whole(strips, SIZE), SIZE)
    picture.feed("\x1b[31;42m" + "#" * (SIZE.width * SIZE.height) + "\x1b[0m")
    painter.forget()
    picture.feed(written(painter.paint(whole(sequence[-1], SIZE), SIZE)))
    assert picture.cells() == drawn_by_textual(sequence[-1], SIZE)


@few
@given(frames)
def test_colours_and_links_never_outlast_what_they_belong_to(sequence: list[list[Strip]]) -> None:
    painter = Painter()
    for strips in sequence:
        data = written(painter.paint(whole(strips, SIZE), SIZE))
        picture = Picture(SIZE)
        picture.feed(data + "\x1b[Hx")
        assert picture.cells()[0][0][1:] == Picture(SIZE).cells()[0][0][1:]
        links = [part.split("\x1b\\", 1)[0] for part in data.split("\x1b]8;;")[1:]]
        assert not links or links[-1] == ""


def _rows(*texts: str, style: Style = STYLES[0]) -> list[Strip]:
    return [_strip([(text, style)]) for text in (*texts, *[""] * (SIZE.height - len(texts)))]


def test_one_changed_digit_costs_a_move_a_colour_and_the_digit() -> None:
    painter = Painter()
    painter.paint(whole(_rows("BTC 88,349.00"), SIZE), SIZE)
    data = written(painter.paint(whole(_rows("BTC 88,349.01"), SIZE), SIZE))
    assert data == "\x1b[38;2;214;219;229;48;2;15;18;24m\x1b[1;13H1\x1b[0m"


def test_a_link_is_written_around_its_words_alone() -> None:
    strips = [_strip([("see ", STYLES[0]), ("here", STYLES[4]), (" now", STYLES[0])]), *_rows("", "", "")]
    data = written(Painter().paint(whole(strips, SIZE), SIZE))
    assert data.count("\x1b]8;;https://one.example/\x1b\\") == 1
    _, inside = data.split("\x1b]8;;https://one.example/\x1b\\")
    words, _ = inside.split("\x1b]8;;\x1b\\", 1)
    assert words.endswith("here")


def test_another_size_is_another_terminal() -> None:
    painter = Painter()
    strips = _rows("BTC")
    painter.paint(whole(strips, SIZE), SIZE)
    smaller = Size(SIZE.width, SIZE.height - 1)
    picture = Picture(smaller)
    picture.feed(written(painter.paint(whole(strips[:-1], smaller), smaller)))
    assert picture.cells() == drawn_by_textual(strips[:-1], smaller)


def test_few_colours_are_asked_of_a_terminal_with_few() -> None:
    strips = _rows("BTC", style=STYLES[1])
    eight_bit = written(Painter(ColorSystem.EIGHT_BIT).paint(whole(strips, SIZE), SIZE))
    standard = written(Painter(ColorSystem.STANDARD).paint(whole(strips, SIZE), SIZE))
    assert "38;5;" in eight_bit
    assert "38;2;" not in eight_bit
    assert "38;" not in standard


def test_an_update_of_an_unknown_kind_passes_through_and_all_is_new_behind_it() -> None:
    painter = Painter()
    strips = _rows("BTC")
    painter.paint(whole(strips, SIZE), SIZE)
    strange = CompositorUpdate()
    assert painter.paint(strange, SIZE) is strange
    assert "BTC" in written(painter.paint(whole(strips, SIZE), SIZE))


class _Watched(CointickerApp):
    """Paints as on a terminal, and shows what was written to who looks."""

    CSS_PATH = str(Path(screens.__path__[0]) / "main.tcss")
    look: Callable[[str], None] | None = None

    def _display(self, screen: Screen[object], renderable: object) -> None:
        super()._display(screen, renderable)  # type: ignore[arg-type]
        if self.look is not None and isinstance(renderable, CompositorUpdate) and not self._batch_count:
            self.look(written(self.painter.paint(renderable, screen.outer_size)))


async def test_whatever_a_person_does_the_terminal_shows_what_the_screen_is() -> None:
    clock = Clock(EPOCH)
    engine = demo_engine(clock)
    await load_all(engine)
    app = _Watched(engine, engine.settings, themes(), "midnight", driver=None)
    size = Size(72, 20)
    picture = Picture(size)
    async with app.run_test(size=size) as pilot:
        app.painter.color_system = ColorSystem.TRUECOLOR
        app.look = picture.feed
        stage = Stage(app, engine, clock, pilot)
        await stage.press("ctrl+l")

        def same() -> bool:
            return picture.cells() == drawn_by_textual(app.screen._compositor.render_strips(), size)

        assert same()
        for key in (*"jjG?j", "escape", "enter", *"j zzqt", "tab", "j", "enter", "slash", "e", "escape", "w", "ctrl+p"):
            await stage.press(key)
            assert same(), key
        clock.pass_by(30)
        await stage.fetch()
        stage.main.tick()
        await pilot.pause()
        assert same()
    await engine.close()
