from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.translation import gettext

from vuoksi.base.audit.queries import history_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.strategy import actions, queries, rules
from vuoksi.strategy.downstream import below
from vuoksi.strategy.forms import ActionForm, UpdateForm
from vuoksi.strategy.models import Action, Goal
from vuoksi.strategy.tables import ACTIONS
from vuoksi.strategy.views.writing import attach_each, write


def actions_list(request: HttpRequest) -> HttpResponseBase:
    return respond(request, ACTIONS, queries.public_actions(), "strategy/actions.html")


def action(request: HttpRequest, slug: str) -> HttpResponse:
    row = _action(slug)
    attach([row])
    attach_each([row.goal, *([row.goal.roadmap] if row.goal.roadmap else [])])
    context = {
        "action": row,
        "updates": attach(queries.updates(row)),
        "below": below(row, request.user),
        "history": history_of(row)[:20],
        "may_update": rules.may_update_action(request.user, row),
    }
    return render(request, "strategy/action.html", context)


@login_required
def open_action(request: HttpRequest, goal: str) -> HttpResponse:
    row = get_object_or_404(Goal, slug=goal)
    rules.check_open_action(request.user, row)
    form = ActionForm(request.POST or None, initial={"goal": row})

    def save() -> str:
        return actions.open_action(
            by=signed_in(request), at=timezone.now(), **form.changes()
        ).get_absolute_url()

    return write(request, form, save, heading=gettext("New action"), up=[row])


@login_required
def edit_action(request: HttpRequest, slug: str) -> HttpResponse:
    row = _action(slug)
    rules.check_update_action(request.user, row)
    form = ActionForm(request.POST or None, instance=row)

    def save() -> str:
        actions.update_action(
            action=_action(slug),
            version=form.cleaned_data["version"],
            by=signed_in(request),
            at=timezone.now(),
            **form.changes(),
        )
        return row.get_absolute_url()

    return write(request, form, save, heading=gettext("Edit action"), up=[row.goal, _action(slug)])


@login_required
def post_update(request: HttpRequest, slug: str) -> HttpResponse:
    row = _action(slug)
    rules.check_update_action(request.user, row)
    form = UpdateForm(request.POST or None, action=row)

    def save() -> str:
        said = dict(form.cleaned_data)
        transition = said.pop("transition") or None
        actions.post_update(
            action=row, transition=transition, by=signed_in(request), at=timezone.now(), **said
        )
        return row.get_absolute_url()

    saved = gettext("The update is published. Everyone who follows the action hears of it.")
    return write(
        request, form, save, heading=gettext("Post an update"), up=[row.goal, row], saved=saved
    )


def _action(slug: str) -> Action:
    try:
        return queries.action_by_slug(slug)
    except Action.DoesNotExist:
        raise Http404 from None
