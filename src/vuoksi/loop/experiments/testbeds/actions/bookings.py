from datetime import datetime
from uuid import UUID

from django.conf import settings
from django.utils.translation import gettext, override

from vuoksi.base.audit.actions import action, nothing_to_do, record, save_if_unchanged
from vuoksi.base.notices.actions import tell, tell_upstream
from vuoksi.base.notices.kinds import Kind
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.testbeds import kinds, queries, rules
from vuoksi.loop.experiments.testbeds.engine import (
    Slot,
    Wish,
    assign,
    free_units,
    mistakes,
    wished,
)
from vuoksi.loop.experiments.testbeds.models import BOOKING_STATES, BookedSlot, Booking, Offering
from vuoksi.loop.experiments.testbeds.refusals import BookingRefused, Taken


@action
def request_booking(
    *,
    key: UUID,
    offering: Offering,
    experiment: Experiment,
    organisation: Organisation,
    wish: Wish,
    purpose: str,
    by: User,
    at: datetime,
    is_demo: bool = False,
) -> Booking:
    """Ask for units of an offering; its slots are held from now on. Without need of approval it is approved at once.

    The same `key` again by the same person is the same booking. Raises BookingRefused when the wish cannot be meant so
    and Taken, with what is free near by, when somebody else has the units.
    """
    # Of two who ask at once, one waits here and then sees what the other has taken. Were a way in without this lock,
    # the unique constraint on the slots would still refuse the second.
    whole = Offering.objects.select_related("testbed").select_for_update(of=("self",))
    offering = whole.get(pk=offering.pk)
    known = queries.booking_by_key(key)
    if known is not None:
        rules.check_give_up_booking(by, known)
        nothing_to_do()
        return known
    rules.check_book(by, rules.Asking(offering, experiment, organisation))
    slots, units = _found(offering, wish, at)
    booking = Booking.objects.create(
        key=key,
        offering=offering,
        experiment=experiment,
        organisation=organisation,
        starts_at=slots[0].start,
        ends_at=slots[-1].end,
        units=len(units),
        purpose=purpose,
        price_cents=_price(offering, slots, units),
        requested_by=by,
        requested_at=at,
        is_demo=is_demo,
    )
    BookedSlot.objects.bulk_create(
        BookedSlot(
            booking=booking,
            offering=offering,
            unit_number=unit,
            slot_start=slot.start,
            slot_end=slot.end,
        )
        for slot in slots
        for unit in units
    )
    record(actor=by, verb="testbeds.request_booking", thing=booking, at=at, units=list(units))
    if offering.needs_approval:
        people = queries.keepers_of(offering.testbed).exclude(pk=by.pk)
        tell(people=people, kind=kinds.BOOKING_REQUESTED, thing=booking, by=by, at=at)
    else:
        _approve(booking, by, at)
    return booking


@action
def approve_booking(*, booking: Booking, by: User, at: datetime) -> None:
    """Promise what was asked for; who asked and everyone upstream of the experiment hear of it."""
    rules.check_decide_booking(by, booking)
    if booking.state == Booking.State.APPROVED:
        return nothing_to_do()
    _approve(booking, by, at)
    return None


@action
def refuse_booking(*, booking: Booking, reason: str, by: User, at: datetime) -> None:
    """Refuse with the reason; the slots are free again. Who asked and everyone upstream hear of it."""
    rules.check_decide_booking(by, booking)
    if booking.state == Booking.State.REFUSED:
        return nothing_to_do()
    _let_go(booking, "refuse", reason, by, at)
    _tell_asker(booking, kinds.BOOKING_REFUSED, by, at, reason=reason)
    tell_upstream(
        kind=kinds.PLACE_REFUSED,
        thing=booking.experiment,
        by=by,
        at=at,
        testbed=booking.offering.testbed.title,
    )
    return None


