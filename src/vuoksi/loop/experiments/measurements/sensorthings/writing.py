"""From the JSON of a client to drafts of entities and rows of observations (clauses 10.2 and 13).

What is wrong is said with the name of the property; nothing is saved here.
"""

import json
import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pyarrow as pa

from vuoksi.base.people.models import User
from vuoksi.loop.experiments.measurements import queries
from vuoksi.loop.experiments.measurements.actions import Draft
from vuoksi.loop.experiments.measurements.engine import (
    AskedWrongly,
    NoMoment,
    NotOffered,
    moment,
    span,
    written_span,
)
from vuoksi.loop.experiments.measurements.models import Datastream, Sensed
from vuoksi.loop.experiments.measurements.sensorthings.entities import (
    OBSERVATIONS,
    SETS,
    EntitySet,
    Link,
    Property,
)
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS as KIND
from vuoksi.loop.experiments.plans.models import Experiment

Json = Mapping[str, Any]
LONGEST_TEXT = 20_000
DEEPEST = 4
# A clock that is wrong by more than this is not believed.
CLOCK_MAY_BE_AHEAD = timedelta(days=1)
# The datastream of observations that come together with it.
NOT_YET = 0
MORE = ("resultQuality", "validTime", "parameters")


def json_of(body: bytes) -> Any:
    """Read a body; raises AskedWrongly for what is no JSON (NaN, infinity), and for text that no database can keep."""
    if b"\\u0000" in body:
        raise AskedWrongly("a text holds a zero byte")
    try:
        found = json.loads(body, parse_constant=_no_number)
        if b"\\ud" in body.lower():
            # Half a character is no character.
            json.dumps(found, ensure_ascii=False).encode()
    except (ValueError, RecursionError) as error:
        raise AskedWrongly(f"the body is no JSON: {str(error)[:200]}") from error
    return found


def draft_of(
    entities: EntitySet, body: Any, at: datetime, *, given: Sequence[str] = (), depth: int = 0
) -> Draft:
    """Read an entity with all that is written inside it. Links in `given` come from elsewhere: the address, or a parent."""
    if not isinstance(body, dict):
        raise AskedWrongly(f"{entities.one} must be an object")
    if depth > DEEPEST:
        raise AskedWrongly(f"what is written inside goes deeper than {DEEPEST} levels")
    values = {
        one.field: _value(body, name, one)
        for name, one in entities.properties.items()
        if name in body or one.is_needed
    }
    draft = Draft(entities.model, {**values, **_binding(entities, body)})
    for name, link in entities.links.items():
        if name in given:
            continue
        if link.target == OBSERVATIONS:
            draft = _with_observations(draft, body.get(name), at)
        elif link.is_many:
            draft = _with_many(draft, entities, link, body.get(name, []), at, depth)
        else:
            needed = _linked(link, body.get(name), name, at, depth)
            draft = replace(draft, needs={**draft.needs, link.field: needed})
    return draft


def linked_to(draft: Draft, link: Link, parent: Sensed) -> Draft:
    """Link a draft to the entity in whose set it is posted: `Things(1)/Datastreams`."""
    if draft.model is Datastream:
        return replace(draft, needs={**draft.needs, link.back: parent})
    return replace(draft, links={**draft.links, link.back: [parent]})


def experiment_of(draft: Draft, parent: Sensed | None, by: User) -> Experiment:
    """The experiment of a new entity: its parent's, or what it says itself, or the only one that the person may send to."""
    if parent is not None:
        return parent.experiment
    slugs = {
        str(slug)
        for one in _drafts(draft)
        if (slug := one.values.get("properties", {}).get("experiment"))
    }
    if len(slugs) > 1:
        raise AskedWrongly("properties.experiment names more than one experiment")
    rows = [row for one in _drafts(draft) for row in one.needs.values() if isinstance(row, Sensed)]
    if not slugs and rows:
        return rows[0].experiment
    if slugs:
        found = queries.experiment_named(slugs.pop(), by)
        if found is None:
            raise AskedWrongly("properties.experiment names no experiment")
        return found
    possible = queries.connectable_experiments(by)
    if len(possible) != 1:
        raise AskedWrongly(
            'say which experiment this belongs to: "properties": {"experiment": "its-address"}'
        )
    return possible[0]


