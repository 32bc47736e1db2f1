import pytest

from vuoksi.base.notices import kinds, links
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.base.places.models import Place


@pytest.fixture(autouse=True)
def _upstream(monkeypatch):
    """A place comes from its owner; a person called "Author of X" wrote the place X."""
    monkeypatch.setattr(links, "_upstream", {})
    monkeypatch.setattr(links, "_authors", {})
    monkeypatch.setattr(links, "_correspondents", {})

    @links.upstream_of(Place)
    def owner_of(place):
        return [place.owner] if place.owner else []

    @links.authors_of(Place)
    def authors_of(place):
        return User.objects.filter(name=f"Author of {place.name}")

    @links.upstream_of(Organisation)
    def nothing(_organisation):
        return []


@pytest.fixture
def opened():
    """A kind of notice that only these tests know."""
    yield kinds.kind(
        "test.opened", "A testbed opens", "“%(thing)s” has opened for “%(because)s”. %(note)s"
    )
    del kinds.KINDS["test.opened"]
