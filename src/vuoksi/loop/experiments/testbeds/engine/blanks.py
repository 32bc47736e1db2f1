"""Texts with named blanks: `The partner is [partner].` Pure text in, text out."""

import re
from collections.abc import Mapping

BLANK = re.compile(r"\[([a-z][a-z0-9_]{0,39})\]")
# What the platform knows itself; nobody has to type it.
KNOWN = (
    *("experiment", "parties", "partner", "city", "testbed", "testbed_owner"),
    *("starts_on", "ends_on", "digest"),
)


class Unfilled(ValueError):
    """A blank has no value; `names` are those without."""

    def __init__(self, names: tuple[str, ...]) -> None:
        super().__init__(f"not filled in: {', '.join(names)}")
        self.names = names


def blanks(text: str) -> tuple[str, ...]:
    """The names of the blanks of a text, each once, in the order in which they come."""
    return tuple(dict.fromkeys(BLANK.findall(text)))


def asked(text: str) -> tuple[str, ...]:
    """The blanks that a person fills in: all but what the platform knows."""
    return tuple(name for name in blanks(text) if name not in KNOWN)


def filled(text: str, values: Mapping[str, str]) -> str:
    """The text with its blanks filled; what is filled in is not looked at again. Raises Unfilled."""
    missing = tuple(name for name in blanks(text) if not values.get(name, "").strip())
    if missing:
        raise Unfilled(missing)
    return BLANK.sub(lambda found: values[found.group(1)].strip(), text)


def drafted(text: str, values: Mapping[str, str]) -> str:
    """The text as far as it is filled: a blank without a value stays to be seen."""
    return BLANK.sub(lambda found: values.get(found.group(1), "").strip() or found.group(0), text)
