from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.lists.tables import respond
from vuoksi.base.people.models import User
from vuoksi.base.runs import actions, queries, rules
from vuoksi.base.runs.kinds import KINDS
from vuoksi.base.runs.models import Run
from vuoksi.base.runs.tables import RUNS


@login_required
def runs(request: HttpRequest) -> HttpResponseBase:
    assert isinstance(request.user, User)
    return respond(request, RUNS, queries.runs_of(request.user), "runs/runs.html")


@never_cache
def run(request: HttpRequest, pk: int) -> HttpResponse:
    """Show how far a run is. htmx asks for the middle of the page every second while it lasts."""
    shown = _run_for(request, pk)
    kind = KINDS.get(shown.kind)
    context = {
        "run": shown,
        "label": kind.label if kind else shown.kind,
        "has_ended": shown.status in rules.ENDED,
        "result_url": kind.result_url(shown)
        if kind and kind.result_url and shown.status == Run.Status.DONE
        else "",
        "may_cancel": rules.may_cancel_run(request.user, shown),
    }
    template = "runs/state.html" if request.headers.get("HX-Request") else "runs/run.html"
    return render(request, template, context)


@require_POST
def cancel(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Run, pk=pk)
    rules.check_cancel_run(request.user, found)
    actions.request_cancel(run=found, by=request.user, at=timezone.now())
    messages.info(request, _("Asked to stop."))
    return redirect("run", pk)


def download(request: HttpRequest, pk: int) -> HttpResponse:
    """Give what came out, with what was asked: enough to do it again."""
    found = _run_for(request, pk)
    if found.result is None:
        raise Http404
    content = {
        "kind": found.kind,
        "engine_version": found.engine_version,
        "seed": found.seed,
        "limits": found.limits,
        "problem": found.problem,
        "result": found.result,
    }
    response = JsonResponse(content, json_dumps_params={"ensure_ascii": False, "indent": 1})
    response["Content-Disposition"] = f'attachment; filename="run-{found.pk}.json"'
    return response


def _run_for(request: HttpRequest, pk: int) -> Run:
    found = get_object_or_404(Run.objects.select_related("owner"), pk=pk)
    rules.check_read_run(request.user, found)
    return found
