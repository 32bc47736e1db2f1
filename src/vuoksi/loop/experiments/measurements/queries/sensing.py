"""What sensors observe: their datastreams in the database, their observations in `base/series`."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, TypeVar

import pyarrow as pa
import pyarrow.compute as pc
from django.conf import settings
from django.core.cache import cache
from django.db.models import Q, QuerySet

from vuoksi.base.people.models import User
from vuoksi.base.people.rules import Person, is_city_staff
from vuoksi.base.series import queries as series
from vuoksi.base.series.registry import STAMP
from vuoksi.loop.experiments.measurements.engine import fault_of
from vuoksi.loop.experiments.measurements.models import Datastream, FeatureOfInterest, Sensed
from vuoksi.loop.experiments.measurements.rules import TAKES_MEASUREMENTS
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS
from vuoksi.loop.experiments.participants.queries import refused_codes
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.queries import public_experiments

AnySensed = TypeVar("AnySensed", bound=Sensed)
# A picture has some six hundred dots from side to side.
BUCKETS = 200
KEEP_S = 3600
# What a person is told of each observation, by column, and how many are read at once.
TOLD = ("start", "end", "result", "other", "more")
AT_A_TIME = 50_000


@dataclass(frozen=True, slots=True)
class Drawn:
    """A datastream cut into equal lengths of time, each with `at`, `count`, `low`, `mean` and `high`."""

    first: datetime
    last: datetime
    count: int
    buckets: list[dict[str, Any]]


def visible(model: type[AnySensed], user: Person | None) -> QuerySet[AnySensed]:
    """Entities of experiments that the person may read, or takes part in."""
    return model._default_manager.filter(_readable("experiment", user))


def connectable_experiments(user: User) -> list[Experiment]:
    """Experiments to which the person may connect sensors; two are enough to know that it is not one."""
    rows = Experiment.objects.filter(state__in=[*TAKES_MEASUREMENTS, Experiment.State.DRAFT])
    if not is_city_staff.test(user):
        rows = rows.filter(pk__in=_partner_experiments(user).values("pk"))
    return list(rows.order_by("pk")[:2])


def experiment_named(slug: str, user: User) -> Experiment | None:
    """The experiment at this address; None too for a plan that the person may not know of."""
    return Experiment.objects.filter(_readable("pk", user), slug=slug).first()


def _readable(field: str, user: Person | None) -> Q:
    readable = Q(**{f"{field}__in": public_experiments(user).values("pk")})
    if user is not None and user.is_authenticated:
        readable |= Q(**{f"{field}__in": _partner_experiments(user).values("pk")})
    return readable


def entity(model: type[AnySensed], pk: int) -> AnySensed | None:
    return model._default_manager.filter(pk=pk).first()


def features_in(experiments: Iterable[Experiment], ids: Iterable[int]) -> set[int]:
    """Of these features of interest, those that belong to the experiments."""
    rows = FeatureOfInterest.objects.filter(pk__in=list(ids), experiment__in=list(experiments))
    return set(rows.values_list("pk", flat=True))


def stored_results(keys: Iterable[tuple[int, datetime]]) -> list[dict[str, Any]]:
    """Observations of these datastreams that begin at these times."""
    asked = list(keys)
    where = pc.field("datastream").isin(sorted({stream for stream, _time in asked}))
    times = pa.array(sorted({time for _stream, time in asked}), STAMP)
    return series.read(OBSERVATIONS, where=where & pc.field("start").isin(times)).to_pylist()  # type: ignore[no-any-return]  # pyarrow has no types


def observations_of(stream: Datastream) -> Iterator[tuple[str, ...]]:
    """All that was observed in a datastream, the oldest first, as texts in the order of `TOLD`; times in UTC."""
    snapshot = series.snapshot(OBSERVATIONS)
    where, order = pc.field("datastream") == stream.pk, [("start", "ascending")]
    offset = 0
    while rows := series.read(
        OBSERVATIONS,
        where=where,
        columns=TOLD,
        order=order,
        limit=AT_A_TIME,
        offset=offset,
        of=snapshot,
    ).to_pylist():
        offset += len(rows)
        for row in rows:
            yield tuple(_as_text(row[name]) for name in TOLD)


def observed_in(stream: Datastream) -> tuple[int, datetime | None, datetime | None]:
    """How many observations a datastream has, and the first and the last time of them."""
    snapshot, where = series.snapshot(OBSERVATIONS), pc.field("datastream") == stream.pk
    span = series.span(OBSERVATIONS, where=where, of=snapshot)
    first, last = span or (None, None)
    return series.count(OBSERVATIONS, where=where, of=snapshot), first, last


def _as_text(value: Any) -> str:
    if value is None:
        return ""
    return value.isoformat() if isinstance(value, datetime) else str(value)


def _partner_experiments(user: User) -> QuerySet[Experiment]:
    return Experiment.objects.filter(partners__memberships__user=user)


def datastreams_by_id(ids: Iterable[int]) -> dict[int, Datastream]:
    rows = Datastream.objects.filter(pk__in=list(ids)).select_related("experiment", "thing")
    return {row.pk: row for row in rows}


def ended_streams(streams: Iterable[Datastream]) -> list[Datastream]:
    """Those that measure somebody under whose code nothing may be measured now."""
    rows = list(streams)
    found = [row for row in rows if row.ended_at is not None]
    for experiment in {row.experiment for row in rows if row.unit_code}:
        mine = [row for row in rows if row.experiment_id == experiment.pk]
        refused = refused_codes(experiment, (row.unit_code for row in mine))
        found += [row for row in mine if row.unit_code in refused and row.ended_at is None]
    return found


def known_datastreams(ids: Iterable[int]) -> set[int]:
    """Of these ids, those of a datastream."""
    return set(Datastream.objects.filter(pk__in=list(ids)).values_list("pk", flat=True))


def streams_of(experiment: Experiment) -> QuerySet[Datastream]:
    rows = Datastream.objects.filter(experiment=experiment)
    return rows.select_related("thing", "observed_property").order_by("pk")


def sensed_units(experiment: Experiment) -> set[tuple[str, str]]:
    """Arm and unit of each datastream that feeds the measure."""
    return set(_feeding([experiment]).values_list("arm", "unit_code"))


def fault_of_unit(code: str) -> str | None:
    """Say why a unit may not be called so, see the engine's `fault_of`."""
    return fault_of(code)


