"""What may stand as the code of a unit that is measured.

A unit may be a group, a site or a person; whoever measures keeps the key between people and codes, and the platform
never learns it. So a code is short, has a digit, has no space and no @, and is no identity code or telephone number.

Finnish personal identity code: Digital and Population Data Services Agency, https://dvv.fi/en/personal-identity-code
"""

import re

from vuoksi.lib.cells import CellError

LONGEST_CODE = 60
_CODE = re.compile(r"\w[\w.-]*")
_IDENTITY_CODE = re.compile(r"\d{6}[-+A-FU-Ya-fu-y]?\d{3}[0-9A-Za-z]")
_MOST_DIGITS_IN_A_ROW = re.compile(r"\d{9}")


def fault_of(code: str) -> str | None:
    """Say why `code` is refused: ``too_long``, ``looks_personal`` or ``not_a_code``; None if it may stand."""
    if len(code) > LONGEST_CODE:
        return "too_long"
    if "@" in code or _IDENTITY_CODE.search(code) or _MOST_DIGITS_IN_A_ROW.search(code):
        return "looks_personal"
    if not any(letter.isdigit() for letter in code):
        return "looks_personal"
    return None if _CODE.fullmatch(code) else "not_a_code"


def unit_code(text: str) -> str:
    """Read one cell of a table; raises CellError with the code of `fault_of`."""
    fault = fault_of(text)
    if fault is not None:
        raise CellError(fault)
    return text
