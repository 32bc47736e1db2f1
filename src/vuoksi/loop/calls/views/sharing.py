"""Joint calls: every partner city sees all ideas, and each decides its own share."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls import actions, queries, rules, tables
from vuoksi.loop.calls.forms import ShareForm
from vuoksi.loop.calls.models import Answer
from vuoksi.loop.calls.views.doors import find_call, find_entry


@login_required
def shares(request: HttpRequest, slug: str) -> HttpResponseBase:
    """All ideas of a joint call with what each city decided."""
    call = find_call(request, slug)
    rules.check_see_waiting(request.user)
    cities = queries.cities_of(call)
    if not cities:
        raise Http404
    entries = queries.entries_of(call)
    totals = queries.totals_eur(queries.shares_of(call, entries), cities)
    mine = set(signed_in(request).memberships.values_list("organisation_id", flat=True))
    table = tables.shares_table(call, cities, mine)
    context = {"call": call, "totals": totals}
    attach([call])
    return respond(request, table, entries, "calls/shares.html", context)


@login_required
def decide(request: HttpRequest, slug: str, pk: int, city: str) -> HttpResponse:
    """Decide one city's share in one idea."""
    at = timezone.now()
    entry = find_entry(request, slug, pk, at).entry
    found = next((one for one in queries.cities_of(entry.call) if one.slug == city), None)
    if found is None:
        raise Http404
    rules.check_decide_share(request.user, rules.Part(entry, found))
    share = entry.shares.filter(organisation=found).first()
    initial: dict[str, Any] = {
        "language": get_language() or "en",
        "outcome": Answer.Outcome.ACCEPTED,
    }
    if share is not None:
        initial = {
            name: getattr(share, name) for name in ("outcome", "amount_eur", "text", "language")
        }
    form = ShareForm(request.POST or None, initial=initial)
    if request.method == "POST" and form.is_valid():
        actions.decide_share(
            entry=entry, city=found, by=signed_in(request), at=at, **form.cleaned_data
        )
        messages.success(request, _("The share is kept, and the other cities are told."))
        return redirect("calls:shares", entry.call.slug)
    attach([entry])
    attach([entry.call])
    context = {
        "form": form,
        "entry": entry,
        "call": entry.call,
        "city": found,
        "responses": queries.responses_of(entry),
        "shares": queries.shares_of(entry.call, [entry])[0],
    }
    return render(request, "calls/decide.html", context, status=status_of(form))
