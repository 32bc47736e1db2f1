"""Why an engine of calls refuses a problem."""


class ProblemError(ValueError):
    """A problem that cannot be solved as it stands.

    `code` is stable and listed in the docstring of each `Problem`; from reading JSON also ``not_json``,
    ``unknown_field``, ``missing_field`` and ``wrong_kind``.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(code, message)
        self.code = code
        self.message = message

    def __str__(self) -> str:
        return self.message


def need_unique(what: str, keys: list[str]) -> None:
    """Refuse an empty key and a key that stands twice."""
    seen: set[str] = set()
    for key in keys:
        if not key:
            raise ProblemError("empty_key", f"A key among the {what} is empty.")
        if key in seen:
            raise ProblemError("key_twice", f"'{key}' stands twice among the {what}.")
        seen.add(key)


def need_known(what: str, key: str, known: frozenset[str]) -> None:
    if key not in known:
        raise ProblemError("unknown_key", f"'{key}' is not among the {what}.")


def need_between(code: str, what: str, value: float, low: float, high: float) -> None:
    if not low <= value <= high:
        raise ProblemError(code, f"{what} must lie between {low:g} and {high:g}.")
