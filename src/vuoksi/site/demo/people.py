"""The demo's accounts: three to try the platform with, and the people who wrote its stories."""

from dataclasses import dataclass
from datetime import UTC, datetime

from vuoksi.base.people.actions import create_person, grant_role
from vuoksi.base.people.models import Role, User
from vuoksi.base.people.queries import person_by_email

PASSWORD = "rising-tide-2026"  # noqa: S105 - printed at the start: these accounts exist in the demo alone
JOINED = datetime(2024, 12, 2, 9, 0, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Account:
    """One account that the start of the demo prints."""

    email: str
    name: str
    role: Role
    language: str


ACCOUNTS = (
    Account("resident@demo.example", "Aino Demo", Role.RESIDENT, "fi"),
    Account("coordinator@demo.example", "Kaarina Demo", Role.COORDINATOR, "fi"),
    Account("reviewer@demo.example", "Robert Demo", Role.REVIEWER, "sv"),
)


def load() -> dict[Role, User]:
    """Make the printed accounts and give them by role. The coordinator does the demo's official acts."""
    return {account.role: _account(account) for account in ACCOUNTS}


def storyteller(name: str, language: str = "en") -> User:
    """The person of this name in the demo's stories; has no password and cannot log in."""
    local = "".join(
        letter if letter.isascii() and letter.isalnum() else "-" for letter in name.lower()
    )
    email = f"{local.strip('-')}@stories.example"
    return person_by_email(email) or create_person(
        email=email, name=name, password=None, language=language, at=JOINED
    )


def _account(account: Account) -> User:
    person = person_by_email(account.email)
    if person is None:
        person = create_person(
            email=account.email,
            name=account.name,
            password=PASSWORD,
            language=account.language,
            at=JOINED,
        )
    if account.role != Role.RESIDENT:
        grant_role(user=person, role=account.role, by=None, at=JOINED)
    return person
