from typing import Any

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext

from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.strategy import actions, queries, rules
from vuoksi.strategy.downstream import below
from vuoksi.strategy.forms import GoalForm, RoadmapForm, TargetForm
from vuoksi.strategy.models import Chapter, Goal, Roadmap, Target
from vuoksi.strategy.queries import GoalView
from vuoksi.strategy.views.writing import write


def overview(request: HttpRequest) -> HttpResponse:
    """The strategy on one page: story, roadmaps, how far the targets are."""
    today = timezone.localdate()
    story = queries.present_story(today)
    chapters = attach(
        Chapter.objects.filter(story=story).select_related("story").order_by("position")
    )
    if story is not None:
        attach([story])
    context = {
        "story": story,
        "chapters": chapters,
        "roadmaps": queries.roadmaps_at_a_glance(today),
        "maps": attach(queries.impact_maps()),
        "may_write": rules.may_write_roadmap(request.user),
        "may_draw": rules.may_write_impact_map(request.user),
    }
    return render(request, "strategy/overview.html", context)


def roadmap(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(queries.roadmaps(), slug=slug)
    attach([row])
    goals = queries.goals_of(Goal.objects.filter(roadmap=row), timezone.localdate())
    whole = queries.roadmap_view(row, goals)
    verdict, owner = request.GET.get("verdict", ""), request.GET.get("owner", "")
    context = {
        "roadmap": row,
        "view": whole,
        "goals": _narrowed(goals, verdict, owner),
        "verdict": verdict,
        "owner": owner,
        "owners": sorted(
            {
                (each.owner.slug, each.owner.name)
                for one in goals
                for each in one.actions
                if each.owner
            }
        ),
        "maps": attach(queries.impact_maps(row)),
        "may_write": rules.may_write_roadmap(request.user, row),
    }
    return render(request, "strategy/roadmap.html", context)


def goal(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Goal.objects.select_related("roadmap", "chapter__story"), slug=slug)
    view = queries.goal_view(row, timezone.localdate())
    attach([home for home in (view.goal.roadmap,) if home])
    attach([home for home in (view.goal.chapter,) if home])
    context = {
        "view": view,
        "goal": view.goal,
        "below": below(row, request.user),
        "may_write": rules.may_write_roadmap(request.user, row),
        "may_open": rules.may_open_action(request.user, row),
    }
    return render(request, "strategy/goal.html", context)


@login_required
def create_roadmap(request: HttpRequest) -> HttpResponse:
    rules.check_write_roadmap(request.user)
    form = RoadmapForm(request.POST or None)

    def save() -> str:
        return actions.create_roadmap(
            by=signed_in(request), at=timezone.now(), **form.changes()
        ).get_absolute_url()

    return write(request, form, save, heading=gettext("New roadmap"), up=[])


@login_required
def edit_roadmap(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Roadmap, slug=slug)
    rules.check_write_roadmap(request.user, row)
    form = RoadmapForm(request.POST or None, instance=row)

    def save() -> str:
        kept = Roadmap.objects.get(pk=row.pk)
        actions.edit_roadmap(roadmap=kept, **_saving(request, form))
        return kept.get_absolute_url()

    return write(
        request, form, save, heading=gettext("Edit roadmap"), up=[Roadmap.objects.get(pk=row.pk)]
    )


@login_required
def create_goal(request: HttpRequest) -> HttpResponse:
    rules.check_write_roadmap(request.user)
    start = {"roadmap": Roadmap.objects.filter(slug=request.GET.get("roadmap", "")).first()}
    form = GoalForm(request.POST or None, initial=start)

    def save() -> str:
        return actions.create_goal(
            by=signed_in(request), at=timezone.now(), **form.changes()
        ).get_absolute_url()

    return write(request, form, save, heading=gettext("New goal"), up=[])


@login_required
def edit_goal(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Goal, slug=slug)
    rules.check_write_roadmap(request.user, row)
    form = GoalForm(request.POST or None, instance=row)

    def save() -> str:
        kept = Goal.objects.get(pk=row.pk)
        actions.edit_goal(goal=kept, **_saving(request, form))
        return kept.get_absolute_url()

    return write(
        request, form, save, heading=gettext("Edit goal"), up=[Goal.objects.get(pk=row.pk)]
    )


@login_required
def set_target(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(Goal, slug=slug)
    rules.check_write_roadmap(request.user, row)
    form = TargetForm(request.POST or None, goal=row)

    def save() -> str:
        actions.set_target(goal=row, by=signed_in(request), at=timezone.now(), **form.changes())
        return row.get_absolute_url()

    return write(request, form, save, heading=gettext("New target"), up=[row])


@login_required
def edit_target(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Target.objects.select_related("goal", "indicator"), pk=pk)
    rules.check_write_roadmap(request.user, row)
    form = TargetForm(request.POST or None, instance=row, goal=row.goal)

    def save() -> str:
        actions.edit_target(target=Target.objects.get(pk=pk), **_saving(request, form))
        return row.goal.get_absolute_url()

    return write(request, form, save, heading=gettext("Edit target"), up=[row.goal], removable=row)


@login_required
def remove_target(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Target.objects.select_related("goal", "indicator"), pk=pk)
    rules.check_write_roadmap(request.user, row)
    if request.method == "POST":
        actions.remove_target(target=row, by=signed_in(request), at=timezone.now())
        return redirect(row.goal)
    attach([row.indicator])
    context = {"target": row, "question": gettext("Remove this target?")}
    return render(request, "strategy/remove_target.html", context)


def _saving(request: HttpRequest, form: Any) -> dict[str, Any]:
    return {
        "version": form.cleaned_data["version"],
        "by": signed_in(request),
        "at": timezone.now(),
        **form.changes(),
    }


def _narrowed(goals: list[GoalView], verdict: str, owner: str) -> list[GoalView]:
    """Keep what the reader asked for; goals of which nothing is left go too."""
    if not verdict and not owner:
        return goals
    kept = []
    for one in goals:
        targets = [each for each in one.targets if each.verdict.state == verdict] if verdict else []
        works = (
            [each for each in one.actions if each.owner and each.owner.slug == owner]
            if owner
            else []
        )
        if targets or works:
            kept.append(GoalView(one.goal, targets, works))
    return kept
