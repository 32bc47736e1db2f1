"""The three accounts of the demo city. They exist only where `vuoksi demo` was run."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Account:
    role: str
    email: str


PASSWORD = "tide-rises-in-espoo"  # noqa: S105 - the demo's own, printed for everybody to use
ACCOUNTS = (
    Account("resident", "resident@vuoksi.example"),
    Account("coordinator", "coordinator@vuoksi.example"),
    Account("reviewer", "reviewer@vuoksi.example"),
)
