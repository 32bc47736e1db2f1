"""What the views of this app share: finding the thing asked for."""

from uuid import UUID

from django.http import Http404, HttpRequest

from vuoksi.loop.experiments.testbeds import queries, rules
from vuoksi.loop.experiments.testbeds.models import Agreement, Booking, Offering, Testbed


def find_testbed(request: HttpRequest, slug: str) -> Testbed:
    """Give a testbed that this person may read, else 404."""
    row = queries.testbed_page(slug)
    if row is None or not rules.may_read_testbed(request.user, row):
        raise Http404
    return row


def find_offering(request: HttpRequest, slug: str, pk: int) -> Offering:
    row = queries.offering_page(slug, pk)
    if row is None or not rules.may_read_testbed(request.user, row.testbed):
        raise Http404
    return row


def find_booking(request: HttpRequest, key: UUID) -> Booking:
    row = queries.booking_page(key)
    if row is None or not rules.may_read_booking(request.user, row):
        raise Http404
    return row


def find_agreement(request: HttpRequest, slug: str, pk: int) -> Agreement:
    row = queries.agreement_page(slug, pk)
    if row is None or not rules.may_read_agreement(request.user, row):
        raise Http404
    return row
