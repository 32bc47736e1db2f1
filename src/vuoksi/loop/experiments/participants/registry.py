"""What happens to data about a participant who withdraws, as higher storeys know it: they register a function here.

    @on_withdrawal
    def forget_unit(*, experiment, code, new_code, at): ...

`new_code` is None when all that was gathered under `code` is erased; else it takes the place of `code`, and nobody
knows any more whose it is.
"""

from collections.abc import Callable
from typing import Any

Forget = Callable[..., Any]

_forgetting: list[Forget] = []


def on_withdrawal(function: Forget) -> Forget:
    """Register a function that erases, or cuts loose, what a storey has gathered under a code."""
    _forgetting.append(function)
    return function


def forgetting() -> list[Forget]:
    return list(_forgetting)
