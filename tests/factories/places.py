import factory
from factory.django import DjangoModelFactory

from vuoksi.base.places.models import Place


class PlaceFactory(DjangoModelFactory):
    class Meta:
        model = Place

    slug = factory.Sequence(lambda n: f"place-{n}")
    kind = Place.Kind.TESTBED
    language = "fi"
    name = factory.Sequence(lambda n: f"Paikka {n}")
    geometry = {"type": "Point", "coordinates": [24.83, 60.18]}
    west = east = 24.83
    south = north = 60.18
