import json
from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from hypothesis import given
from hypothesis import strategies as st

from tests.factories.people import UserFactory, person_with
from tests.factories.places import PlaceFactory
from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.places import actions, rules
from vuoksi.base.places.geojson import Faulty, box_of, checked_geometry, features_in
from vuoksi.base.places.models import Place

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)
SQUARE = {
    "type": "Polygon",
    "coordinates": [[[24.6, 60.1], [24.9, 60.1], [24.9, 60.3], [24.6, 60.3], [24.6, 60.1]]],
}
BOW_TIE = {
    "type": "Polygon",
    "coordinates": [[[24.0, 60.0], [25.0, 61.0], [25.0, 60.0], [24.0, 61.0], [24.0, 60.0]]],
}


def feature(geometry=SQUARE, **properties):
    return {
        "type": "Feature",
        "geometry": geometry,
        "properties": {"slug": "kera", "kind": "district", "name": "Kera", **properties},
    }


def collection(*features):
    return json.dumps({"type": "FeatureCollection", "features": features}).encode()


def faults_of(text):
    with pytest.raises(Faulty) as error:
        features_in(text, set(Place.Kind.values))
    return [str(fault) for fault in error.value.faults]


def test_a_shape_has_its_box():
    assert box_of(SQUARE) == (24.6, 60.1, 24.9, 60.3)


def test_heights_are_left_out():
    assert checked_geometry({"type": "Point", "coordinates": [24.8, 60.2, 12.0]}) == {
        "type": "Point",
        "coordinates": [24.8, 60.2],
    }


@pytest.mark.parametrize(
    ("geometry", "words"),
    [
        (None, "must be a point, line or area"),
        ({"type": "Circle"}, "must be a point, line or area"),
        ({"type": "Point"}, "cannot be read"),
        ({"type": "Point", "coordinates": "here"}, "cannot be read"),
        ({"type": "Polygon", "coordinates": [[[0, 0], [1, 1]]]}, "cannot be read"),
        ({"type": "Polygon", "coordinates": []}, "is empty"),
        ({"type": "Point", "coordinates": [385000, 6672000]}, "longitude first"),
        ({"type": "Point", "coordinates": [24, 91]}, "longitude first"),
        (BOW_TIE, "Self-intersection"),
        ({"type": "MultiPoint", "coordinates": [[0, 0]] * 20_001}, "more than 20,000 points"),
    ],
)
def test_a_wrong_shape_is_told(geometry, words):
    with pytest.raises(ValueError, match=words):
        checked_geometry(geometry)


@given(st.recursive(st.none() | st.integers() | st.floats() | st.text(), st.lists, max_leaves=8))
def test_nonsense_for_coordinates_is_refused_or_right(coordinates):
    try:
        shape = checked_geometry({"type": "Polygon", "coordinates": coordinates})
    except ValueError:
        return
    assert shape["type"] == "Polygon"


@pytest.mark.parametrize(
    ("text", "faults"),
    [
        (b"\xff", ["the file: is not text in UTF-8"]),
        (b'{"a":\n 1,,}', ["line 2: is not JSON"]),
        (b"[]", ["the file: is not a GeoJSON FeatureCollection"]),
        (b"[" * 100_000, ["the file: is nested too deep"]),
        (b" " * (5 * 1024 * 1024 + 1), ["the file: is larger than 5 MB"]),
        (collection(*[None] * 2_001), ["the file: holds more than 2,000 features"]),
        (collection(None), ["feature 1: has no properties"]),
        (
            collection(feature(), feature(slug="a b"), feature(kind="planet"), feature(name="")),
            [
                "feature 2: “slug” must be 1 to 60 letters a–z, digits, - or _",
                "feature 3: “kind” must be one of centre, district, library, site, testbed",
                "feature 4: “name” is missing",
            ],
        ),
        (collection(feature(), feature()), ["kera: stands there twice"]),
        (
            collection(feature(name=3)),
            ["feature 1: “name” must be a text of at most 160 characters"],
        ),
    ],
)
def test_every_fault_is_told_with_its_place(text, faults):
    assert faults_of(text) == faults


