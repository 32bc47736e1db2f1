"""The lists of this app: columns, filters, exports; made by functions where they depend on the moment or the call."""

from collections.abc import Callable, Collection, Sequence
from datetime import datetime
from functools import partial
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.utils.timezone import localtime
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.tables import Choices, Column, Filter, Table
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.talk.queries import comment_counts, supports_of
from vuoksi.base.texts.queries import as_read, attach, attach_with, in_language, text_of
from vuoksi.loop.calls import queries
from vuoksi.loop.calls.downstream import steps_after
from vuoksi.loop.calls.engine import Stage
from vuoksi.loop.calls.forms.texts import own_name
from vuoksi.loop.calls.models import Call, Entry

STAGES: Choices = [
    (Stage.OPEN.value, _("open")),
    (Stage.UPCOMING.value, _("upcoming")),
    (Stage.CLOSED.value, _("closed")),
]


def calls_table(at: datetime) -> Table:
    """Calls as they stand at `at`, to be used with `queries.with_stage`."""
    return Table(
        "calls",
        _("Calls"),
        columns=(
            Column("title", _("Title"), text_of("title"), sort="title"),
            Column("summary", _("In short"), text_of("summary")),
            Column("stage", _("State"), lambda row: row.stage.value),
            Column("opens", _("Opens"), lambda row: row.entries_open_at, sort="entries_open_at"),
            Column(
                "closes", _("Closes"), lambda row: row.entries_close_at, sort="entries_close_at"
            ),
            Column("entries", _("Ideas"), lambda row: row.entry_count, numeric=True),
            Column("entrants", _("Who may enter"), lambda row: row.get_entrants_display()),
            Column("goal", _("Goal"), text_of("goal__title")),
            Column("language", _("Language"), lambda row: row.language),
            Column("url", _("Address"), lambda row: settings.SITE_URL + row.get_absolute_url()),
        ),
        filters=(
            Filter("state", _("State"), lambda: STAGES, _by_stage),
            Filter("goal", _("Goal"), _goals, lambda rows, slug: rows.filter(goal__slug=slug)),
            Filter("language", _("Language"), _languages(queries.public_calls), _by_language),
        ),
        search=("title", "summary"),
        reading=as_read("title", "summary"),
        page_size=12,
        prepare=prepare_calls,
    )


def entries_table(call: Call | None = None) -> Table:
    """Ideas of one call, or of all."""
    category = Filter("category", _("Category"), _categories(call), _by_category)
    of_call = Filter("call", _("Call"), _calls, lambda rows, slug: rows.filter(call__slug=slug))
    rows: Callable[[], QuerySet[Entry]] = (
        queries.public_entries if call is None else partial(queries.entries_of, call)
    )
    return Table(
        "ideas" if call is None else f"ideas-{call.slug}",
        _("Ideas"),
        columns=(
            Column("id", _("Number"), lambda row: row.pk),
            Column(
                "submitted_at",
                _("Sent"),
                lambda row: row.submitted_at,
                sort="submitted_at",
                never_empty=True,
            ),
            Column("title", _("Title"), text_of("title"), sort="title"),
            Column("summary", _("Idea"), text_of("summary")),
            Column("author", _("Author"), lambda row: ", ".join(row.names)),
            Column("state", _("Answer"), lambda row: row.get_state_display()),
            Column("award", _("Award"), lambda row: row.award),
            Column("category", _("Category"), text_of("category__title")),
            Column("call", _("Call"), text_of("call__title")),
            Column("language", _("Language"), lambda row: row.language),
            Column("supports", _("Supports"), lambda row: row.supports_here, numeric=True),
            Column("comments", _("Comments"), lambda row: row.comments_here, numeric=True),
            Column("url", _("Address"), lambda row: settings.SITE_URL + row.get_absolute_url()),
        ),
        filters=(
            Filter("state", _("Answer"), _answers, lambda rows, state: rows.filter(state=state)),
            category if call is not None else of_call,
            Filter("language", _("Language"), _languages(rows), _by_language),
        ),
        search=("title", "summary"),
        reading=as_read("title", "summary"),
        page_size=20,
        default_sort="-submitted_at",
        prepare=prepare_entries,
    )


def shares_table(call: Call, cities: Sequence[Organisation], mine: Collection[int]) -> Table:
    """Ideas of a joint call, a column a city; `mine` are the cities for which the reader decides."""
    columns = [
        Column(
            f"city-{city.slug}",
            city.name,
            _share_of(city),
            numeric=True,
        )
        for city in cities
    ]

    def prepare(rows: list[Any]) -> list[Any]:
        attach(rows)
        for row, found in zip(rows, queries.shares_of(call, rows), strict=True):
            row.shares_here = found
            row.to_decide = [city for city, share in found.of if city.pk in mine]
        return rows

    return Table(
        f"shares-{call.slug}",
        _("Shares of the cities"),
        columns=(
            Column("title", _("Idea"), text_of("title"), template="calls/cells/shared.html"),
            *columns,
            Column("total", _("Together, €"), lambda row: row.shares_here.total_eur, numeric=True),
        ),
        filters=(),
        search=("title",),
        reading=as_read("title"),
        default_sort="title",
        prepare=prepare,
    )


