import factory
from factory.django import DjangoModelFactory

from vuoksi.base.places.models import Place


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    slug = factory.Sequence(lambda n: f"place-{n}")
    kind = Place.Kind.DISTRICT
    language = "en"
    name = factory.Sequence(lambda n: f"Place {n}")
    geometry = {"type": "Point", "coordinates": [24.8, 60.2]}
    west = east = 24.8
    south = north = 60.2


class FinnishPlaceFactory(PlaceFactory):
    """A place whose texts were written in Finnish."""

    kind = Place.Kind.TESTBED
    language = "fi"
    name = factory.Sequence(lambda n: f"Paikka {n}")