def daily_means(experiment: Experiment) -> Iterator[tuple[str, str, str, float]]:
    """Arm, unit, day and mean of the day, for each datastream that feeds the measure. Days are the city's own."""
    streams = {row.pk: row for row in _feeding([experiment])}
    for one in _days(streams):
        stream = streams[one["datastream"]]
        yield stream.arm, stream.unit_code, one["day"].isoformat(), one["mean"]


def stamp(experiment: Experiment) -> str:
    """The version of the store, if sensors feed the measure."""
    if not _feeding([experiment]).exists():
        return ""
    return str(series.snapshot(OBSERVATIONS).version)


def counted(experiments: Sequence[Experiment]) -> list[tuple[int, str, int, int]]:
    """Experiment, arm, observations and units (1) of each datastream that feeds a measure and has any."""
    streams = {row.pk: row for row in _feeding(experiments)}
    values = dict.fromkeys(streams, 0)
    for one in _days(streams):
        values[one["datastream"]] += one["count"]
    return [
        (stream.experiment_id, stream.arm, values[pk], 1)
        for pk, stream in streams.items()
        if values[pk]
    ]


def drawn(stream: Datastream) -> Drawn | None:
    """A datastream as a picture, None when nothing with a number was observed."""
    snapshot = series.snapshot(OBSERVATIONS)
    key = f"drawn:{snapshot.version}:{stream.pk}"
    found: Drawn | None = cache.get(key)
    if found is None:
        found = _drawn(stream, snapshot)
        cache.set(key, found, KEEP_S)
    return found


def _drawn(stream: Datastream, snapshot: series.Snapshot) -> Drawn | None:
    where = (pc.field("datastream") == stream.pk) & pc.field("result").is_valid()
    span = series.span(OBSERVATIONS, where=where, of=snapshot)
    if span is None:
        return None
    first, last = span
    buckets = series.buckets(
        OBSERVATIONS,
        value="result",
        start=first,
        end=last + series.MICROSECOND,
        where=where,
        most=BUCKETS,
        of=snapshot,
    )
    return Drawn(first, last, sum(bucket["count"] for bucket in buckets), buckets)


def _feeding(experiments: Sequence[Experiment]) -> QuerySet[Datastream]:
    return (
        Datastream.objects.filter(experiment__in=list(experiments)).exclude(arm="").order_by("pk")
    )


def _days(streams: Iterable[int]) -> list[dict[str, Any]]:
    """Each day of these datastreams; asked anew only when an observation came or went."""
    ids = sorted(streams)
    if not ids:
        return []
    snapshot = series.snapshot(OBSERVATIONS)
    key = f"days:{snapshot.version}:{','.join(map(str, ids))}"
    found: list[dict[str, Any]] | None = cache.get(key)
    if found is None:
        found = series.summed(
            OBSERVATIONS,
            value="result",
            by=["datastream"],
            where=pc.field("datastream").isin(ids),
            zone=settings.TIME_ZONE,
            of=snapshot,
        )
        cache.set(key, found, KEEP_S)
    return found
