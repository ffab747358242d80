"""Values and names as TOML spells them."""

import json
import re
from collections.abc import Mapping

from cointicker.config.settings import MASK, Secret


def toml_value(value: object) -> str:
    """A text, number, truth, list or table on one line; a key is spelt ``MASK``."""
    match value:
        case Secret():
            return f'"{MASK}"' if value else '""'
        case str():
            return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
        case bool():
            return "true" if value else "false"
        case float() if value.is_integer():
            return str(int(value))
        case tuple() | list():
            return f"[{', '.join(map(toml_value, value))}]"
        case Mapping() if value:
            return f"{{ {', '.join(f'{toml_key(key)} = {toml_value(each)}' for key, each in value.items())} }}"
        case Mapping():
            return "{}"
    return str(value)


def toml_key(name: str) -> str:
    """A name, in quotes where it needs them."""
    return name if re.fullmatch(r"[A-Za-z0-9_-]+", name) else toml_value(name)