@pytest.mark.django_db
class TestActions:
    def create(self, **more):
        return actions.create_place(
            slug="kera", kind="district", language="fi", name="Kera", geometry=SQUARE,
            by=None, at=NOW, **more,
        )  # fmt: skip

    def test_a_place_keeps_its_box(self):
        place = self.create()

        assert (place.west, place.south, place.east, place.north) == (24.6, 60.1, 24.9, 60.3)
        assert AuditEntry.objects.get().verb == "places.create_place"

    def test_the_box_follows_the_shape(self):
        place = self.create()
        point = {"type": "Point", "coordinates": [24.8, 60.2]}
        actions.edit_place(place=place, version=1, geometry=point, by=None, at=NOW)

        assert (place.west, place.east, place.version) == (24.8, 24.8, 2)
        with pytest.raises(EditedMeanwhile):
            actions.edit_place(place=place, version=1, name="Old", by=None, at=NOW)

    def test_a_wrong_shape_is_not_kept(self):
        with pytest.raises(ValueError, match="Self-intersection"):
            actions.create_place(
                slug="x", kind="site", language="fi", name="X", geometry=BOW_TIE, by=None, at=NOW
            )
        assert Place.objects.count() == 0

    def test_an_import_twice_changes_nothing(self):
        features = features_in(collection(feature()), {"district"})
        outcomes = [
            actions.import_geojson(features=features, language="fi", by=None, at=NOW)
            for _time in range(2)
        ]
        renamed = features_in(collection(feature(name="Kera!")), {"district"})
        outcomes.append(actions.import_geojson(features=renamed, language="fi", by=None, at=NOW))

        assert outcomes == [
            {"new": 1, "changed": 0, "same": 0},
            {"new": 0, "changed": 0, "same": 1},
            {"new": 0, "changed": 1, "same": 0},
        ]
        assert Place.objects.get().name == "Kera!"


@pytest.mark.django_db
class TestPages:
    @pytest.fixture
    def coordinator(self, client):
        user = person_with(Role.COORDINATOR)
        client.force_login(user)
        return user

    def test_an_import_shows_first_and_saves_then(self, client, coordinator):
        address = reverse("import_places")
        upload = SimpleUploadedFile("places.geojson", collection(feature(name="Kera <b>")))

        preview = client.post(address, {"language": "fi", "file": upload})
        assert preview.status_code == 200
        assert [outcome for _feature, outcome in preview.context["rows"]] == ["new"]
        assert Place.objects.count() == 0
        client.post(address, {"language": "fi", "text": preview.context["text"], "save": "yes"})
        assert Place.objects.get().name == "Kera <b>"

    def test_a_wrong_file_is_told_at_its_field(self, client, coordinator):
        upload = SimpleUploadedFile("places.geojson", b"{")

        page = client.post(reverse("import_places"), {"language": "fi", "file": upload})

        assert page.context["form"].errors == {"file": ["line 1: is not JSON"]}
        empty = client.post(reverse("import_places"), {"language": "fi"})
        assert list(empty.context["form"].errors) == ["file"]

    def test_a_place_is_made_and_edited_by_hand(self, client, coordinator):
        form = {
            "slug": "kera", "kind": "district", "language": "fi", "name": "Kera",
            "geometry": json.dumps(SQUARE), "version": 1,
        }  # fmt: skip
        assert client.post(reverse("new_place"), form)["Location"] == "/places/kera/"
        edit = reverse("edit_place", args=["kera"])
        assert client.get(edit).status_code == 200
        assert client.post(edit, {**form, "name": "First"}).status_code == 302
        second = client.post(edit, {**form, "name": "Second"})
        assert (second.status_code, b'value="Second"' in second.content) == (409, True)
        assert Place.objects.get().name == "First"

    @pytest.mark.parametrize(
        ("geometry", "words"),
        [("{\n,", "Line 2 is not JSON."), ("{}", "the shape must be a point, line or area")],
    )
    def test_a_wrong_shape_is_told_at_its_field(self, client, coordinator, geometry, words):
        page = client.post(reverse("new_place"), {"geometry": geometry})

        assert page.context["form"].errors["geometry"] == [words]

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_list_asks_little(self, client, rows, django_assert_num_queries):
        PlaceFactory.create_batch(rows, language="fi")
        with django_assert_num_queries(3):  # count, rows, translations
            page = client.get(reverse("places"))
        assert len(page.context["table"].rows) == rows

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_api_asks_little(self, client, rows, django_assert_num_queries):
        PlaceFactory.create_batch(rows, language="fi")
        with django_assert_num_queries(3):  # count, rows, translations
            answer = client.get("/api/places/", {"kind": "district"}).json()
        assert len(answer["results"]) == rows

    def test_map_programs_get_one_collection(self, client):
        PlaceFactory(slug="kera", name="Kera")

        answer = client.get("/api/places/collection.geojson").json()

        assert answer["type"] == "FeatureCollection"
        assert answer["features"][0]["bbox"] == [24.8, 60.2, 24.8, 60.2]
        assert client.get("/api/places/kera").json() == answer["features"][0]
        assert b'data-place="kera"' in client.get("/places/kera/").content
        assert b'data-place="kera"' in client.get("/places/").content

    @pytest.mark.parametrize("name", ["new_place", "import_places", "edit_place"])
    def test_residents_change_nothing(self, client, name):
        client.force_login(UserFactory())
        args = [PlaceFactory().slug] if name == "edit_place" else []

        assert client.post(reverse(name, args=args)).status_code == 403

    @pytest.mark.parametrize("role", [None, *Role])
    def test_permissions(self, role):
        user = AnonymousUser() if role is None else person_with(role)

        assert rules.may_keep_places(user) == (role in {Role.COORDINATOR, Role.ADMINISTRATOR})
