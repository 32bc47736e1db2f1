from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import date

from django.db.models import Count, OuterRef, Q, QuerySet, Subquery

from vuoksi.base.lists.questions import holding
from vuoksi.base.texts.queries import as_read
from vuoksi.indicators.models import Indicator, Observation
from vuoksi.lib import canonical
from vuoksi.lib.periods import Period


@dataclass(frozen=True, slots=True)
class Figure:
    """One figure to publish: half-open period, value in the indicator's unit, method and source."""

    start: date
    end: date
    value: float
    method: str
    source: str
    low: float | None = None
    high: float | None = None
    kind: str = Observation.Kind.MEASURED
    note: str = ""

    @property
    def period(self) -> Period:
        return Period(self.start, self.end)


@dataclass(frozen=True, slots=True)
class Change:
    """What one line of an import would do: `effect` is new, corrected or same."""

    line: int
    figure: Figure
    old: Observation | None
    effect: str


def public_indicators() -> QuerySet[Indicator]:
    """Every indicator with its newest figure's number and period, one query for all."""
    newest = (
        Observation.objects.filter(indicator=OuterRef("pk"), is_current=True)
        .exclude(kind=Observation.Kind.FORECAST)
        .order_by("-end", "-published_at")
    )
    return (
        Indicator.objects.select_related("owner")
        .annotate(
            latest_value=Subquery(newest.values("value")[:1]),
            latest_start=Subquery(newest.values("start")[:1]),
            latest_end=Subquery(newest.values("end")[:1]),
            latest_kind=Subquery(newest.values("kind")[:1]),
            figures=Count("observations", filter=Q(observations__is_current=True)),
        )
        .order_by("title")
    )


def found(rows: QuerySet[Indicator], words: str) -> QuerySet[Indicator]:
    """Those whose title, as written or as read, or key holds each of `words`."""
    reading = as_read("title")
    held = holding(("title", *reading.names.values(), "key"), words)
    those: QuerySet[Indicator] = reading.apply(rows, reading.names).filter(held)
    return those


def current_observations(indicator: Indicator) -> QuerySet[Observation]:
    """The ledger as it stands: one figure a period and method, oldest first."""
    return indicator.observations.filter(is_current=True).order_by("end", "start", "method")


def whole_ledger(indicator: Indicator) -> QuerySet[Observation]:
    """Every figure that was ever published, superseded ones too, newest first."""
    return indicator.observations.select_related("published_by", "supersedes").order_by(
        "-published_at", "-pk"
    )


def latest(indicators: Iterable[Indicator]) -> dict[int, Observation]:
    """Newest current figure, forecasts left out, by the indicator's primary key; one query."""
    found: dict[int, Observation] = {}
    for row in ledger(indicators):
        if row.kind != Observation.Kind.FORECAST:
            found[row.indicator_id] = row
    return found


def ledger(indicators: Iterable[Indicator]) -> QuerySet[Observation]:
    """Current figures of many indicators, oldest first; the order of figures published later wins."""
    return Observation.objects.filter(
        indicator__in=[indicator.pk for indicator in indicators], is_current=True
    ).order_by("end", "published_at", "pk")


def figure_for(indicator: Indicator, start: date, end: date, method: str) -> Observation | None:
    """The current figure for exactly this period and method."""
    return indicator.observations.filter(
        start=start, end=end, method=method, is_current=True
    ).first()


def keys_with_figure(period: Period) -> frozenset[str]:
    """The indicators that have a figure for exactly this period, by any method."""
    rows = Observation.objects.filter(start=period.start, end=period.end, is_current=True)
    return frozenset(rows.values_list("indicator__key", flat=True))


def changes(indicator: Indicator, figures: Iterable[tuple[int, Figure]]) -> list[Change]:
    """What publishing these figures would change, line by line; one query."""
    now = {(row.start, row.end, row.method): row for row in current_observations(indicator)}
    return [
        _change(line, figure, now.get((figure.start, figure.end, figure.method)))
        for line, figure in figures
    ]


def _change(line: int, figure: Figure, old: Observation | None) -> Change:
    if old is None:
        return Change(line, figure, None, "new")
    return Change(line, figure, old, "same" if is_same(old, figure) else "corrected")


def is_same(old: Observation, figure: Figure) -> bool:
    """Whether the ledger already says exactly this."""
    return all(getattr(old, name) == value for name, value in asdict(figure).items())


def digest_of(changes: Iterable[Change]) -> str:
    """Digest of a preview: the same file against a ledger that moved on gives another one."""
    return canonical.digest([[asdict(change.figure), change.effect] for change in changes])


def newest(figures: Iterable[Observation]) -> Observation | None:
    """The newest figure that is not a forecast, of figures in the ledger's order."""
    past = [figure for figure in figures if figure.kind != Observation.Kind.FORECAST]
    return past[-1] if past else None
