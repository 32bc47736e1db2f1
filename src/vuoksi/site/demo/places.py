"""City centres, districts, libraries and testbeds on the map."""

from vuoksi.base.places.actions import create_place
from vuoksi.base.places.models import Place
from vuoksi.site.demo.strategy import WRITTEN, City
from vuoksi.site.demo.words import add_translations, slug_of
from vuoksi.site.demo_data import read, shapes

KINDS = {
    "city_centre": Place.Kind.CENTRE,
    "local_centre": Place.Kind.CENTRE,
    "district": Place.Kind.DISTRICT,
    "facility": Place.Kind.SITE,
    "library": Place.Kind.LIBRARY,
    "testbed": Place.Kind.TESTBED,
}


def load(city: City) -> dict[str, Place]:
    """Give the places by their key."""
    known = {place.slug: place for place in Place.objects.all()}
    return {row.key: known.get(slug_of(row.key)) or _create(city, row) for row in read.places()}


def _create(city: City, row: shapes.Place) -> Place:
    summary, offers = _summary(row), _together(row.offers)
    place = create_place(
        slug=slug_of(row.key),
        kind=KINDS[row.kind],
        language=row.name.original,
        name=row.name.words[row.name.original],
        summary=summary.in_language(row.name.original),
        offers=offers.in_language(row.name.original),
        geometry=dict(row.geometry),
        is_schematic=row.schematic,
        source=row.source[:600],
        by=city.by,
        at=WRITTEN,
    )
    texts = {"name": row.name, "summary": summary, "offers": offers}
    add_translations(
        place,
        {field: text for field, text in texts.items() if any(text.words.values())},
        city.by,
        WRITTEN,
    )
    return place


def _summary(row: shapes.Place) -> shapes.Text:
    return row.note or shapes.Text({row.name.original: ""})


def _together(texts: tuple[shapes.Text, ...]) -> shapes.Text:
    """One text of several lines, in the languages that all of them have."""
    if not texts:
        return shapes.Text({"en": ""})
    languages = [code for code in texts[0].words if all(code in text.words for text in texts)]
    return shapes.Text({code: "\n".join(text.words[code] for text in texts) for code in languages})