@action
def withdraw_booking(*, booking: Booking, by: User, at: datetime) -> None:
    """Take back a request that was not answered yet."""
    rules.check_give_up_booking(by, booking)
    if booking.state == Booking.State.WITHDRAWN:
        return nothing_to_do()
    _let_go(booking, "withdraw", "", by, at)
    people = {*queries.keepers_of(booking.offering.testbed)} - {by}
    tell(people=people, kind=kinds.BOOKING_WITHDRAWN, thing=booking, by=by, at=at)
    return None


@action
def cancel_booking(*, booking: Booking, reason: str, by: User, at: datetime) -> None:
    """Give up an approved booking, from either side; the other side hears why."""
    rules.check_cancel_booking(by, booking)
    if booking.state == Booking.State.CANCELLED:
        return nothing_to_do()
    _cancel(booking, reason, by, at)
    return None


@action
def free_over(*, at: datetime) -> int:
    """Free what is booked for a time to come by experiments that are over; both sides hear of it. Gives the number."""
    nothing_to_do()
    rows = list(queries.bookings_in_vain(at))
    for booking in rows:
        asker = booking.requested_by
        with override(asker.language if asker is not None else settings.LANGUAGE_CODE):
            reason = gettext("The experiment is over.")
        if booking.state == Booking.State.REQUESTED:
            _let_go(booking, "withdraw", reason, None, at)
            people = queries.keepers_of(booking.offering.testbed)
            tell(people=people, kind=kinds.BOOKING_WITHDRAWN, thing=booking, by=None, at=at)
        else:
            _cancel(booking, reason, None, at)
    return len(rows)


def _found(
    offering: Offering, wish: Wish, at: datetime
) -> tuple[tuple[Slot, ...], tuple[int, ...]]:
    """The slots and units of a wish; raises BookingRefused or Taken."""
    taking = queries.slots_of_stretch(offering, wish, at)
    wrong = mistakes(wish, taking.limits, taking.slots)
    if wrong:
        raise BookingRefused(wrong)
    slots = wished(wish, taking.slots)
    units = assign(slots, taking.taken, offering.units, wish.units)
    if units is None:
        free = len(free_units(slots, taking.taken, offering.units))
        raise Taken(free, queries.offers_near(wish, taking))
    return slots, units


def _price(offering: Offering, slots: tuple[Slot, ...], units: tuple[int, ...]) -> int | None:
    if offering.price_cents is None:
        return None
    return offering.price_cents * len(slots) * len(units)


def _cancel(booking: Booking, reason: str, by: User | None, at: datetime) -> None:
    _let_go(booking, "cancel", reason, by, at)
    people = {*queries.keepers_of(booking.offering.testbed), booking.requested_by} - {by, None}
    tell(
        people=[person for person in people if person is not None],
        kind=kinds.BOOKING_CANCELLED,
        thing=booking,
        by=by,
        at=at,
        reason=reason,
    )


def _approve(booking: Booking, by: User, at: datetime) -> None:
    state = BOOKING_STATES.target(booking.state, "approve")
    save_if_unchanged(booking, version=booking.version, state=state, decided_by=by, decided_at=at)
    record(actor=by, verb="testbeds.approve_booking", thing=booking, at=at)
    _tell_asker(booking, kinds.BOOKING_APPROVED, by, at)
    tell_upstream(
        kind=kinds.PLACE_FOUND,
        thing=booking.experiment,
        by=by,
        at=at,
        testbed=booking.offering.testbed.title,
    )


def _let_go(booking: Booking, step: str, reason: str, by: User | None, at: datetime) -> None:
    """End a booking so that its slots are free for others."""
    state = BOOKING_STATES.target(booking.state, step)
    save_if_unchanged(
        booking, version=booking.version, state=state, reason=reason, decided_by=by, decided_at=at
    )
    booking.slots.all().delete()
    record(actor=by, verb=f"testbeds.{step}_booking", thing=booking, at=at)


def _tell_asker(booking: Booking, kind: Kind, by: User, at: datetime, **details: str) -> None:
    asker = booking.requested_by
    if asker is not None and asker != by:
        tell(people=[asker], kind=kind, thing=booking, by=by, at=at, **details)
