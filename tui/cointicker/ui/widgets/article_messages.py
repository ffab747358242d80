"""What a person asks for in an article."""

from textual.message import Message

from cointicker.domain.news import Story


class RelatedChosen(Message):
    """A person wants to read a related story."""

    def __init__(self, story: Story) -> None:
        super().__init__()
        self.story = story


class LinkChosen(Message):
    """A person wants to follow a link."""

    def __init__(self, url: str) -> None:
        super().__init__()
        self.url = url


class CopyWanted(Message):
    """A person wants a text in the clipboard."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text


class EndReached(Message):
    """A page further, but the article ends here."""


class StepChosen(Message):
    """A person wants the article before or after this one."""

    def __init__(self, step: int) -> None:
        super().__init__()
        self.step = step


class NothingThere(Message):
    """What was asked for is not there."""

    def __init__(self, why: str) -> None:
        super().__init__()
        self.why = why


class MeasureChosen(Message):
    """A person has changed how wide or how far apart the lines are."""
