import pytest

from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import roles_of
from vuoksi.base.places.models import Place
from vuoksi.base.talk import about
from vuoksi.base.talk.about import About, discussable


@pytest.fixture(autouse=True)
def places_are_talked_about(monkeypatch):
    """Places by address: "secret…" is read by staff only, "closed…" takes no comments; staff answer for them."""
    monkeypatch.setattr(about, "_discussable", {})

    def is_staff(user):
        return Role.STAFF in roles_of(user)

    @discussable(Place)
    def about_place(place):
        return About(
            url=f"/places/{place.slug}/",
            may_read=lambda user: not place.slug.startswith("secret") or is_staff(user),
            may_comment=lambda user: not place.slug.startswith("closed"),
            may_answer=is_staff,
        )
