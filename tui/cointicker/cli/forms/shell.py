"""``cointicker completion``, and what the scripts that it prints ask at each Tab."""

from dataclasses import dataclass
from functools import partial

from cointicker.cli.grammar import MANY, Family, Form, Option, Word
from cointicker.cli.options import Command


@dataclass(frozen=True, slots=True)
class Completion(Command):
    """``cointicker completion``."""

    shell: str
    """``bash``, ``zsh`` or ``fish``."""

    @property
    def at_the_door(self) -> bool:
        """It needs nothing but what it prints."""
        return True


@dataclass(frozen=True, slots=True)
class Complete(Command):
    """What a shell asks: how the last word may go on."""

    words: tuple[str, ...] = ()
    """Behind the program's name, up to the cursor; the last one is being typed and may be empty."""
    text: str | None = None
    """In place of them all that stands before the cursor, as typed, with the program's name."""

    @property
    def at_the_door(self) -> bool:
        """A person waits for it at a key."""
        return True


FORMS: dict[str, Form | Family] = {
    "completion": Family(
        "what a shell completes: a script for it",
        {
            "bash": Form("for bash", partial(Completion, "bash")),
            "zsh": Form("for zsh", partial(Completion, "zsh")),
            "fish": Form("for fish", partial(Completion, "fish")),
        },
        (
            'eval "$(cointicker completion bash)"                        # in ~/.bashrc',
            'eval "$(cointicker completion zsh)"                         # in ~/.zshrc, behind compinit',
            "cointicker completion fish > ~/.config/fish/completions/cointicker.fish",
        ),
    ),
    "complete": Form(
        "how a command line may go on, for the scripts of `completion`",
        Complete,
        (Word("WORD", "words", "", 0, MANY),),
        (Option("--text", "all before the cursor, in place of words", "TEXT"),),
    ),
}
