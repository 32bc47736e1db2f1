"""The list of actions: columns, filters, exports."""

from typing import Any

from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Column, Filter, Table
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.texts.queries import as_read, attach, in_language
from vuoksi.strategy.models import Action, Goal, Roadmap


def _roadmaps() -> list[tuple[str, Any]]:
    rows = attach(Roadmap.objects.order_by("position", "slug"))
    return [(row.slug, in_language(row, "title").text) for row in rows]


def _goals() -> list[tuple[str, Any]]:
    rows = attach(
        Goal.objects.filter(actions__isnull=False).distinct().order_by("position", "slug")
    )
    return [(row.slug, in_language(row, "title").text) for row in rows]


def _owners() -> list[tuple[str, Any]]:
    rows = Organisation.objects.filter(actions__isnull=False).distinct().order_by("name")
    return list(rows.values_list("slug", "name"))


def _with_goals(rows: list[Any]) -> list[Any]:
    attach({row.goal_id: row.goal for row in rows}.values())
    goals = {row.goal_id: row.goal for row in rows if hasattr(row.goal, "texts")}
    for row in attach(rows):
        row.goal = goals.get(row.goal_id, row.goal)
    return rows


def _by_origin(rows: QuerySet[Action], origin: str) -> QuerySet[Action]:
    return rows.filter(is_decided=origin == "decided")


ACTIONS = Table(
    "actions",
    _("Actions"),
    columns=(
        Column("code", _("Number"), lambda row: row.code, sort="code"),
        Column(
            "title",
            _("Action"),
            lambda row: in_language(row, "title").text,
            sort="title",
            template="strategy/cells/action.html",
        ),
        Column(
            "goal",
            _("Goal"),
            lambda row: in_language(row.goal, "title").text,
            template="strategy/cells/goal.html",
        ),
        Column(
            "owner",
            _("Unit in charge"),
            lambda row: row.owner.name if row.owner else row.responsible,
            sort="owner__name",
        ),
        Column(
            "state",
            _("State"),
            lambda row: row.get_state_display(),
            sort="state",
            template="strategy/cells/state.html",
        ),
        Column("starts_on", _("From"), lambda row: row.starts_on, sort="starts_on"),
        Column("ends_on", _("To"), lambda row: row.ends_on, sort="ends_on"),
        Column(
            "budget_eur",
            _("Budget, €"),
            lambda row: float(row.budget_eur) if row.budget_eur is not None else None,
            sort="budget_eur",
            numeric=True,
        ),
        Column("updated_at", _("Latest news"), lambda row: row.updated_at, sort="updated_at"),
    ),
    filters=(
        Filter(
            "roadmap",
            _("Roadmap"),
            _roadmaps,
            lambda rows, slug: rows.filter(goal__roadmap__slug=slug),
        ),
        Filter("goal", _("Goal"), _goals, lambda rows, slug: rows.filter(goal__slug=slug)),
        Filter("owner", _("Unit"), _owners, lambda rows, slug: rows.filter(owner__slug=slug)),
        Filter(
            "state",
            _("State"),
            lambda: list(Action.State.choices),
            lambda rows, state: rows.filter(state=state),
        ),
        Filter(
            "origin",
            _("Decided"),
            lambda: [("decided", _("decided")), ("additional", _("additional"))],
            _by_origin,
        ),
    ),
    search=("title", "summary", "code", "responsible"),
    reading=as_read("title", "summary"),
    prepare=_with_goals,
)
