"""The entities of the standard (clause 8.2), and where each of their properties and links stands with us."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Literal

from django.db.models import JSONField
from django.db.models.fields.json import KeyTransform

from vuoksi.loop.experiments.measurements.engine import AskedWrongly, NotOffered
from vuoksi.loop.experiments.measurements.models import (
    Datastream,
    FeatureOfInterest,
    Location,
    ObservedProperty,
    Sensed,
    Sensor,
    Thing,
)


class Missing(Exception):
    """Nothing is at this address that the reader may know of."""

    def __init__(self, words: str = "There is nothing here.") -> None:
        super().__init__(words)


Type = Literal["text", "json", "number"]


@dataclass(frozen=True, slots=True)
class Property:
    """One property: the field it is kept in. `is_needed`: a client that makes the entity must give it."""

    field: str
    type: Type = "text"
    is_needed: bool = True


@dataclass(frozen=True, slots=True)
class Link:
    """A link to one entity, or to a set of them: `field` leads there, `back` leads from there to here."""

    target: str
    field: str
    back: str
    is_many: bool = False


@dataclass(frozen=True, slots=True)
class EntitySet:
    """`name` in addresses (Things), `one` for a single entity (Thing)."""

    name: str
    one: str
    model: type[Sensed]
    properties: Mapping[str, Property]
    links: Mapping[str, Link] = field(default_factory=dict)


WORDS = {
    "name": Property("name"),
    "description": Property("description"),
    "properties": Property("properties", "json", is_needed=False),
}
OBSERVATIONS = "Observations"
# Words with which Django asks a JSON field something, such as `regex`.
ORDERS = {*JSONField().get_lookups(), *KeyTransform("key", "json").get_lookups()}

SETS = {
    found.name: found
    for found in (
        EntitySet(
            "Things",
            "Thing",
            Thing,
            WORDS,
            {
                "Locations": Link("Locations", "locations", "things", is_many=True),
                "Datastreams": Link("Datastreams", "datastreams", "thing", is_many=True),
            },
        ),
        EntitySet(
            "Locations",
            "Location",
            Location,
            {
                **WORDS,
                "encodingType": Property("encoding_type"),
                "location": Property("location", "json"),
            },
            {"Things": Link("Things", "things", "locations", is_many=True)},
        ),
        EntitySet(
            "Datastreams",
            "Datastream",
            Datastream,
            {
                **WORDS,
                "unitOfMeasurement": Property("unit_of_measurement", "json"),
                "observationType": Property("observation_type"),
                "observedArea": Property("observed_area", "json", is_needed=False),
            },
            {
                "Thing": Link("Things", "thing", "datastreams"),
                "Sensor": Link("Sensors", "sensor", "datastreams"),
                "ObservedProperty": Link("ObservedProperties", "observed_property", "datastreams"),
                "Observations": Link(OBSERVATIONS, "", "datastream", is_many=True),
            },
        ),
        EntitySet(
            "Sensors",
            "Sensor",
            Sensor,
            {
                **WORDS,
                "encodingType": Property("encoding_type"),
                "metadata": Property("metadata", "json"),
            },
            {"Datastreams": Link("Datastreams", "datastreams", "sensor", is_many=True)},
        ),
        EntitySet(
            "ObservedProperties",
            "ObservedProperty",
            ObservedProperty,
            {**WORDS, "definition": Property("definition")},
            {"Datastreams": Link("Datastreams", "datastreams", "observed_property", is_many=True)},
        ),
        EntitySet(
            "FeaturesOfInterest",
            "FeatureOfInterest",
            FeatureOfInterest,
            {
                **WORDS,
                "encodingType": Property("encoding_type"),
                "feature": Property("feature", "json"),
            },
            {"Observations": Link(OBSERVATIONS, "", "feature", is_many=True)},
        ),
    )
}
# The links of an observation, and the column of the series that holds each.
OBSERVATION_LINKS = {
    "Datastream": Link("Datastreams", "datastream", ""),
    "FeatureOfInterest": Link("FeaturesOfInterest", "feature", ""),
}

JSON_PROPERTIES = frozenset(
    name for one in SETS.values() for name, known in one.properties.items() if known.type == "json"
)
# What the standard and its extensions know beside these.
NOT_OFFERED = frozenset(
    {
        "HistoricalLocation", "HistoricalLocations", "MultiDatastream", "MultiDatastreams", "Actuators", "Tasks",
        "TaskingCapabilities", "$batch", "$count",
    }
)  # fmt: skip


def refuse_what_is_not_offered(name: str) -> None:
    if name in NOT_OFFERED:
        raise NotOffered(f"{name} is not offered here")


def set_named(name: str) -> EntitySet:
    """Raises Missing for a name that nobody knows, and NotOffered for one that the standard knows."""
    refuse_what_is_not_offered(name)
    found = SETS.get(name)
    if found is None:
        raise Missing(f"there is no “{name[:40]}” here")
    return found


def refuse_sets_in(entities: EntitySet, path: str) -> None:
    """Raises AskedWrongly for a path that leads through a set of many."""
    for name in path.split("/"):
        link = entities.links.get(name)
        if link is None:
            return
        if link.is_many:
            raise AskedWrongly(f"{entities.one} has many {name}, which give no order")
        entities = SETS[link.target]


def is_json(path: str) -> bool:
    """Whether a path such as `Thing/properties/height_m` ends in JSON, or in a key of it."""
    return not JSON_PROPERTIES.isdisjoint(path.split("/"))


def field_of(entities: EntitySet, path: str) -> str:
    """The field of our table that a path such as `Thing/name` or `properties/experiment` speaks of."""
    fields: list[str] = []
    names = path.split("/")
    while names:
        name = names.pop(0)
        if name in {"id", "@iot.id"} and not names:
            return "__".join([*fields, "pk"])
        known = entities.properties.get(name)
        if known is not None:
            return "__".join([*fields, known.field, *_keys(known, names, path)])
        link = entities.links.get(name)
        if link is None or link.target == OBSERVATIONS:
            raise AskedWrongly(f"“{path[:80]}” is nothing that can be asked for here")
        fields.append(link.field)
        entities = SETS[link.target]
    raise AskedWrongly(f"“{path[:80]}” names no property")


def _keys(known: Property, names: list[str], path: str) -> list[str]:
    """Keys inside a property that is JSON. A key that the database layer would take for an order of its own is refused."""
    if names and (known.type != "json" or any("__" in name or name in ORDERS for name in names)):
        raise AskedWrongly(f"“{path[:80]}” names no property")
    return names
