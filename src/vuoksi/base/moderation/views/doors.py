"""What the views share: the thing asked for, the case with the seat that the reader has in it, who the reader is."""

from typing import Any

from axes.helpers import get_client_ip_address
from django.db.models import Model
from django.http import Http404, HttpRequest
from django.shortcuts import get_object_or_404

from vuoksi.base.moderation import letters, queries
from vuoksi.base.moderation.registry import model_of
from vuoksi.base.moderation.rules import Seat
from vuoksi.base.people.models import User

_LINK = "moderation_link"


def thing_of(kind: str, pk: int) -> Model:
    model = model_of(kind)
    if model is None:
        raise Http404
    thing: Model = get_object_or_404(model._default_manager.all(), pk=pk)
    return thing


def keep_link(request: HttpRequest, token: str) -> None:
    """Remember the link that somebody without an account came by."""
    request.session[_LINK] = token


def seat_in(request: HttpRequest, pk: int) -> Seat:
    """Give the case and, by the link that was opened in this browser, the reader's side in it."""
    case = queries.case_page(pk)
    if case is None:
        raise Http404
    token = request.session.get(_LINK, "")
    by_link = letters.seat_of(token) if token else None
    if by_link is not None and by_link.case.pk == case.pk:
        return Seat(case, by_link.report, by_link.is_authors_link)
    return Seat(case)


def who_asks(request: HttpRequest, seat: Seat | None = None) -> str:
    """Tell one person from another without saying who."""
    if isinstance(request.user, User):
        return queries.who_is(request.user)
    if seat is not None and seat.report is not None:
        return seat.report.who
    if seat is not None and seat.is_authors_link:
        return queries.digest_of(f"author of case {seat.case.pk}")
    address: Any = get_client_ip_address(request)
    return queries.digest_of(f"address {address} {request.headers.get('User-Agent', '')}")
