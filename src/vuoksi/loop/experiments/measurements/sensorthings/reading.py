"""From a resource path and its options to an answer (clauses 9.2 and 9.3)."""

from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
from django.db.models import QuerySet

from vuoksi.base.series import queries as series
from vuoksi.loop.experiments.measurements.engine import AskedWrongly, Options, Segment, key_of
from vuoksi.loop.experiments.measurements.models import Sensed
from vuoksi.loop.experiments.measurements.queries import visible
from vuoksi.loop.experiments.measurements.sensorthings.conditions import is_observation
from vuoksi.loop.experiments.measurements.sensorthings.entities import (
    OBSERVATION_LINKS,
    OBSERVATIONS,
    SETS,
    EntitySet,
    Link,
    set_named,
)
from vuoksi.loop.experiments.measurements.sensorthings.shown import Json, Page, Reader
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS as KIND


class Missing(Exception):
    """Nothing is at this address that the reader may know of."""

    def __init__(self) -> None:
        super().__init__("There is nothing here.")


@dataclass(frozen=True, slots=True)
class Many:
    """A set of entities."""

    entities: EntitySet
    rows: QuerySet[Any]


@dataclass(frozen=True, slots=True)
class One:
    entities: EntitySet
    row: Sensed


@dataclass(frozen=True, slots=True)
class ManyObserved:
    """A set of observations."""

    where: pc.Expression


@dataclass(frozen=True, slots=True)
class OneObserved:
    row: Json


Place = Many | One | ManyObserved | OneObserved


def answer(path: tuple[Segment, ...], options: Options, reader: Reader, address: str) -> Any:
    """Give what stands at `path` as JSON; `address` is that of this page without $skip. Raises Missing, AskedWrongly."""
    place: Place | None = None
    for number, segment in enumerate(path):
        rest = path[number:]
        if place is not None and _is_end(place, segment):
            return _end(place, rest, reader)
        place = _step(place, segment, reader)
    assert place is not None  # a path has a first step
    return _shown(place, options, reader, address)


def one_at(path: tuple[Segment, ...], reader: Reader) -> One:
    """The single entity at a path, in whose sets something new is posted. Raises Missing, AskedWrongly."""
    place: Place | None = None
    for segment in path:
        place = _step(place, segment, reader)
    if not isinstance(place, One):
        raise AskedWrongly("a new entity is posted to a set of all, or to that of a single entity")
    return place


def link_of(parent: One, name: str) -> Link:
    found = parent.entities.links.get(name)
    if found is None or not found.is_many:
        raise AskedWrongly(f"{parent.entities.one} has no set “{name[:40]}”")
    return found


def _step(place: Place | None, segment: Segment, reader: Reader) -> Place:
    match place:
        case None:
            return _first(segment, reader)
        case One(entities, row):
            return _from_entity(entities, row, segment, reader)
        case OneObserved(row):
            return _from_observation(row, segment, reader)
    raise AskedWrongly(f"“{segment.name[:40]}” can follow a single entity only")


def _first(segment: Segment, reader: Reader) -> Place:
    if segment.name == OBSERVATIONS:
        return _keyed_observation(reader.readable(), segment)
    entities = set_named(segment.name)
    return _keyed(entities, visible(entities.model, reader.user), segment)


def _from_entity(entities: EntitySet, row: Sensed, segment: Segment, reader: Reader) -> Place:
    link = entities.links.get(segment.name)
    if link is None:
        raise AskedWrongly(f"{entities.one} has no “{segment.name[:40]}”")
    if link.target == OBSERVATIONS:
        where = reader.readable() & (pc.field(link.back) == row.pk)
        return _keyed_observation(where, segment)
    target = SETS[link.target]
    found = visible(target.model, reader.user).filter(**{link.back: row.pk})
    if link.is_many:
        return _keyed(target, found, segment)
    return _one(target, found)


def _from_observation(row: Json, segment: Segment, reader: Reader) -> Place:
    link = OBSERVATION_LINKS.get(segment.name)
    if link is None:
        raise AskedWrongly(f"Observation has no “{segment.name[:40]}”")
    target = SETS[link.target]
    return _one(target, visible(target.model, reader.user).filter(pk=row[link.field]))


def _keyed(entities: EntitySet, rows: QuerySet[Any], segment: Segment) -> Place:
    if segment.key is None:
        return Many(entities, rows)
    if not isinstance(segment.key, int):
        raise Missing
    return _one(entities, rows.filter(pk=segment.key))


def _one(entities: EntitySet, rows: QuerySet[Any]) -> One:
    row = rows.first()
    if row is None:
        raise Missing
    return One(entities, row)


def _keyed_observation(where: pc.Expression, segment: Segment) -> Place:
    if segment.key is None:
        return ManyObserved(where)
    rows = series.read(KIND, where=where & is_observation(str(segment.key)), limit=1).to_pylist()
    if not rows:
        raise Missing
    return OneObserved(rows[0])


def _shown(place: Place, options: Options, reader: Reader, address: str) -> Json:
    match place:
        case One(entities, row):
            return reader.entities(entities, [row], options)[0]
        case OneObserved(row):
            return reader.observations([row], options)[0]
        case Many(entities, rows):
            page = reader.page(entities, rows, options)
            return _listed(page, reader.entities(entities, page.rows, options), options, address)
        case ManyObserved(where):
            page = reader.observation_page(where, options)
            return _listed(page, reader.observations(page.rows, options), options, address)


def _listed(page: Page, rows: list[Json], options: Options, address: str) -> Json:
    found: Json = {} if page.count is None else {"@iot.count": page.count}
    if page.has_more:
        found["@iot.nextLink"] = f"{address}$skip={options.skip + options.top}"
    return {**found, "value": rows}


def _is_end(place: Place, segment: Segment) -> bool:
    """Whether the path ends in a property, or in `$ref`."""
    if segment.name == "$ref":
        return True
    match place:
        case One(entities, _row):
            return segment.name in entities.properties
        case OneObserved(_row):
            return segment.name in {"phenomenonTime", "result", "resultTime", "parameters"}
    return False


def _end(place: Place, rest: tuple[Segment, ...], reader: Reader) -> Any:
    if rest[0].name == "$ref" and len(rest) == 1:
        return _references(place, reader)
    whole = _shown(place, Options(), reader, "")
    value = whole.get(rest[0].name)
    if len(rest) == 1:
        return {rest[0].name: value}
    if rest[1].name == "$value" and len(rest) == 2:
        return value
    raise AskedWrongly("a property may be followed by $value only")


def _references(place: Place, reader: Reader) -> Json:
    match place:
        case Many(entities, rows):
            page = reader.page(entities, rows, Options())
            links = [reader.self_link(entities, row) for row in page.rows]
        case ManyObserved(where):
            found = reader.observation_page(where, Options()).rows
            links = [
                reader.observation_link(key_of(row["datastream"], row["start"], row["end"]))
                for row in found
            ]
        case _:
            raise AskedWrongly("$ref follows a set")
    return {"value": [{"@iot.selfLink": link} for link in links]}