def _share_of(city: Organisation) -> Callable[[Any], int | None]:
    """The euros that a city gives, 0 for taking part without or not at all; nothing until it has decided."""

    def amount(row: Any) -> int | None:
        share = dict(row.shares_here.of)[city]
        return None if share is None else share.amount_eur

    return amount


def my_entries_table() -> Table:
    """What a person wrote, whatever became of it."""
    return Table(
        "my-ideas",
        _("My ideas"),
        columns=(
            Column("title", _("Idea"), text_of("title"), template="calls/cells/mine.html"),
            Column("call", _("Call"), text_of("call__title"), sort="call__title"),
            Column("state", _("State"), lambda row: row.get_state_display(), sort="state"),
            Column("edited_at", _("Edited"), lambda row: row.edited_at, sort="edited_at"),
            Column("submitted_at", _("Sent"), lambda row: row.submitted_at, sort="submitted_at"),
            Column("supports", _("Supports"), lambda row: row.supports_here, numeric=True),
        ),
        filters=(
            Filter(
                "state",
                _("State"),
                lambda: list(Entry.State.choices),
                lambda rows, state: rows.filter(state=state),
            ),
        ),
        search=("title", "summary"),
        reading=as_read("title", "summary", "call__title"),
        prepare=prepare_entries,
    )


def waiting_table(at: datetime) -> Table:
    """Ideas that wait for the city's answer, with how long they have waited at `at`."""
    return Table(
        "waiting",
        _("Ideas that wait for an answer"),
        columns=(
            Column("title", _("Idea"), text_of("title"), template="calls/cells/waiting.html"),
            Column("call", _("Call"), text_of("call__title"), sort="call__title"),
            Column("submitted_at", _("Sent"), lambda row: row.submitted_at, sort="submitted_at"),
            Column("age", _("Waited, days"), lambda row: row.age_days, numeric=True),
            Column(
                "due",
                _("Answer promised by"),
                lambda row: row.call.answers_due_on,
                sort="call__answers_due_on",
                template="calls/cells/due.html",
            ),
            Column("language", _("Language"), lambda row: row.language),
            Column("supports", _("Supports"), lambda row: row.supports_here, numeric=True),
        ),
        filters=(
            Filter("call", _("Call"), _calls, lambda rows, slug: rows.filter(call__slug=slug)),
            Filter(
                "late",
                _("Promise"),
                lambda: [("yes", _("overdue"))],
                lambda rows, _yes: rows.filter(call__answers_due_on__lt=localtime(at).date()),
            ),
        ),
        search=("title", "summary"),
        reading=as_read("title", "summary", "call__title"),
        default_sort="submitted_at",
        prepare=_with_age(at),
    )


def prepare_calls(rows: list[Any]) -> list[Any]:
    """Give each call its texts, stage and number of ideas: a fixed number of queries a page."""
    attach_with(rows, "goal")
    counts = queries.entry_counts(rows)
    for row in rows:
        row.stage = queries.ORDER[row.stage_order]
        row.entry_count = counts[row.pk]
    return rows


def prepare_entries(rows: list[Any]) -> list[Any]:
    """Give each idea its texts, authors, counts and what came of it: a fixed number of queries a page."""
    attach_with(rows, "call", "category")
    supports, comments, steps = supports_of(rows), comment_counts(rows), steps_after(rows)
    for row in rows:
        row.names = queries.names_of(row)
        row.supports_here = supports.get(str(row.pk), 0)
        row.comments_here = comments.get(str(row.pk), 0)
        row.steps = steps[row.pk]
    return rows


def _with_age(at: datetime) -> Callable[[list[Any]], list[Any]]:
    """Make the `prepare` of waiting ideas: as for ideas, and how many whole days each has waited at `at`."""

    def prepare(rows: list[Any]) -> list[Any]:
        for row in prepare_entries(rows):
            row.age_days = (at - row.submitted_at).days
            row.is_late = queries.is_late(row, at)
        return rows

    return prepare


def _by_stage(rows: QuerySet[Any], stage: str) -> QuerySet[Any]:
    return rows.filter(stage_order=queries.ORDER.index(Stage(stage)))


def _by_language(rows: QuerySet[Any], language: str) -> QuerySet[Any]:
    return rows.filter(language=language)


def _by_category(rows: QuerySet[Any], slug: str) -> QuerySet[Any]:
    return rows.filter(category__slug=slug)


def _goals() -> Choices:
    goals = attach(queries.goals_with_calls())
    return [(goal.slug, str(in_language(goal, "title"))) for goal in goals]


def _calls() -> Choices:
    calls = attach(queries.public_calls().order_by("title", "pk"))
    return [(call.slug, str(in_language(call, "title"))) for call in calls]


def _categories(call: Call | None) -> Callable[[], Choices]:
    def choices() -> Choices:
        rows = attach(call.categories.order_by("position")) if call is not None else []
        return [(row.slug, str(in_language(row, "title"))) for row in rows]

    return choices


def _languages(rows: Callable[[], QuerySet[Any]]) -> Callable[[], Choices]:
    """The languages that occur among the public ones of `rows`, each by its own name."""
    return lambda: [(code, own_name(code)) for code in queries.languages_of(rows())]


def _answers() -> Choices:
    public = (Entry.State.SUBMITTED, Entry.State.ACCEPTED, Entry.State.REFUSED)
    return [(state.value, state.label) for state in public]
