from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from vuoksi.base.people.rules import signed_in
from vuoksi.base.texts.queries import attach
from vuoksi.strategy import actions, queries, rules
from vuoksi.strategy.forms import ImpactMapForm, StepForm
from vuoksi.strategy.models import ImpactMap, ImpactNode, Roadmap
from vuoksi.strategy.pictures import drawn
from vuoksi.strategy.views.writing import write


def impact_map(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(ImpactMap.objects.select_related("roadmap"), slug=slug)
    attach([row])
    if row.roadmap is not None:
        attach([row.roadmap])
    steps = queries.steps_of(row, timezone.localdate())
    context = {
        "map": row,
        "steps": steps,
        "diagram": drawn(steps),
        "may_write": rules.may_write_impact_map(request.user, row),
    }
    return render(request, "strategy/impact_map.html", context)


@login_required
def create_impact_map(request: HttpRequest) -> HttpResponse:
    rules.check_write_impact_map(request.user)
    start = {"roadmap": Roadmap.objects.filter(slug=request.GET.get("roadmap", "")).first()}
    form = ImpactMapForm(request.POST or None, initial=start)

    def save() -> str:
        return actions.create_impact_map(
            by=signed_in(request), at=timezone.now(), **form.changes()
        ).get_absolute_url()

    return write(request, form, save, heading=gettext("New impact map"), up=[])


@login_required
def edit_impact_map(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(ImpactMap, slug=slug)
    rules.check_write_impact_map(request.user, row)
    form = ImpactMapForm(request.POST or None, instance=row)

    def save() -> str:
        kept = ImpactMap.objects.get(pk=row.pk)
        actions.edit_impact_map(
            impact_map=kept,
            version=form.cleaned_data["version"],
            by=signed_in(request),
            at=timezone.now(),
            **form.changes(),
        )
        return kept.get_absolute_url()

    kept = ImpactMap.objects.get(pk=row.pk)
    return write(request, form, save, heading=gettext("Edit impact map"), up=[kept])


@login_required
def add_step(request: HttpRequest, slug: str) -> HttpResponse:
    row = get_object_or_404(ImpactMap, slug=slug)
    rules.check_write_impact_map(request.user, row)
    form = StepForm(request.POST or None, impact_map=row)

    def save() -> str:
        data = {name: value for name, value in form.cleaned_data.items() if name != "version"}
        actions.add_step(
            impact_map=row, language=row.language, by=signed_in(request), at=timezone.now(), **data
        )
        return row.get_absolute_url()

    return write(request, form, save, heading=gettext("New step"), up=[row])


@login_required
def edit_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    node = get_object_or_404(ImpactNode.objects.select_related("map"), map__slug=slug, slug=step)
    rules.check_write_impact_map(request.user, node.map)
    form = StepForm(request.POST or None, impact_map=node.map, node=node)

    def save() -> str:
        actions.edit_step(node=node, by=signed_in(request), at=timezone.now(), **form.cleaned_data)
        return node.map.get_absolute_url()

    remove = reverse("strategy:remove_step", args=[slug, step])
    return write(
        request, form, save, heading=gettext("Edit step"), up=[node.map], remove_address=remove
    )


@login_required
def remove_step(request: HttpRequest, slug: str, step: str) -> HttpResponse:
    node = get_object_or_404(ImpactNode.objects.select_related("map"), map__slug=slug, slug=step)
    rules.check_write_impact_map(request.user, node.map)
    if request.method == "POST":
        actions.remove_step(node=node, by=signed_in(request), at=timezone.now())
        return redirect(node.map)
    attach([node.map])
    return render(request, "strategy/remove_step.html", {"node": node, "map": node.map})
