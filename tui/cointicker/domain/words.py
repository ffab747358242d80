"""The type of text that may be shown."""


class SafeText(str):
    """Text without control, format or surrogate characters, fit for a terminal cell grid.

    Only ``cointicker.text.safe`` makes one out of foreign text. A part of the program that shows what
    came from outside asks for this type, so that the type checker finds what was never made safe.
    """

    __slots__ = ()


EMPTY = SafeText("")
