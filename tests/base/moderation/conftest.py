import pytest

from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import roles_of
from vuoksi.base.places.models import Place
from vuoksi.base.talk import about
from vuoksi.base.talk.about import About, discussable


@pytest.fixture(autouse=True)
def places_are_talked_about(monkeypatch):
    """Places are public but for those whose address begins with "secret", which only staff read."""
    monkeypatch.setattr(about, "_discussable", {})

    @discussable(Place)
    def about_place(place):
        return About(
            url=f"/places/{place.slug}/",
            may_read=lambda user: (
                not place.slug.startswith("secret") or Role.STAFF in roles_of(user)
            ),
        )
