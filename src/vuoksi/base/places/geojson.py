"""GeoJSON (RFC 7946) as people upload it: read, checked, and refused feature by feature."""

import json
import re
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from shapely import GEOSException, force_2d, get_num_coordinates
from shapely.geometry import mapping, shape
from shapely.geometry.base import BaseGeometry
from shapely.validation import explain_validity

TYPES = {"Point", "MultiPoint", "LineString", "MultiLineString", "Polygon", "MultiPolygon"}
MOST_BYTES = 5 * 1024 * 1024
MOST_FEATURES = 2_000
MOST_POINTS = 20_000
SLUG = re.compile(r"[-a-zA-Z0-9_]{1,60}")

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class Fault:
    """`where` names the feature or line in words; `what` says what is wrong with it."""

    where: str
    what: str

    def __str__(self) -> str:
        return f"{self.where}: {self.what}"


class Faulty(ValueError):
    """The upload cannot be used; `faults` says why, all at once."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(map(str, faults)))
        self.faults = faults


@dataclass(frozen=True, slots=True)
class Feature:
    slug: str
    kind: str
    name: str
    summary: str
    source: str
    geometry: dict[str, Any]


def box_of(geometry: dict[str, Any]) -> Box:
    """West, south, east, north in degrees."""
    west, south, east, north = shape(geometry).bounds
    return west, south, east, north


def checked_geometry(geometry: Any) -> dict[str, Any]:
    """Give a valid shape in WGS 84, two numbers a point; raises ValueError that says what is wrong."""
    if not isinstance(geometry, dict) or geometry.get("type") not in TYPES:
        raise ValueError(_("the shape must be a point, line or area"))
    try:
        drawn = shape(geometry)
    except (GEOSException, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise ValueError(_("the coordinates cannot be read")) from error
    _check(drawn)
    checked: dict[str, Any] = json.loads(json.dumps(mapping(_flat(drawn))))
    return checked


def features_in(text: bytes, kinds: set[str]) -> list[Feature]:
    """Read a FeatureCollection of places; raises Faulty with every fault found."""
    rows = _features(text)
    found: list[Feature] = []
    faults: list[Fault] = []
    for number, row in enumerate(rows, start=1):
        try:
            found.append(_feature(row, kinds))
        except ValueError as error:
            faults.append(Fault(_("feature %(number)d") % {"number": number}, str(error)))
    slugs = [feature.slug for feature in found]
    faults += [
        Fault(slug, _("stands there twice")) for slug in sorted(set(slugs)) if slugs.count(slug) > 1
    ]
    if faults:
        raise Faulty(faults)
    return found


def _features(text: bytes) -> list[Any]:
    whole = _("the file")
    if len(text) > MOST_BYTES:
        raise Faulty([Fault(whole, _("is larger than 5 MB"))])
    try:
        data = json.loads(text.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise Faulty([Fault(whole, _("is not text in UTF-8"))]) from error
    except json.JSONDecodeError as error:
        line = _("line %(line)d") % {"line": error.lineno}
        raise Faulty([Fault(line, _("is not JSON"))]) from error
    except RecursionError as error:
        raise Faulty([Fault(whole, _("is nested too deep"))]) from error
    rows = data.get("features") if isinstance(data, dict) else None
    if not isinstance(rows, list) or data.get("type") != "FeatureCollection":
        raise Faulty([Fault(whole, _("is not a GeoJSON FeatureCollection"))])
    if len(rows) > MOST_FEATURES:
        raise Faulty([Fault(whole, _("holds more than 2,000 features"))])
    return rows


def _feature(row: Any, kinds: set[str]) -> Feature:
    properties = row.get("properties") if isinstance(row, dict) else None
    if not isinstance(properties, dict):
        raise ValueError(_("has no properties"))  # noqa: TRY004 - it is the upload that is wrong
    slug, kind, name = (_text(properties, key, 160) for key in ("slug", "kind", "name"))
    if not SLUG.fullmatch(slug):
        raise ValueError(_("“slug” must be 1 to 60 letters a–z, digits, - or _"))
    if kind not in kinds:
        raise ValueError(_("“kind” must be one of %(kinds)s") % {"kinds": ", ".join(sorted(kinds))})
    if not name:
        raise ValueError(_("“name” is missing"))
    return Feature(
        slug=slug,
        kind=kind,
        name=name,
        summary=_text(properties, "summary", 10_000),
        source=_text(properties, "source", 600),
        geometry=checked_geometry(row.get("geometry")),
    )


def _text(properties: dict[str, Any], key: str, longest: int) -> str:
    value = properties.get(key)
    if value is None:
        return ""
    if not isinstance(value, str) or len(value) > longest or "\x00" in value:
        words = _("“%(key)s” must be a text of at most %(longest)d characters")
        raise ValueError(words % {"key": key, "longest": longest})
    return value.strip()


def _check(drawn: BaseGeometry) -> None:
    if drawn.is_empty:
        raise ValueError(_("the shape is empty"))
    west, south, east, north = drawn.bounds
    if not (-180 <= west <= east <= 180 and -90 <= south <= north <= 90):
        raise ValueError(
            _("the coordinates must be degrees of WGS 84: longitude first, then latitude")
        )
    if _points(drawn) > MOST_POINTS:
        raise ValueError(_("the shape has more than 20,000 points"))
    if not drawn.is_valid:
        raise ValueError(_("the shape is not valid: %(why)s") % {"why": explain_validity(drawn)})


def _points(drawn: BaseGeometry) -> int:
    return int(get_num_coordinates(drawn))


def _flat(drawn: BaseGeometry) -> BaseGeometry:
    """Leave heights out: maps here have none."""
    flat: BaseGeometry = force_2d(drawn)
    return flat
