"""The queue and the public log."""

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.moderation.models import Case, Origin, Outcome
from vuoksi.base.moderation.registry import KINDS
from vuoksi.base.moderation.words import REASONS, reason_label


def kind_label(case: Case) -> Any:
    model = case.content_type.model_class()
    known = KINDS.get(model) if model is not None else None
    return known.label if known is not None else ""


def outcome_label(outcome: str | None) -> Any:
    return Outcome(outcome).label if outcome else ""


def _kinds() -> Choices:
    return [
        (str(ContentType.objects.get_for_model(model).pk), kind.label)
        for model, kind in KINDS.items()
    ]


def _states() -> Choices:
    return [(s.value, s.label) for s in (Case.State.OPEN, Case.State.APPEALED)]


def _reasons() -> Choices:
    return [(key, reason.label) for key, reason in REASONS.items()]


def _by(name: str) -> Callable[[QuerySet[Any], str], QuerySet[Any]]:
    return lambda rows, value: rows.filter(**{name: value})


_KIND = Filter("kind", _("What"), _kinds, _by("content_type"))


def queue_table(at: datetime) -> Table:
    """Cases that wait, with how long they have waited at `at`."""

    def days(case: Any) -> int:
        waited: timedelta = at - case.waits_since
        return waited.days

    return Table(
        "moderation-cases",
        _("Cases that wait"),
        columns=(
            Column("case", _("Case"), lambda row: row.pk, template="moderation/cells/case.html"),
            Column("kind", _("What"), kind_label),
            Column(
                "origin", _("How it began"), lambda row: row.get_origin_display(), sort="origin"
            ),
            Column(
                "reports",
                _("Reports"),
                lambda row: row.report_count,
                sort="report_count",
                numeric=True,
            ),
            Column("state", _("State"), lambda row: row.get_state_display(), sort="state"),
            Column("since", _("Waits since"), lambda row: row.waits_since, sort="waits_since"),
            Column("age", _("Waited, days"), days, numeric=True),
        ),
        filters=(
            Filter("state", _("State"), _states, _by("state")),
            _KIND,
            Filter("origin", _("How it began"), lambda: list(Origin.choices), _by("origin")),
            # A case with several reports for the same reason stands once.
            Filter("reason", _("Reported as"), _reasons, _with_report),
        ),
        default_sort="since",
    )


def _with_report(rows: QuerySet[Any], reason: str) -> QuerySet[Any]:
    wanted = Case.objects.filter(reports__reason=reason).values("pk")
    return rows.filter(pk__in=wanted)


LOG = Table(
    "moderation-log",
    _("Moderation log"),
    columns=(
        Column("date", _("Decided"), lambda row: row.decided_at, sort="decided_at"),
        Column(
            "case",
            _("Case"),
            lambda row: row.pk,
            sort="pk",
            template="moderation/cells/logged.html",
        ),
        Column("kind", _("What"), kind_label),
        Column("origin", _("How it began"), lambda row: row.get_origin_display(), sort="origin"),
        Column("reason", _("Rule"), lambda row: reason_label(row.reason), sort="reason"),
        Column("outcome", _("Outcome"), lambda row: outcome_label(row.outcome), sort="outcome"),
        Column("appealed", _("Appealed"), lambda row: row.appealed_at, sort="appealed_at"),
        Column(
            "appeal_outcome",
            _("Outcome of the appeal"),
            lambda row: outcome_label(row.appeal_outcome),
        ),
    ),
    filters=(
        _KIND,
        Filter("reason", _("Rule"), _reasons, _by("reason")),
        Filter("outcome", _("Outcome"), lambda: list(Outcome.choices), _by("outcome")),
        Filter("origin", _("How it began"), lambda: list(Origin.choices), _by("origin")),
    ),
    default_sort="-date",
)
