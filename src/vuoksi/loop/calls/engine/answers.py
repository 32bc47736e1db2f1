"""What a person may answer to a question of a call, and what is wrong with an answer."""

from dataclasses import dataclass
from enum import StrEnum


class Wrong(StrEnum):
    MISSING = "missing"
    TOO_LONG = "too_long"
    NOT_A_NUMBER = "not_a_number"
    NOT_A_CHOICE = "not_a_choice"


@dataclass(frozen=True, slots=True)
class Asked:
    """One question: `kind` is short, long, number or choice; `max_length` counts characters."""

    kind: str
    is_required: bool = False
    max_length: int = 2000
    choices: tuple[str, ...] = ()


def check(asked: Asked, text: str) -> Wrong | None:
    """Give the first thing that is wrong with `text` as the answer, or None."""
    said = text.strip()
    if not said:
        return Wrong.MISSING if asked.is_required else None
    if len(said) > asked.max_length:
        return Wrong.TOO_LONG
    if asked.kind == "number" and number(said) is None:
        return Wrong.NOT_A_NUMBER
    if asked.kind == "choice" and said not in asked.choices:
        return Wrong.NOT_A_CHOICE
    return None


def number(text: str) -> float | None:
    """Read a number as people write it: a comma or a point, spaces between thousands, either minus sign."""
    plain = "".join(text.split()).replace(",", ".").replace("\N{MINUS SIGN}", "-")
    digits = plain.removeprefix("-").replace(".", "", 1)
    return float(plain) if digits.isascii() and digits.isdigit() else None
