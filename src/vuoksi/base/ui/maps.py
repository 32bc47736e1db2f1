"""Maps: places with their shapes. The list beside the map is the real interface; the map shows where."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.utils.functional import Promise

Text = str | Promise


@dataclass(frozen=True, slots=True)
class Feature:
    """One place. `geometry` is GeoJSON in WGS 84; `kind` is what stands beside its name."""

    id: str
    label: Text
    url: str
    geometry: Mapping[str, Any]
    kind: Text = ""
    summary: Text = ""


@dataclass(frozen=True, slots=True)
class Map:
    title: Text
    features: Sequence[Feature]

    @property
    def data(self) -> dict[str, Any]:
        """What the script needs: the shapes as GeoJSON, and where tiles come from, if from anywhere."""
        return {
            "tiles": settings.MAP_TILES_URL,
            "places": {
                "type": "FeatureCollection",
                "features": [_as_geojson(feature) for feature in self.features],
            },
        }


def _as_geojson(feature: Feature) -> dict[str, Any]:
    properties = {"id": feature.id, "label": str(feature.label), "url": feature.url}
    return {"type": "Feature", "properties": properties, "geometry": dict(feature.geometry)}
