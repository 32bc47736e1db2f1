"""What a person may answer to a question of a call, and what is wrong with an answer."""

import math
from dataclasses import dataclass
from enum import StrEnum

NUMBERS = frozenset({"number", "money", "months"})


class Wrong(StrEnum):
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_WHOLE = "not_whole"
    TOO_LITTLE = "too_little"
    TOO_MUCH = "too_much"
    NOT_A_CHOICE = "not_a_choice"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `kind` is short, long, number, money, months or choice; `max_length` counts characters.

    `low` and `high` are the least and the most that a number, a sum of money or a length in months may be.
    """

    kind: str
    is_required: bool = False
    max_length: int = 2000
    choices: tuple[str, ...] = ()
    low: int | None = None
    high: int | None = None


def check(asked: Asked, text: str) -> Wrong | None:
    """Give the first thing that is wrong with `text` as the answer, or None."""
    said = text.strip()
    if not said:
        return Wrong.MISSING if asked.is_required else None
    if len(said) > asked.max_length:
        return Wrong.TOO_LONG
    if asked.kind in NUMBERS:
        return _check_number(asked, said)
    if asked.kind == "choice" and said not in asked.choices:
        return Wrong.NOT_A_CHOICE
    return None


def _check_number(asked: Asked, said: str) -> Wrong | None:
    value = number(said.removesuffix("€") if asked.kind == "money" else said)
    if value is None or (asked.kind != "number" and value < 0):
        return Wrong.NOT_A_NUMBER
    if asked.kind == "months" and not value.is_integer():
        return Wrong.NOT_WHOLE
    if asked.low is not None and value < asked.low:
        return Wrong.TOO_LITTLE
    if asked.high is not None and value > asked.high:
        return Wrong.TOO_MUCH
    return None


def number(text: str) -> float | None:
    """Read a number as people write it: a comma or a point, spaces between thousands, either minus sign."""
    plain = "".join(text.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    digits = plain.removeprefix("-").replace(".", "", 1)
    if not (digits.isascii() and digits.isdigit()):
        return None
    value = float(plain)
    return value if math.isfinite(value) else None
