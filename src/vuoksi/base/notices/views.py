from django.apps import apps
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from vuoksi.base.lists.fields import is_key
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.notices import actions, queries, rules
from vuoksi.base.notices.forms import PreferencesForm
from vuoksi.base.notices.kinds import name_of, tellings_in_words
from vuoksi.base.notices.links import is_told_of
from vuoksi.base.notices.models import Notice
from vuoksi.base.notices.tables import NOTICES, TOLD, waiting_as_csv
from vuoksi.base.notices.waiting import everything_waiting
from vuoksi.base.people.rules import signed_in
from vuoksi.base.talk.about import about


@never_cache
@login_required
def notices(request: HttpRequest) -> HttpResponseBase:
    user = signed_in(request)
    context = {"may_read_waiting": rules.may_read_waiting(user)}
    return respond(request, NOTICES, queries.notices_of(user), "notices/notices.html", context)


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
    form = PreferencesForm(
        request.POST or None, ways=queries.ways_of(user), weekday=queries.weekday_of(user)
    )
    if request.method == "POST" and form.is_valid():
        now = timezone.now()
        actions.set_preferences(user=user, ways=form.ways(), at=now)
        if (weekday := form.cleaned_data["weekday"]) is not None:
            actions.set_weekday(user=user, weekday=weekday, at=now)
        messages.success(request, gettext("Saved."))
        return redirect("notices:settings")
    return render(request, "notices/settings.html", {"form": form}, status=status_of(form))


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


@never_cache
@login_required
def told(request: HttpRequest, kind: str, pk: str) -> HttpResponseBase:
    """Who was told what of a thing, and when."""
    rules.check_read_told(request.user)
    thing = _thing(kind, pk)
    discussed = about(thing)
    # The page names the thing, so whoever may not read it has no such page.
    if discussed is not None and not discussed.may_read(request.user):
        raise Http404
    context = {
        "thing": thing,
        "name": name_of(thing),
        "letters": queries.letters_about(thing).count(),
        "tellings": tellings_in_words(thing),
    }
    return respond(request, TOLD, queries.told_about(thing), "notices/told.html", context)


@never_cache
@login_required
def follows(request: HttpRequest) -> HttpResponse:
    """What the person follows, to look at and to stop."""
    rows = [
        (row, thing, name_of(thing), *_kind_of(thing))
        for row, thing in queries.follows_of(signed_in(request))
    ]
    return render(request, "notices/follows.html", {"rows": rows})


@never_cache
@login_required
def waiting(request: HttpRequest) -> HttpResponseBase:
    """What waits for whom, over all apps, the longest overdue first."""
    rules.check_read_waiting(request.user)
    found = everything_waiting(signed_in(request), timezone.now())
    chosen = request.GET.get("kind", "")
    sources = [(key, label, len(rows)) for key, (label, rows) in found.items()]
    rows = [row for key, (_label, some) in found.items() if chosen in ("", key) for row in some]
    rows.sort(key=lambda row: (row.due or row.since, row.since))
    if request.GET.get("format") == "csv":
        return waiting_as_csv(rows)
    context = {
        "rows": rows,
        "sources": sources,
        "chosen": chosen,
        "all": sum(n for *_, n in sources),
    }
    return render(request, "notices/waiting.html", context)


def _thing(kind: str, pk: str) -> Model:
    """A thing of which people can be told."""
    try:
        model = apps.get_model(kind)
    except (LookupError, ValueError):
        raise Http404 from None
    if not is_told_of(model) or not is_key(pk) or model._meta.pk is None:
        raise Http404
    thing: Model = get_object_or_404(model._default_manager.all(), pk=pk)
    return thing


def _own(request: HttpRequest, pk: int) -> Notice:
    """A notice of somebody else is not there."""
    return get_object_or_404(Notice, pk=pk, user=signed_in(request))


def _kind_of(thing: Model | None) -> tuple[str, str]:
    """Give the kind of a thing, for an address and for a reader."""
    if thing is None:
        return "", ""
    return thing._meta.label_lower, str(thing._meta.verbose_name)
