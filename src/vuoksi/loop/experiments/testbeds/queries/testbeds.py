from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db.models import QuerySet

from vuoksi.base.people.rules import Person, is_city_staff
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import public_experiments
from vuoksi.loop.experiments.testbeds.models import Offering, Testbed
from vuoksi.loop.experiments.testbeds.rules import PUBLIC_TESTBEDS


def public_testbeds(user: Person | None = None) -> QuerySet[Testbed]:
    """Published testbeds, closed ones too; city staff see drafts as well."""
    rows = Testbed.objects.select_related("place", "owner").order_by("title", "pk")
    if user is not None and is_city_staff.test(user):
        return rows
    return rows.filter(state__in=PUBLIC_TESTBEDS)


def testbed_page(slug: str) -> Testbed | None:
    """One testbed by the address of its place, a draft too."""
    return Testbed.objects.select_related("place", "owner").filter(place__slug=slug).first()


def offerings_of(testbed: Testbed) -> QuerySet[Offering]:
    return testbed.offerings.order_by("position", "pk")


def offerings_of_all(testbeds: Iterable[Testbed]) -> dict[int, list[Offering]]:
    """What each of many testbeds offers now, by its key; one query."""
    found: dict[int, list[Offering]] = defaultdict(list)
    rows = Offering.objects.filter(testbed__in=list(testbeds), is_offered=True)
    rows = rows.select_related("testbed__place")
    for row in rows.order_by("position", "pk"):
        found[row.testbed_id].append(row)
    return found


def public_offerings() -> QuerySet[Offering]:
    """What all public testbeds offer now."""
    rows = Offering.objects.filter(is_offered=True, testbed__state__in=PUBLIC_TESTBEDS)
    return rows.select_related("testbed__place").order_by("testbed", "position", "pk")


def offering_page(slug: str, pk: int) -> Offering | None:
    """One offering with its testbed, place and owner."""
    rows = Offering.objects.select_related("testbed__place", "testbed__owner")
    return rows.filter(testbed__place__slug=slug, pk=pk).first()


def experiments_at(testbed: Testbed, user: Person | None = None) -> QuerySet[Any]:
    """What is tried, was tried or is booked to be tried there, the newest first; failed ones too."""
    here = Experiment.objects.filter(testbed=testbed.place_id).values("pk")
    booked = Experiment.objects.filter(
        bookings__offering__testbed=testbed, bookings__state="approved"
    ).values("pk")
    return public_experiments(user).filter(pk__in=here.union(booked)).order_by("-starts_on", "pk")


def has_bookings_ahead(offering: Offering, at: datetime, *, above: int = 0) -> bool:
    """Whether a unit with a number above `above` is booked for a time that is not over."""
    return offering.booked_slots.filter(unit_number__gt=above, slot_end__gt=at).exists()
