"""Testbeds for programs: reading needs no key, booking a token with the scope `bookings:write`."""

from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID, uuid4

from django.db.models import QuerySet
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from ninja import Field, Query, Router, Schema, Status
from pydantic import AwareDatetime

from vuoksi.base.lists.answers import READ_REFUSALS, WRITE_REFUSALS, FieldError, Refusal, mistakes
from vuoksi.base.lists.paging import Key, paginated
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.people.registry import scope
from vuoksi.base.people.tokens import TokenAuth
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.testbeds import actions, queries, rules
from vuoksi.loop.experiments.testbeds.engine import Wish
from vuoksi.loop.experiments.testbeds.models import BookedSlot, Booking, Offering, Testbed
from vuoksi.loop.experiments.testbeds.refusals import BookingRefused, Taken
from vuoksi.loop.experiments.testbeds.tables import prepare_booked, prepare_testbeds
from vuoksi.loop.experiments.testbeds.words import MISTAKES, left_words

router = Router(tags=["testbeds"])
WRITES = scope("bookings:write", gettext_lazy("book testbeds for your experiments"))
may_write = TokenAuth(WRITES)
may_read = TokenAuth("read")
MOST_DAYS = 62


class OfferingOut(Schema):
    """One thing that is offered, as `units` numbered units; `weekdays` are ISO numbers, Monday is 1."""

    id: int
    testbed: str = Field(alias="testbed.place.slug")
    kind: str
    language: str
    title: str
    summary: str
    units: int
    slot: str
    weekdays: list[int]
    opens_hour: int
    closes_hour: int
    lead_days: int
    price_cents: int | None
    price_note: str
    needs_approval: bool

    @staticmethod
    def resolve_weekdays(row: Offering) -> list[int]:
        return [int(digit) for digit in row.weekdays]


class TestbedOut(Schema):
    slug: str = Field(alias="place.slug")
    language: str
    title: str
    summary: str
    rules: str
    contact: str
    state: str
    owner: str = Field(alias="owner.name")
    offerings: list[OfferingOut] = Field(alias="offered")
    source: str
    is_demo: bool


class SlotOut(Schema):
    """One slot: `free` of `units` units are free in it; `is_open` says whether it can still be asked for."""

    start: datetime
    end: datetime
    free: int
    units: int
    is_open: bool


class BookedOut(Schema):
    """One unit in one slot that somebody holds. Who and what for is not said."""

    offering: int = Field(alias="offering_id")
    unit: int = Field(alias="unit_number")
    start: datetime = Field(alias="slot_start")
    end: datetime = Field(alias="slot_end")


class BookingIn(Schema):
    """Slots from the one that begins at `first` to the one that begins at `last`.

    The same `key` sent again is the same booking, so a retry is safe.
    """

    key: UUID = Field(default_factory=uuid4)
    experiment: str = Field(max_length=60, pattern=r"^[-\w]+$")
    organisation: str = Field(max_length=60, pattern=r"^[-\w]+$", description="Its short name")
    first: AwareDatetime
    last: AwareDatetime
    units: int = Field(1, ge=1, le=500)
    purpose: str = Field(min_length=1, max_length=2000)


class BookingOut(Schema):
    key: UUID
    offering: int = Field(alias="offering_id")
    experiment: str = Field(alias="experiment.slug")
    organisation: str = Field(alias="organisation.slug")
    starts_at: datetime
    ends_at: datetime
    units: int
    price_cents: int | None
    state: str
    reason: str


class Days(Schema):
    first: date | None = Field(None, description="The first day; today when left out")
    last: date | None = Field(None, description="The last day; two weeks on when left out")


@router.get("/", response={200: list[TestbedOut], **READ_REFUSALS}, summary="Testbeds")
@paginated(prepare=prepare_testbeds)
def list_testbeds(request: HttpRequest) -> QuerySet[Testbed]:
    """Testbeds and what they offer now."""
    return queries.public_testbeds()


@router.get("/{slug:slug}", response={200: TestbedOut, **READ_REFUSALS}, summary="One testbed")
def get_testbed(request: HttpRequest, slug: str) -> Any:
    return prepare_testbeds([get_object_or_404(queries.public_testbeds(), place__slug=slug)])[0]


@router.get(
    "/{slug:slug}/booked",
    response={200: list[BookedOut], **READ_REFUSALS},
    summary="What is booked in a testbed",
)
@paginated(prepare=prepare_booked)
def list_booked(request: HttpRequest, slug: str) -> QuerySet[BookedSlot]:
    """Each unit and slot that somebody holds, the earliest first."""
    testbed = get_object_or_404(queries.public_testbeds(), place__slug=slug)
    return queries.booked_slots(testbed)


