"""Every form of the demo city, sent with faults by everybody who can reach it; and addresses of things that never were."""

import pytest
from django.test import Client
from django.urls import NoReverseMatch, resolve, reverse
from tests.factories.people import UserFactory
from tests.site.robot.robot import Robot

from vuoksi.base.organisations.models import Membership
from vuoksi.base.people.models import Role, User
from vuoksi.base.people.rules import roles_of
from vuoksi.site.demo import load
from vuoksi.site.demo.people import ACCOUNTS

# So many kinds of form there are; a form that nobody reaches any more must be noticed.
KINDS = 150
# A coordinator meets things in many states, and the forms that each has; for others a page of each kind is enough.
MOST = 4
NOWHERE = {int: 10**30, str: "nu\0ll²"}


pytestmark = [pytest.mark.django_db, pytest.mark.walks]


def test_what_is_sent_wrong_is_said_and_nothing_is_lost(settings):
    """One test, because loading the city and reading its pages takes seconds."""
    # How often somebody may try is asked elsewhere; here it would hide what the form says.
    settings.ACCOUNT_RATE_LIMITS = False
    load.everything()
    known = set()
    robots = {who: _robot(person, known) for who, person in _people().items()}

    faults = [f"{who}: {fault}" for who, robot in robots.items() for fault in robot.faults()]
    assert not faults, "\n".join(faults)
    assert len(known) >= KINDS
    assert _broken_addresses(robots["coordinator"]) == []


def _people() -> dict[str, User | None]:
    printed = {row.role.value: User.objects.get(email=row.email) for row in ACCOUNTS}
    partner = Membership.objects.filter(user__email__endswith="@stories.example").first()
    return {
        "visitor": None,
        **printed,
        "company": partner.user,
        "administrator": UserFactory(roles=[Role.ADMINISTRATOR, Role.MODERATOR]),
    }


def _robot(person: User | None, known: set) -> Robot:
    client = Client()
    if person is not None:
        client.force_login(person, backend="django.contrib.auth.backends.ModelBackend")
    return Robot(client, known, MOST if _is_coordinator(person) else 1)


def _is_coordinator(person: User | None) -> bool:
    return person is not None and Role.COORDINATOR in roles_of(person)


def _broken_addresses(robot: Robot) -> list[str]:
    """What does not say that it is not there, asked for by a number or word that no row has."""
    found = []
    for name, (path, _text) in robot.pages.items():
        match = resolve(path)
        for key in match.kwargs:
            try:
                address = reverse(
                    name, kwargs={**match.kwargs, key: NOWHERE[type(match.kwargs[key])]}
                )
            except (KeyError, NoReverseMatch):
                continue
            if (fault := robot.asked(address)) is not None:
                found.append(f"{address}: {fault}")
    return found
