from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories.organisations import OrganisationFactory
from tests.factories.places import PlaceFactory
from vuoksi.base.places.models import Place
from vuoksi.base.search.actions import refresh_index
from vuoksi.base.search.models import Document
from vuoksi.base.search.registry import searchable
from vuoksi.base.texts.actions import translate

NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.mark.django_db
class TestPage:
    @pytest.fixture
    def hall(self):
        hall = PlaceFactory(name="Äijälä hall", summary="A <b>pool</b> & a sauna", slug="hall")
        translate(
            thing=hall, language="fi", texts={"name": "Äijälän uimahalli"}, state="human",
            by=None, at=NOW,
        )  # fmt: skip
        refresh_index(at=NOW)
        return hall

    def found(self, client, query, **more):
        page = client.get(reverse("search"), {"q": query, **more})
        assert page.status_code == 200
        return [hit.plain_title for group in page.context["groups"] for hit in group["hits"]]

    @pytest.mark.parametrize("query", ["äijälä", "ÄIJÄLÄ", "aijala", "uimahalli", "sauna äij"])
    def test_a_place_is_found_in_each_language(self, client, hall, query):
        assert self.found(client, query) == ["Äijälä hall"]

    @pytest.mark.parametrize("query", ["", "   ", "nothing", "äijälä nothing", "%", "_", "\x00"])
    def test_what_does_not_fit_is_not_found(self, client, hall, query):
        assert self.found(client, query) == []

    def test_results_come_in_the_language_of_the_reader(self, client, hall):
        page = client.get(reverse("search"), {"q": "aijala"}, headers={"accept-language": "fi"})

        title = page.context["groups"][0]["hits"][0].plain_title
        assert title == "Äijälän uimahalli"
        assert "<mark>Äijälä</mark>n uimahalli" in page.content.decode()

    def test_marks_never_let_html_through(self, client, hall):
        page = client.get(reverse("search"), {"q": "pool <b>"}).content.decode()

        assert "&lt;b&gt;</mark><mark>" not in page
        assert "<b>" not in page
        assert "&lt;b&gt;pool" in page.replace("<mark>", "").replace("</mark>", "")

    def test_what_was_taken_away_is_not_shown_though_the_index_is_old(self, client, hall):
        Place.objects.all().delete()

        assert self.found(client, "aijala") == []
        assert refresh_index(at=NOW) == 2
        assert Document.objects.count() == 0

    def test_the_index_follows_changes_and_is_quiet_without(self, hall, django_assert_num_queries):
        assert refresh_index(at=NOW) == 0
        Place.objects.update(summary="An ice rink")
        assert refresh_index(at=NOW) == 1

    @pytest.mark.parametrize(("page", "names"), [("1", 20), ("2", 2), ("x", 20), ("99", 2)])
    def test_one_kind_comes_in_pages(self, client, page, names):
        PlaceFactory.create_batch(22)
        refresh_index(at=NOW)

        assert len(self.found(client, "place", kind="places", page=page)) == names
        assert len(self.found(client, "place")) == 5

    @pytest.mark.parametrize("rows", [1, 3])
    def test_the_page_asks_little(self, client, rows, django_assert_num_queries):
        PlaceFactory.create_batch(rows)
        refresh_index(at=NOW)
        with django_assert_num_queries(3):  # counts, keys, rows
            assert len(self.found(client, "place")) == rows

    def test_the_api_finds_the_same(self, client, hall):
        answer = client.get("/api/search/", {"q": "AIJALA"}).json()

        assert answer == [
            {
                "kind": "places",
                "label": "Places",
                "count": 1,
                "results": [
                    {
                        "kind": "places",
                        "title": "Äijälä hall",
                        "excerpt": "A <b>pool</b> & a sauna  ",
                        "language": "en",
                        "url": "http://testserver/places/hall/",
                    }
                ],
            }
        ]


def test_a_kind_stands_once():
    with pytest.raises(ValueError, match="stands twice"):
        searchable("places", "Places", queryset=Place.objects.filter, fields=("name",), url=str)


def test_what_has_no_texts_in_languages_is_found_too(client, db):
    organisation = OrganisationFactory(name="Hydrohex")
    refresh_index(at=NOW)

    assert organisation.get_absolute_url() in client.get("/search/?q=hydrohex").content.decode()
