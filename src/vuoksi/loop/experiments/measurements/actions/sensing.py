"""Connecting sensors, and taking in what they observe."""

from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

import pyarrow as pa
from django.core.exceptions import ValidationError

from vuoksi.base.audit.actions import action, record
from vuoksi.base.people.models import User
from vuoksi.base.series import actions as series
from vuoksi.loop.experiments.measurements import queries, rules
from vuoksi.loop.experiments.measurements.models import Datastream, FeatureOfInterest, Sensed
from vuoksi.loop.experiments.measurements.refusals import Elsewhere, MeasuredAlready, NotAgreed
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS
from vuoksi.loop.experiments.plans.models import Experiment


@dataclass(frozen=True, slots=True)
class Draft:
    """An entity to be made, with what it hangs on and what hangs on it; what is there already stands as its row."""

    model: type[Sensed]
    values: dict[str, Any]
    # Field -> what the entity needs before it can be.
    needs: dict[str, "Draft | Sensed"] = field(default_factory=dict)
    # Relation by many to many -> what is linked to the entity.
    links: dict[str, list["Draft | Sensed"]] = field(default_factory=dict)
    # Field of the other -> others that need this entity.
    parts: list[tuple[str, "Draft"]] = field(default_factory=list)
    # Of a datastream: what was observed before; the column that names the datastream is filled in when it is there.
    observed: pa.Table | None = None


@action
def connect(
    *, draft: Draft, experiment: Experiment, by: User, at: datetime, sender: str = ""
) -> Sensed:
    """Make an entity and all that came with it, or nothing. Raises ValidationError, Elsewhere, MeasuredAlready.

    `sender` is what sent the observations, if some came too: see `add_observations` for what these raise.
    """
    rules.check_connect_sensors(by, experiment)
    row = _made(draft, _Occasion(experiment, by, at, sender))
    record(
        actor=by,
        verb="experiments.connect",
        thing=row,
        at=at,
        experiment=experiment.slug,
    )
    return row


@action
def add_observations(*, rows: pa.Table, by: User, at: datetime, sender: str) -> series.Receipt:
    """Take in observations, all of datastreams that the person may send to; see `base/series`.

    Raises Elsewhere, and NotAgreed when one of them measures somebody who has withdrawn.

    An observation without a feature of interest is about where its thing is.
    """
    streams = queries.datastreams_by_id(_present(rows, "datastream"))
    experiments = {stream.experiment for stream in streams.values()}
    for experiment in experiments:
        rules.check_add_measurements(by, experiment)
    for stream in queries.ended_streams(streams.values()):
        raise NotAgreed(stream.unit_code)
    given = _present(rows, "feature")
    if given and queries.features_in(experiments, given) != set(given):
        raise Elsewhere("FeatureOfInterest")
    features = {pk: _feature_of(stream, by, at) for pk, stream in streams.items()}
    return series.append(
        kind=OBSERVATIONS, rows=_about(rows, features), by=by, at=at, sender=sender
    )


@action
def erase_observations(*, datastream: Datastream, reason: str, by: User, at: datetime) -> None:
    """Erase all that was observed in a datastream so far, as when the people it is about ask for it."""
    rules.check_withdraw_batch(by, datastream.experiment)
    series.erase(kind=OBSERVATIONS, column="datastream", value=datastream.pk, by=by, at=at)
    record(actor=by, verb="experiments.erase_observations", thing=datastream, at=at, reason=reason)


@dataclass(frozen=True, slots=True)
class _Occasion:
    """Where, by whom, when and through what entities are made."""

    experiment: Experiment
    by: User
    at: datetime
    sender: str


def _made(draft: Draft, on: _Occasion) -> Sensed:
    needs = {name: _row_of(needed, on) for name, needed in draft.needs.items()}
    row = draft.model(**draft.values, **needs, experiment=on.experiment, by=on.by, at=on.at)
    if isinstance(row, Datastream) and row.arm:
        _check_binding(row)
    row.full_clean()
    row.save()
    for relation, linked in draft.links.items():
        getattr(row, relation).add(*(_row_of(one, on) for one in linked))
    for name, part in draft.parts:
        _made(replace(part, needs={**part.needs, name: row}), on)
    if draft.observed is not None:
        rows = _of_stream(row.pk, draft.observed)
        add_observations(rows=rows, by=on.by, at=on.at, sender=on.sender)
    return row


def _row_of(one: Draft | Sensed, on: _Occasion) -> Sensed:
    if isinstance(one, Draft):
        return _made(one, on)
    if one.experiment_id != on.experiment.pk:
        raise Elsewhere(type(one).__name__)
    return one


def _of_stream(stream: int, rows: pa.Table) -> pa.Table:
    place = rows.schema.get_field_index("datastream")
    return rows.set_column(place, "datastream", pa.repeat(pa.scalar(stream, pa.int64()), len(rows)))


def _check_binding(stream: Datastream) -> None:
    """A unit of an arm is measured by a datastream or by values that were sent in, never by both."""
    experiment = stream.experiment
    if stream.arm not in queries.arms_of(experiment):
        raise ValidationError({"arm": f"the plan has no arm {stream.arm}"})
    fault = queries.fault_of_unit(stream.unit_code) or queries.fault_in_list(
        stream.arm, stream.unit_code, queries.listed_arms(experiment)
    )
    if fault is not None:
        raise ValidationError({"unit_code": fault})
    if experiment.measurements.filter(arm=stream.arm, unit_code=stream.unit_code).exists():
        raise MeasuredAlready(stream.arm, stream.unit_code)


def _feature_of(stream: Datastream, by: User, at: datetime) -> int | None:
    """The feature that stands for the place of the datastream's thing, made when it is first needed."""
    place = stream.thing.locations.order_by("pk").first()
    if place is None:
        return None
    found, is_new = FeatureOfInterest.objects.get_or_create(
        location=place,
        defaults={
            "experiment": place.experiment,
            "name": place.name,
            "description": place.description,
            "encoding_type": place.encoding_type,
            "feature": place.location,
            "by": by,
            "at": at,
        },
    )
    if is_new:
        record(actor=by, verb="experiments.connect", thing=found, at=at)
    return found.pk


def _present(rows: pa.Table, name: str) -> list[int]:
    return [value for value in rows.column(name).unique().to_pylist() if value is not None]


def _about(rows: pa.Table, features: dict[int, int | None]) -> pa.Table:
    """Fill in the feature of each observation that came without one."""
    place = rows.schema.get_field_index("feature")
    if rows.column(place).null_count == 0:
        return rows
    streams = rows.column("datastream").to_pylist()
    given = rows.column(place).to_pylist()
    whole = [
        feature if feature is not None else features[stream]
        for feature, stream in zip(given, streams, strict=True)
    ]
    return rows.set_column(place, "feature", pa.array(whole, pa.int64()))
