from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from vuoksi.base.lists.tables import respond
from vuoksi.base.notices import actions, queries
from vuoksi.base.notices.forms import PreferencesForm
from vuoksi.base.notices.kinds import name_of
from vuoksi.base.notices.models import Notice
from vuoksi.base.notices.tables import NOTICES
from vuoksi.base.people.rules import signed_in


@never_cache
@login_required
def notices(request: HttpRequest) -> HttpResponseBase:
    user = signed_in(request)
    return respond(request, NOTICES, queries.notices_of(user), "notices/notices.html")


@never_cache
@login_required
def open_notice(request: HttpRequest, pk: int) -> HttpResponse:
    """Go to what a notice is about; it is read then. What was deleted is said to be gone."""
    notice = _own(request, pk)
    actions.mark_read(user=signed_in(request), notice=notice, at=timezone.now())
    thing = notice.thing
    if thing is not None and hasattr(thing, "get_absolute_url"):
        return redirect(thing.get_absolute_url())
    if thing is None:
        messages.info(request, gettext("What this notice is about is no longer here."))
    return redirect("notices:notices")


@login_required
@require_POST
def mark_read(request: HttpRequest, pk: int) -> HttpResponse:
    actions.mark_read(user=signed_in(request), notice=_own(request, pk), at=timezone.now())
    return redirect("notices:notices")


@login_required
@require_POST
def mark_all_read(request: HttpRequest) -> HttpResponse:
    actions.mark_read(user=signed_in(request), at=timezone.now())
    messages.success(request, gettext("All notices are marked as read."))
    return redirect("notices:notices")


@never_cache
@login_required
def preferences(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    form = PreferencesForm(request.POST or None, ways=queries.ways_of(user))
    if request.method == "POST" and form.is_valid():
        actions.set_preferences(user=user, ways=form.cleaned_data, at=timezone.now())
        messages.success(request, gettext("Saved."))
        return redirect("notices:settings")
    return render(request, "notices/settings.html", {"form": form})


# A mail program may press the button for the person (RFC 8058). The token alone says whose letters they are.
@csrf_exempt
@never_cache
def letters(request: HttpRequest, token: str) -> HttpResponse:
    """Stop the letters about a thing that was written without an account, or begin them again."""
    thing = queries.thing_behind(token)
    if thing is None:
        raise Http404
    if request.method == "POST":
        change = (
            actions.start_letters if request.POST.get("do") == "start" else actions.stop_letters
        )
        change(thing=thing, at=timezone.now())
    context = {"name": name_of(thing), "is_silent": queries.is_silent(thing)}
    return render(request, "notices/letters.html", context)


def _own(request: HttpRequest, pk: int) -> Notice:
    """A notice of somebody else is not there."""
    return get_object_or_404(Notice, pk=pk, user=signed_in(request))
