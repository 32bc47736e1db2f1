"""Codes that stand for participants: random, short, and never mistaken for a name, a word or an identity code.

Letters and digits take turns, without vowels (no words) and without what looks alike (0, 1, I, L, O).
"""

LETTERS = "BCDFGHJKMNPQRSTVWXZ"
DIGITS = "23456789"
PAIRS = 4
# How many codes there are: whoever draws takes a number below this.
CODES = (len(LETTERS) * len(DIGITS)) ** PAIRS


def code_from(number: int) -> str:
    """Write `number`, from 0 to CODES - 1, as a code such as K4M7R2T9. Raises ValueError beyond that."""
    if not 0 <= number < CODES:
        raise ValueError(f"{number} is not below {CODES}")
    parts = []
    for _pair in range(PAIRS):
        number, digit = divmod(number, len(DIGITS))
        number, letter = divmod(number, len(LETTERS))
        parts.append(LETTERS[letter] + DIGITS[digit])
    return "".join(parts)