@router.get(
    "/offerings/", response={200: list[OfferingOut], **READ_REFUSALS}, summary="What is offered"
)
@paginated(prepare=attach)
def list_offerings(request: HttpRequest) -> QuerySet[Offering]:
    """What all public testbeds offer now."""
    return queries.public_offerings()


@router.get(
    "/offerings/{key}/slots",
    response={200: list[SlotOut], **READ_REFUSALS},
    summary="What is free",
)
def list_slots(request: HttpRequest, key: Key, days: Query[Days]) -> Any:
    """The slots of an offering with their free units; at most 62 days at once."""
    offering = _offering(key)
    at = timezone.now()
    today = timezone.localdate(at)
    first = days.first or today
    last = (
        days.last or first + timedelta(days=13) if first <= today + 2 * queries.FURTHEST else first
    )
    if not today - queries.FURTHEST <= first <= last <= today + 2 * queries.FURTHEST:
        return Status(
            422, mistakes([("first", MISTAKES["backwards" if last < first else "too_far"])])
        )
    if (last - first).days >= MOST_DAYS:
        return Status(422, mistakes([("last", _("Ask for at most 62 days at once."))]))
    return [
        SlotOut(
            start=free.slot.start,
            end=free.slot.end,
            free=free.free,
            units=free.units,
            is_open=free.is_open,
        )
        for day in queries.free_slots(offering, first, last, at)
        for free in day.slots
    ]


@router.post(
    "/offerings/{key}/bookings",
    auth=may_write,
    response={200: BookingOut, **WRITE_REFUSALS},
    summary="Ask for a booking",
    openapi_extra={"x-scope": WRITES},
)
def request_booking(request: HttpRequest, key: Key, booking: BookingIn) -> Any:
    """Ask for units for an experiment of yours. Answers 409 with what is free near by when they are taken."""
    offering = _offering(key)
    assert isinstance(request.user, User)  # TokenAuth made it the token's person
    experiments = queries.experiments_to_book_for(request.user)
    try:
        return actions.request_booking(
            key=booking.key,
            offering=offering,
            experiment=get_object_or_404(experiments, slug=booking.experiment),
            organisation=get_object_or_404(Organisation, slug=booking.organisation),
            wish=Wish(booking.first, booking.last, booking.units),
            purpose=booking.purpose,
            by=request.user,
            at=timezone.now(),
        )
    except BookingRefused as refusal:
        return Status(
            422, mistakes((what, MISTAKES[code]) for what, code in refusal.mistakes.items())
        )
    except Taken as refusal:
        return Status(409, _taken(refusal))


@router.get(
    "/bookings/",
    auth=may_read,
    response={200: list[BookingOut], **WRITE_REFUSALS},
    summary="Your bookings",
    openapi_extra={"x-scope": "read"},
)
@paginated
def list_bookings(request: HttpRequest) -> QuerySet[Booking]:
    """Your bookings and those of the organisations that you act for, the newest first."""
    assert isinstance(request.user, User)  # TokenAuth made it the token's person
    return queries.bookings_of_person(request.user)


@router.get(
    "/bookings/{uuid:key}",
    auth=may_read,
    response={200: BookingOut, **WRITE_REFUSALS},
    summary="One booking of yours",
    openapi_extra={"x-scope": "read"},
)
def get_booking(request: HttpRequest, key: UUID) -> Any:
    return _booking(request, key)


@router.post(
    "/bookings/{uuid:key}/withdraw",
    auth=may_write,
    response={200: BookingOut, **WRITE_REFUSALS},
    summary="Withdraw a request",
    openapi_extra={"x-scope": WRITES},
)
def withdraw_booking(request: HttpRequest, key: UUID) -> Any:
    """Take back a request that was not answered yet. Sent twice, it is withdrawn once."""
    booking = _booking(request, key)
    assert isinstance(request.user, User)  # TokenAuth made it the token's person
    actions.withdraw_booking(booking=booking, by=request.user, at=timezone.now())
    return booking


def _offering(key: int) -> Offering:
    """An offering of a public testbed that can be asked for, else 404."""
    return get_object_or_404(queries.public_offerings(), pk=key)


def _booking(request: HttpRequest, key: UUID) -> Booking:
    booking = queries.booking_page(key)
    assert isinstance(request.user, User)  # TokenAuth made it the token's person
    if booking is None or not rules.may_read_booking(request.user, booking):
        raise Http404
    return booking


def _taken(refusal: Taken) -> Refusal:
    """Each other time that is free as one message: first and last slot, for `first` and `last` of the next try."""
    errors = [
        FieldError(
            field="first",
            message=f"{offer.slots[0].start.isoformat()}/{offer.slots[-1].start.isoformat()}",
        )
        for offer in refusal.offers
    ]
    return Refusal(detail=left_words(refusal.free), errors=errors)
