"""Asking for a booking, and all that becomes of it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.experiments.plans.views import find_experiment
from vuoksi.loop.experiments.testbeds import actions, queries, rules
from vuoksi.loop.experiments.testbeds.forms import BookingForm, ReasonForm
from vuoksi.loop.experiments.testbeds.models import BOOKING_STATES, Booking, Offering
from vuoksi.loop.experiments.testbeds.refusals import BookingRefused, Taken
from vuoksi.loop.experiments.testbeds.tables import bookings_table, prepare_bookings
from vuoksi.loop.experiments.testbeds.views.doors import find_booking, find_offering
from vuoksi.loop.experiments.testbeds.words import offer_words, price_words


@login_required
def book(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask for units. When somebody was faster, what is free near by is one press away and nothing typed is lost."""
    row = find_offering(request, slug, pk)
    attach([row])
    attach([row.testbed])
    form = BookingForm(
        request.POST or None,
        offering=row,
        person=request.user,
        today=timezone.localdate(),
        initial=_suggested(request),
    )
    if request.method == "POST" and form.is_valid():
        booking = _request(request, row, form)
        if booking is not None:
            messages.success(request, _said(booking))
            return redirect(booking)
    context = {
        "form": form,
        "offering": row,
        "testbed": row.testbed,
        "price": price_words(row.price_cents),
        "may_book_at_all": form.fields["experiment"].queryset.exists(),  # type: ignore[attr-defined]  # a ModelChoiceField
        "offers": [
            (
                f"{offer.slots[0].start.isoformat()}/{offer.slots[-1].start.isoformat()}",
                offer_words(row, offer),
            )
            for offer in form.offers
        ],
    }
    status = status_of(form, meanwhile=form.offers or None)
    return render(request, "testbeds/book.html", context, status=status)


@login_required
def booking(request: HttpRequest, key: UUID) -> HttpResponse:
    """One booking, for those whose it is and for those who answer it."""
    row = find_booking(request, key)
    prepare_bookings([row])
    units = row.slots.order_by("unit_number").values_list("unit_number", flat=True).distinct()
    possible = BOOKING_STATES.possible(row.state)
    context = {
        "booking": row,
        "units": list(units),
        "price": price_words(row.price_cents),
        "may_decide": "approve" in possible and rules.may_decide_booking(request.user, row),
        "may_withdraw": "withdraw" in possible and rules.may_give_up_booking(request.user, row),
        "may_cancel": "cancel" in possible and rules.may_cancel_booking(request.user, row),
    }
    return render(request, "testbeds/booking.html", context)


@login_required
@require_POST
def approve(request: HttpRequest, key: UUID) -> HttpResponse:
    row = find_booking(request, key)
    actions.approve_booking(booking=row, by=signed_in(request), at=timezone.now())
    messages.success(request, gettext("Approved. Those who asked have been told."))
    return redirect(row)


@login_required
def refuse(request: HttpRequest, key: UUID) -> HttpResponse:
    row = find_booking(request, key)
    rules.check_decide_booking(request.user, row)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.refuse_booking(
            booking=row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, gettext("Refused. Those who asked have been told why."))
        return redirect(row)
    return _ask_reason(request, row, form, gettext("Refuse the booking"))


@login_required
def withdraw(request: HttpRequest, key: UUID) -> HttpResponse:
    row = find_booking(request, key)
    rules.check_give_up_booking(request.user, row)
    if request.method == "POST":
        actions.withdraw_booking(booking=row, by=signed_in(request), at=timezone.now())
        messages.success(request, gettext("Withdrawn. The time is free for others."))
        return redirect(row)
    prepare_bookings([row])
    return render(request, "testbeds/withdraw.html", {"booking": row})


@login_required
def cancel(request: HttpRequest, key: UUID) -> HttpResponse:
    row = find_booking(request, key)
    rules.check_cancel_booking(request.user, row)
    form = ReasonForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        actions.cancel_booking(
            booking=row, by=signed_in(request), at=timezone.now(), **form.cleaned_data
        )
        messages.success(request, gettext("Cancelled. The other side has been told why."))
        return redirect(row)
    return _ask_reason(request, row, form, gettext("Cancel the booking"))


@login_required
def mine(request: HttpRequest) -> HttpResponseBase:
    """The bookings of this person and of the organisations that they act for."""
    table = bookings_table("my-bookings", _("Our bookings"))
    rows = queries.bookings_of_person(request.user)
    return respond(request, table, rows, "testbeds/mine.html")


@login_required
def queue(request: HttpRequest) -> HttpResponseBase:
    """Requests that wait for this person's answer, the oldest first."""
    rules.check_see_queue(request.user)
    table = bookings_table("bookings-that-wait", _("Bookings that wait"))
    rows = queries.bookings_that_wait(request.user)
    return respond(request, table, rows, "testbeds/queue.html")


@login_required
def of_experiment(request: HttpRequest, slug: str) -> HttpResponseBase:
    """The bookings of one experiment, for those who take part."""
    row = find_experiment(request, slug)
    rules.check_read_checklist(request.user, row)
    table = bookings_table(f"bookings-{row.slug}", _("Bookings"))
    rows = queries.bookings_of_experiment(row)
    return respond(request, table, rows, "testbeds/of_experiment.html", {"experiment": row})


def _request(request: HttpRequest, row: Offering, form: BookingForm) -> Booking | None:
    """Make the booking; None when it is refused, and the form says why."""
    data = form.cleaned_data
    try:
        return actions.request_booking(
            key=data["key"],
            offering=row,
            experiment=data["experiment"],
            organisation=data["organisation"],
            wish=form.wish(),
            purpose=data["purpose"],
            by=signed_in(request),
            at=timezone.now(),
        )
    except BookingRefused as refusal:
        form.add_mistakes(refusal.mistakes)
    except Taken as refusal:
        form.add_taken(refusal)
    return None


def _suggested(request: HttpRequest) -> dict[str, Any]:
    """What the link from the calendar asks for; whatever makes no sense the form refuses itself."""
    day, hour = request.GET.get("day", ""), request.GET.get("time", "")
    return {"first_day": day, "last_day": day, "first_time": hour, "last_time": hour}


def _said(booking: Booking) -> str:
    if booking.state == Booking.State.APPROVED:
        return gettext("Booked. It needs no approval.")
    return gettext("Asked for. The time is held for you until the unit in charge answers.")


def _ask_reason(request: HttpRequest, row: Booking, form: ReasonForm, words: str) -> HttpResponse:
    prepare_bookings([row])
    context = {"booking": row, "form": form, "words": words}
    return render(request, "testbeds/reason.html", context, status=status_of(form))
