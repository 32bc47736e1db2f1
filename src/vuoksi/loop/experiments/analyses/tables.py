from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.places.models import Place
from vuoksi.base.texts.queries import attach, in_language
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.words import FINDING_TONES
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.words import TONES
from vuoksi.strategy.models import Goal


def prepare_experiments(rows: list[Any]) -> list[Any]:
    """Give each experiment its texts, tones and finding in words: a fixed number of queries a page."""
    attach(rows)
    attach(list({row.testbed_id: row.testbed for row in rows if row.testbed}.values()))
    attach(list({row.goal_id: row.goal for row in rows if row.goal}.values()))
    for row in rows:
        row.tone = TONES[Experiment.State(row.state)]
        row.finding_words = Evidence.Finding(row.finding).label if row.finding else ""
        row.finding_tone = FINDING_TONES[Evidence.Finding(row.finding)] if row.finding else ""
    return rows


def _text(field: str) -> Any:
    return lambda row: str(in_language(row, field))


def _testbeds() -> Choices:
    rows = attach(Place.objects.filter(experiments__isnull=False).distinct().order_by("name"))
    return [(row.slug, str(in_language(row, "name"))) for row in rows]


def _goals() -> Choices:
    rows = attach(Goal.objects.filter(experiments__isnull=False).distinct().order_by("title"))
    return [(row.slug, str(in_language(row, "title"))) for row in rows]


def _states() -> Choices:
    return list(Experiment.State.choices)


def _by_finding(rows: QuerySet[Any], finding: str) -> QuerySet[Any]:
    return rows.filter(finding=finding)


EXPERIMENTS = Table(
    "experiments",
    _("Experiments"),
    columns=(
        Column("title", _("Experiment"), _text("title"), sort="title"),
        Column("summary", _("In short"), _text("summary")),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state"),
        Column("finding", _("Finding"), lambda row: row.finding_words, sort="finding"),
        Column("testbed", _("Testbed"), lambda row: row.testbed.name if row.testbed else ""),
        Column("owner", _("Unit in charge"), lambda row: row.owner.name if row.owner else ""),
        Column("starts_on", _("From"), lambda row: row.starts_on, sort="starts_on"),
        Column("ends_on", _("To"), lambda row: row.ends_on, sort="ends_on"),
        Column("digest", _("Digest of the plan"), lambda row: row.frozen_digest),
        Column("url", _("Address"), lambda row: settings.SITE_URL + row.get_absolute_url()),
    ),
    filters=(
        Filter("state", _("State"), _states, lambda rows, state: rows.filter(state=state)),
        Filter(
            "testbed",
            _("Testbed"),
            _testbeds,
            lambda rows, slug: rows.filter(testbed__slug=slug),
        ),
        Filter("goal", _("Goal"), _goals, lambda rows, slug: rows.filter(goal__slug=slug)),
        Filter("finding", _("Finding"), lambda: list(Evidence.Finding.choices), _by_finding),
    ),
    search=("title", "summary", "hypothesis"),
    page_size=12,
    default_sort="-starts_on",
    prepare=prepare_experiments,
)
