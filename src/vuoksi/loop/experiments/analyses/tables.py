from typing import Any

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.places.models import Place
from vuoksi.base.texts.queries import as_read, attach, attach_with, in_language, text_of
from vuoksi.loop.experiments.analyses.models import Evidence
from vuoksi.loop.experiments.analyses.words import FINDING_TONES, LEVEL_TONES, level_words
from vuoksi.loop.experiments.measurements.models import Measurement
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.words import TONES
from vuoksi.strategy.models import Goal


def prepare_experiments(rows: list[Any]) -> list[Any]:
    """Give each experiment its texts, tones and finding in words: a fixed number of queries a page."""
    attach_with(rows, "testbed", "goal")
    for row in rows:
        row.tone = TONES[Experiment.State(row.state)]
        row.level_words = level_words(row.level)
        row.level_tone = LEVEL_TONES.get(row.level or 0, "neutral")
        row.finding_words = Evidence.Finding(row.finding).label if row.finding else ""
        row.finding_tone = FINDING_TONES[Evidence.Finding(row.finding)] if row.finding else ""
    return rows


def _testbeds() -> Choices:
    there = Experiment.objects.filter(testbed=OuterRef("pk"))
    rows = attach(Place.objects.filter(Exists(there)).order_by("name"))
    return [(row.slug, str(in_language(row, "name"))) for row in rows]


def _goals() -> Choices:
    for_it = Experiment.objects.filter(goal=OuterRef("pk"))
    rows = attach(Goal.objects.filter(Exists(for_it)).order_by("title"))
    return [(row.slug, str(in_language(row, "title"))) for row in rows]


def _states() -> Choices:
    return list(Experiment.State.choices)


def _levels() -> Choices:
    return [(str(level), level_words(level)) for level in range(1, 6)]


def _by_finding(rows: QuerySet[Any], finding: str) -> QuerySet[Any]:
    return rows.filter(finding=finding)


EXPERIMENTS = Table(
    "experiments",
    _("Experiments"),
    columns=(
        Column("title", _("Experiment"), text_of("title"), sort="title"),
        Column("summary", _("In short"), text_of("summary")),
        Column("state", _("State"), lambda row: row.get_state_display(), sort="state"),
        Column("finding", _("Finding"), lambda row: row.finding_words, sort="finding"),
        Column("level", _("Grade"), lambda row: row.level, sort="level", numeric=True),
        Column("testbed", _("Testbed"), text_of("testbed__name")),
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
        Filter("level", _("Grade"), _levels, lambda rows, level: rows.filter(level=int(level))),
    ),
    search=("title", "summary", "hypothesis"),
    reading=as_read("title", "summary", "hypothesis"),
    page_size=12,
    default_sort="-starts_on",
    prepare=prepare_experiments,
)


def prepare_questions(rows: list[Any]) -> list[Any]:
    return attach_with(rows, "goal")


QUESTIONS = Table(
    "questions",
    _("Questions"),
    columns=(
        Column(
            "title",
            _("Question"),
            text_of("title"),
            sort="title",
            template="experiments/cells/question.html",
        ),
        Column("count", _("Experiments"), lambda row: row.count, sort="count", numeric=True),
        Column(
            "answered", _("With evidence"), lambda row: row.answered, sort="answered", numeric=True
        ),
        Column("scale", _("Compared"), lambda row: row.get_scale_display()),
        Column("goal", _("Goal"), text_of("goal__title")),
        Column("url", _("Address"), lambda row: settings.SITE_URL + row.get_absolute_url()),
    ),
    search=("title", "summary"),
    reading=as_read("title", "summary"),
    page_size=25,
    default_sort="title",
    prepare=prepare_questions,
)


def units_table(experiment: Experiment) -> Table:
    """Every unit of the groups, under its code."""
    arms: Choices = [(arm, Measurement.Arm(arm).label) for arm in ("control", "treatment")]
    columns = [
        Column("unit", _("Unit"), lambda row: row.code, sort="code"),
        Column("group", _("Group"), lambda row: dict(arms)[row.arm], sort="arm"),
        Column("stratum", _("Stratum"), lambda row: row.stratum, sort="stratum"),
        Column("cluster", _("Site or cluster"), lambda row: row.cluster, sort="cluster"),
    ]
    if experiment.design == Experiment.Design.MATCHED_PAIRS:
        columns.append(Column("pair", _("Pair"), lambda row: row.pair, sort="pair", numeric=True))
    if experiment.design == Experiment.Design.STEPPED_WEDGE:
        columns.append(Column("step", _("Step"), lambda row: row.step, sort="step", numeric=True))
        columns.append(Column("starts", _("Starts"), lambda row: row.starts_on, sort="starts_on"))
    return Table(
        f"groups-{experiment.slug}",
        _("Groups"),
        columns=tuple(columns),
        filters=(
            Filter("group", _("Group"), lambda: arms, lambda rows, arm: rows.filter(arm=arm)),
        ),
        search=("code", "stratum", "cluster"),
        page_size=50,
        default_sort="unit",
    )
