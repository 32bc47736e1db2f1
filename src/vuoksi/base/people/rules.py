"""Permissions as pairs: `may_x` answers yes or no, `check_x` raises with the reason.

Every app's `rules.py` makes its pairs with `permission(...)`; together they are the permission table
(docs/reference/permissions.md is generated from it).
"""

from collections.abc import Callable
from typing import Any

import rules
from django.contrib.auth.models import AnonymousUser
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.models import ApiToken, Role, User

Person = User | AnonymousUser
May = Callable[..., bool]
Check = Callable[..., None]

TABLE: dict[str, "str | Promise"] = {}


class NotAllowed(PermissionDenied):
    """The person may not do this; `reason` is said to the person."""

    def __init__(self, permission: str, reason: "str | Promise") -> None:
        super().__init__(permission)
        self.permission = permission
        self.reason = reason


def roles_of(user: Person) -> frozenset[Role]:
    """Give the roles of a person; nobody signed in has none. Asked once a request."""
    if isinstance(user, AnonymousUser) or not user.is_active:
        return frozenset()
    known: frozenset[Role] | None = user.__dict__.get("_roles")
    if known is None:
        granted = user.role_grants.values_list("role", flat=True)
        known = frozenset({Role.RESIDENT, *(Role(role) for role in granted)})
        user.__dict__["_roles"] = known
    return known


def signed_in(request: HttpRequest) -> User:
    """Give the one who is signed in; for views behind `login_required` alone."""
    assert isinstance(request.user, User)
    return request.user


def permission(name: str, predicate: Any, *, reason: "str | Promise") -> tuple[May, Check]:
    """Make the pair for `name` ("calls.open_call") from a predicate of (person, thing)."""
    rules.add_perm(name, predicate)
    TABLE[name] = reason

    def may(user: Person, thing: Any = None) -> bool:
        return bool(predicate.test(user, thing))

    def check(user: Person, thing: Any = None) -> None:
        if not may(user, thing):
            raise NotAllowed(name, reason)

    return may, check


def predicate(function: Callable[..., bool]) -> Any:
    """Make a predicate that `&`, `|` and `~` combine (the `rules` library has no types of its own)."""
    return rules.predicate(function)


def _has(role: Role) -> Any:
    def has_role(user: Person) -> bool:
        return role in roles_of(user)

    has_role.__name__ = f"is_{role.value}"
    return predicate(has_role)


@predicate
def is_anybody(user: Person) -> bool:
    return True


@predicate
def is_signed_in(user: Person) -> bool:
    return user.is_authenticated


is_staff = _has(Role.STAFF)
is_coordinator = _has(Role.COORDINATOR)
is_reviewer = _has(Role.REVIEWER)
is_company_member = _has(Role.COMPANY)
is_moderator = _has(Role.MODERATOR)
is_administrator = _has(Role.ADMINISTRATOR)
is_city_staff = is_staff | is_coordinator | is_administrator
is_steering = is_coordinator | is_administrator
# A small city has no moderators of its own: those who steer moderate too.
is_moderating = is_moderator | is_steering


@predicate
def is_their_own(user: Person, token: ApiToken) -> bool:
    return user.is_authenticated and token.user_id == user.pk


@predicate
def is_somebody_else(user: Person, other: User) -> bool:
    return user.pk != other.pk


may_read_people, check_read_people = permission(
    "people.read_people",
    is_administrator,
    reason=_("Only administrators can see who has an account."),
)
# Nobody closes the door behind oneself: another administrator must do it.
may_change_roles, check_change_roles = permission(
    "people.change_roles",
    is_administrator & is_somebody_else,
    reason=_("Only an administrator can change roles, and not one's own."),
)
may_revoke_token, check_revoke_token = permission(
    "people.revoke_token",
    is_their_own | is_administrator,
    reason=_("Only the owner of a token can revoke it."),
)
