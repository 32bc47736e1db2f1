"""From a resource path and its options to an answer (clauses 9.2 and 9.3)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import pyarrow.compute as pc
from django.db.models import QuerySet

from vuoksi.base.series import queries as series
from vuoksi.loop.experiments.measurements.engine import AskedWrongly, Options, Segment, key_of
from vuoksi.loop.experiments.measurements.models import Sensed
from vuoksi.loop.experiments.measurements.queries import visible
from vuoksi.loop.experiments.measurements.sensorthings.entities import (
    OBSERVATION_LINKS,
    OBSERVATIONS,
    SETS,
    EntitySet,
    Link,
    Missing,
    refuse_what_is_not_offered,
    set_named,
)
from vuoksi.loop.experiments.measurements.sensorthings.observed import is_observation
from vuoksi.loop.experiments.measurements.sensorthings.shown import (
    Json,
    Page,
    Reader,
    next_link,
)
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS as KIND


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


OBSERVED_PROPERTIES = frozenset(
    {"phenomenonTime", "result", "resultTime", "resultQuality", "validTime", "parameters"}
)
Place = Many | One | ManyObserved | OneObserved


@dataclass(frozen=True, slots=True)
class Asked:
    """How a page is asked for: `address` without options, the options as they were `given`, and what they say."""

    address: str
    given: Mapping[str, str]
    options: Options


def answer(path: tuple[Segment, ...], asked: Asked, reader: Reader) -> Any:
    """Give what stands at `path` as JSON. Raises Missing, AskedWrongly."""
    place: Place | None = None
    for number, segment in enumerate(path):
        rest = path[number:]
        if place is not None and _is_end(place, segment):
            return _end(place, rest, asked, reader)
        place = _step(place, segment, reader)
    assert place is not None  # a path has a first step
    return _shown(place, asked, reader)


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
    refuse_what_is_not_offered(name)
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
    refuse_what_is_not_offered(segment.name)
    raise AskedWrongly(f"“{segment.name[:40]}” can follow a single entity only")


def _first(segment: Segment, reader: Reader) -> Place:
    if segment.name == OBSERVATIONS:
        return _keyed_observation(reader.readable(), segment)
    entities = set_named(segment.name)
    return _keyed(entities, visible(entities.model, reader.user), segment)


def _from_entity(entities: EntitySet, row: Sensed, segment: Segment, reader: Reader) -> Place:
    refuse_what_is_not_offered(segment.name)
    link = entities.links.get(segment.name)
    if link is None:
        raise Missing(f"{entities.one} has no “{segment.name[:40]}”")
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
        raise Missing(f"Observation has no “{segment.name[:40]}”")
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


def _shown(place: Place, asked: Asked, reader: Reader) -> Json:
    options = asked.options
    match place:
        case One(entities, row):
            return reader.entities(entities, [row], options)[0]
        case OneObserved(row):
            return reader.observations([row], options)[0]
        case Many(entities, rows):
            page = reader.page(entities, rows, options)
            return _listed(page, reader.entities(entities, page.rows, options), asked)
        case ManyObserved(where):
            page = reader.observation_page(where, options)
            shown = reader.arrays if options.is_array else reader.observations
            return _listed(page, shown(page.rows, options), asked)


def _listed(page: Page, rows: list[Json], asked: Asked) -> Json:
    found: Json = {} if page.count is None else {"@iot.count": page.count}
    if page.has_more:
        found["@iot.nextLink"] = next_link(asked.address, asked.given, asked.options)
    return {**found, "value": rows}


def _is_end(place: Place, segment: Segment) -> bool:
    """Whether the path ends in a property, or in `$ref`."""
    if segment.name == "$ref":
        return True
    match place:
        case One(entities, _row):
            return segment.name in entities.properties
        case OneObserved(_row):
            return segment.name in OBSERVED_PROPERTIES
    return False


def _end(place: Place, rest: tuple[Segment, ...], asked: Asked, reader: Reader) -> Any:
    """A property, a key of it that is JSON, or with `$value` the bare value."""
    if rest[0].name == "$ref" and len(rest) == 1:
        return _references(place, asked, reader)
    found: Any = _shown(place, Asked("", {}, Options()), reader)
    is_bare = rest[-1].name == "$value"
    names = [segment.name for segment in (rest[:-1] if is_bare else rest)]
    for number, name in enumerate(names):
        if not isinstance(found, dict) or (number and name not in found):
            raise Missing
        found = found.get(name)
    return found if is_bare else {names[-1]: found}


def _references(place: Place, asked: Asked, reader: Reader) -> Json:
    match place:
        case Many(entities, rows):
            page = reader.page(entities, rows, asked.options)
            links = [reader.self_link(entities, row) for row in page.rows]
        case ManyObserved(where):
            page = reader.observation_page(where, asked.options)
            links = [
                reader.observation_link(key_of(row["datastream"], row["start"], row["end"]))
                for row in page.rows
            ]
        case _:
            raise AskedWrongly("$ref follows a set")
    return _listed(page, [{"@iot.selfLink": link} for link in links], asked)