def observation(body: Any, at: datetime, stream: int | None = None) -> dict[str, Any]:
    """Read one observation as a row of the series. Without a time it was made when it came."""
    if not isinstance(body, dict):
        raise AskedWrongly("an observation must be an object")
    if "result" not in body:
        raise AskedWrongly("result is missing")
    number, other = _result(body["result"])
    start, end = _span(body.get("phenomenonTime"), at)
    more = {name: _more(name, body[name]) for name in MORE if body.get(name) is not None}
    feature = body.get("FeatureOfInterest")
    return {
        "datastream": stream
        if stream is not None
        else _id_of(body.get("Datastream"), "Datastream"),
        "start": start,
        "end": end,
        "result": number,
        "other": other,
        "result_time": _moment(body.get("resultTime")),
        "feature": None if feature is None else _feature(feature),
        "more": _text_of(more) if more else None,
    }


def data_array(body: Any, at: datetime) -> Iterator[dict[str, Any] | None]:
    """Read the observations of `CreateObservations` in their order; None for one that cannot be read."""
    if not isinstance(body, list):
        raise AskedWrongly("CreateObservations takes a list")
    for one in body:
        if not isinstance(one, dict) or not isinstance(one.get("components"), list):
            raise AskedWrongly("each element needs Datastream, components and dataArray")
        stream = _id_of(one.get("Datastream"), "Datastream")
        names = [
            "FeatureOfInterest" if name == "FeatureOfInterest/id" else name
            for name in one["components"]
        ]
        if not isinstance(one.get("dataArray"), list):
            raise AskedWrongly("dataArray must be a list")
        for values in one["dataArray"]:
            yield _array_row(names, values, at, stream)


def table_of(rows: Sequence[Mapping[str, Any]]) -> pa.Table:
    columns = {name: [row[name] for row in rows] for name in KIND.schema.names}
    return pa.Table.from_pydict(columns, KIND.schema)


def _array_row(
    names: Sequence[str], values: Any, at: datetime, stream: int
) -> dict[str, Any] | None:
    try:
        body = dict(zip(names, values, strict=True))
        feature = body.get("FeatureOfInterest")
        if feature is not None:
            body["FeatureOfInterest"] = {"@iot.id": feature}
        return observation(body, at, stream)
    except (AskedWrongly, TypeError, ValueError):
        return None


def _value(body: Json, name: str, known: Property) -> Any:
    value = body.get(name)
    if value is None and not known.is_needed:
        return {} if name == "properties" else None
    if value is None or (known.type == "text" and not isinstance(value, str)):
        raise AskedWrongly(f"{name} is missing or is no text")
    if name in {"properties", "unitOfMeasurement"} and not isinstance(value, dict):
        raise AskedWrongly(f"{name} must be an object")
    return value


def _binding(entities: EntitySet, body: Json) -> dict[str, str]:
    """What a datastream feeds: `properties` may say an arm of the plan and the code of a unit."""
    given = body.get("properties")
    if entities.model is not Datastream or not isinstance(given, dict):
        return {}
    names = {"arm": "arm", "unit": "unit_code"}
    found = {field: given[name] for name, field in names.items() if name in given}
    if found and (
        len(found) != len(names) or not all(isinstance(text, str) for text in found.values())
    ):
        raise AskedWrongly("a datastream that feeds the measure says both arm and unit, as texts")
    return found


def _with_many(
    draft: Draft, entities: EntitySet, link: Link, given: Any, at: datetime, depth: int
) -> Draft:
    target = SETS[link.target]
    inside = given if isinstance(given, list) else [given]
    back = names_back(target, entities)
    if target.model is Datastream:
        parts = [
            (link.back, draft_of(target, one, at, given=back, depth=depth + 1)) for one in inside
        ]
        return replace(draft, parts=[*draft.parts, *parts])
    linked = [_one(target, one, at, back, depth) for one in inside]
    return replace(draft, links={**draft.links, link.field: linked}) if linked else draft


