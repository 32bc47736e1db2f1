from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from uuid import UUID

from django.db.models import Q, QuerySet

from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person, is_city_staff, is_steering
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds.engine import Slot, merged
from vuoksi.loop.experiments.testbeds.models import BookedSlot, Booking, Testbed
from vuoksi.loop.experiments.testbeds.models.bookings import HOLDING
from vuoksi.loop.experiments.testbeds.rules import UNFINISHED, memberships_of


def _whole() -> QuerySet[Booking]:
    return Booking.objects.select_related(
        "offering__testbed__place",
        "offering__testbed__owner",
        "experiment",
        "organisation",
        "requested_by",
        "decided_by",
    )


def booking_page(key: UUID) -> Booking | None:
    return _whole().filter(key=key).first()


def booking_by_key(key: UUID) -> Booking | None:
    """The booking that was made with this key, whoever asks."""
    return Booking.objects.filter(key=key).first()


def bookings_of_person(user: Person) -> QuerySet[Booking]:
    """The bookings of a person and of the organisations that they act for, the newest first."""
    if not user.is_authenticated:
        return Booking.objects.none()
    mine = Q(requested_by=user) | Q(organisation__in=memberships_of(user))
    return _whole().filter(mine).order_by("-requested_at", "-pk")


def bookings_of_experiment(experiment: Experiment) -> QuerySet[Booking]:
    return _whole().filter(experiment=experiment).order_by("starts_at", "pk")


def bookings_in_vain(at: datetime) -> QuerySet[Booking]:
    """What holds units for a time to come, though its experiment is over."""
    return (
        _whole()
        .filter(state__in=HOLDING, starts_at__gt=at)
        .exclude(experiment__state__in=UNFINISHED)
        .order_by("pk")
    )


def bookings_that_wait(user: Person) -> QuerySet[Booking]:
    """Requests that this person can answer, the oldest first; coordinators see all."""
    rows = _whole().filter(state=Booking.State.REQUESTED).order_by("requested_at", "pk")
    if is_steering.test(user):
        return rows
    return rows.filter(offering__testbed__owner__in=memberships_of(user))


def booked_slots(testbed: Testbed) -> QuerySet[BookedSlot]:
    """What is booked in a testbed, unit by unit: for everybody, so nothing of who and what for."""
    return (
        BookedSlot.objects.filter(offering__testbed=testbed, booking__state__in=HOLDING)
        .select_related("offering", "booking")
        .order_by("slot_start", "offering", "unit_number")
    )


def stretches_of(rows: Iterable[BookedSlot]) -> dict[int, tuple[Slot, ...]]:
    """The stretches of time without a gap that each booking holds, by its key."""
    by_booking: dict[int, list[Slot]] = defaultdict(list)
    for row in rows:
        by_booking[row.booking_id].append(Slot(row.slot_start, row.slot_end))
    return {key: merged(tuple(slots)) for key, slots in by_booking.items()}


def experiments_to_book_for(user: Person) -> QuerySet[Experiment]:
    """Experiments that have not ended, of those that the person may book for."""
    rows = Experiment.objects.filter(state__in=UNFINISHED).select_related("owner")
    if not is_city_staff.test(user):
        mine = memberships_of(user)
        rows = rows.filter(Q(owner__in=mine) | Q(partners__in=mine)).distinct()
    return rows.order_by("title", "pk")


def keepers_of(testbed: Testbed) -> QuerySet[User]:
    """The people of the unit in charge, who answer requests."""
    return User.objects.filter(memberships__organisation=testbed.owner_id, is_active=True)
