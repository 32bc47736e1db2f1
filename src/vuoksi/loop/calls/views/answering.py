"""Official answers: the list of ideas that wait, and the page where one is answered."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.loop.calls import actions, queries, rules, tables
from vuoksi.loop.calls.forms import AnswerForm
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.calls.views.doors import find_entry, take_version


@login_required
def waiting(request: HttpRequest) -> HttpResponseBase:
    rules.check_see_waiting(request.user)
    rows = queries.waiting_entries(request.user)
    return respond(request, tables.waiting_table(timezone.now()), rows, "calls/waiting.html")


@login_required
def answer(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Answer an idea, or answer it anew."""
    at = timezone.now()
    held = find_entry(request, slug, pk, at)
    rules.check_answer(request.user, held)
    entry = held.entry
    form = AnswerForm(request.POST or None, initial=_initial(entry))
    theirs = None
    if request.method == "POST" and form.is_valid():
        try:
            actions.answer_entry(entry=entry, by=signed_in(request), at=at, **form.cleaned_data)
        except EditedMeanwhile as conflict:
            theirs = _shown_beside(form, conflict)
        else:
            messages.success(request, _("The answer is published, and those concerned are told."))
            return redirect(entry)
    attach([entry])
    attach([entry.call])
    context = {
        "form": form,
        "entry": entry,
        "call": entry.call,
        "responses": queries.responses_of(entry),
        "theirs": theirs,
        "their_answer": queries.current_answer(entry) if theirs is not None else None,
    }
    status = status_of(form, meanwhile=theirs)
    return render(request, "calls/answer.html", context, status=status)


def _shown_beside(form: AnswerForm, conflict: EditedMeanwhile) -> Entry:
    """Let the next sending of the form replace what is now shown beside it."""
    theirs = conflict.thing
    assert isinstance(theirs, Entry)
    take_version(form, theirs.version)
    return theirs


def _initial(entry: Entry) -> dict[str, object]:
    now = queries.current_answer(entry)
    values = {"version": entry.version, "award": entry.award, "language": get_language() or "en"}
    if now is not None:
        values |= {"outcome": now.outcome, "text": now.text, "language": now.language}
    return values