def names_back(target: EntitySet, entities: EntitySet) -> tuple[str, ...]:
    """How `target` names its link to `entities`."""
    return tuple(name for name, link in target.links.items() if link.target == entities.name)


def _linked(link: Link, body: Any, name: str, at: datetime, depth: int) -> Draft | Sensed:
    if body is None:
        raise AskedWrongly(f"{name} is missing")
    target = SETS[link.target]
    return _one(target, body, at, ["Datastreams"], depth)


def _one(
    target: EntitySet, body: Any, at: datetime, given: Sequence[str], depth: int
) -> Draft | Sensed:
    """What is written inside: a reference by @iot.id, or a new entity."""
    if isinstance(body, dict) and "@iot.id" in body:
        row = queries.entity(target.model, _id_of(body, target.one))
        if row is None:
            raise AskedWrongly(f"there is no such {target.one} in this experiment")
        return row
    return draft_of(target, body, at, given=given, depth=depth + 1)


def _drafts(draft: Draft) -> Iterator[Draft]:
    yield draft
    inside = [*draft.needs.values(), *(one for many in draft.links.values() for one in many)]
    for one in [*inside, *(part for _name, part in draft.parts)]:
        if isinstance(one, Draft):
            yield from _drafts(one)


def _with_observations(draft: Draft, given: Any, at: datetime) -> Draft:
    """Observations that come with their datastream; of other entities they are not sent so."""
    if not given:
        return draft
    if draft.model is not Datastream:
        raise NotOffered("observations are sent inside a Datastream, or after it is there")
    if not isinstance(given, list):
        raise AskedWrongly("Observations must be a list")
    rows = [observation(one, at, stream=NOT_YET) for one in given]
    if len({(row["start"], row["end"]) for row in rows}) < len(rows):
        raise AskedWrongly("two observations inside have the same phenomenonTime")
    return replace(draft, observed=table_of(rows))


def _id_of(body: Any, name: str) -> int:
    key = body.get("@iot.id") if isinstance(body, dict) else None
    if not isinstance(key, int) or isinstance(key, bool) or not 0 < key < 2**63:
        raise AskedWrongly(f'{name} must be {{"@iot.id": a whole number}}')
    return key


def _feature(body: Any) -> int:
    if isinstance(body, dict) and "@iot.id" not in body:
        raise NotOffered("a FeatureOfInterest is made first, then named by its @iot.id")
    return _id_of(body, "FeatureOfInterest")


def _result(value: Any) -> tuple[float | None, str | None]:
    if value is None:
        return None, None
    if isinstance(value, int | float) and not isinstance(value, bool):
        try:
            number = float(value)
        except OverflowError as error:
            raise AskedWrongly("result is too large") from error
        if not math.isfinite(number):
            raise AskedWrongly("result is too large")
        return number, None
    return None, _text_of(value)


def _text_of(value: Any) -> str:
    text = json.dumps(value, ensure_ascii=False)
    if len(text) > LONGEST_TEXT:
        raise AskedWrongly(f"a text is longer than {LONGEST_TEXT} characters")
    return text


def _span(value: Any, at: datetime) -> tuple[datetime, datetime | None]:
    if value is None:
        return at, None
    try:
        start, end = span(value)
    except NoMoment as error:
        raise AskedWrongly(f"phenomenonTime: {error}") from error
    if (end or start) > at + CLOCK_MAY_BE_AHEAD:
        raise AskedWrongly("phenomenonTime lies in the future")
    return start, end


def _moment(value: Any) -> datetime | None:
    if value is None:
        return None
    try:
        return moment(value)
    except NoMoment as error:
        raise AskedWrongly(f"resultTime: {error}") from error


def _more(name: str, value: Any) -> Any:
    if name != "validTime":
        return value
    try:
        return written_span(*span(value))
    except NoMoment as error:
        raise AskedWrongly(f"validTime: {error}") from error


def _no_number(name: str) -> Any:
    raise ValueError(f"{name} is no number")
