import pytest
from django.test import Client, RequestFactory
from django.urls import path
from ninja import NinjaAPI, Schema

from vuoksi.base.lists.paging import Paging, paginated
from vuoksi.base.organisations.models import Organisation

api = NinjaAPI(urls_namespace="paging")


pytestmark = pytest.mark.urls(__name__)


class Number(Schema):
    value: int


@api.get("/numbers", response=list[Number])
@paginated
def numbers(request):
    return [Number(value=value) for value in range(5)]


urlpatterns = [path("api/", api.urls)]


def get(query):
    return Client().get(f"/api/numbers{query}")


def test_pages_lead_to_each_other():
    answer = get("?limit=2&offset=2").json()
    assert answer == {
        "count": 5,
        "next": "http://testserver/api/numbers?limit=2&offset=4",
        "previous": "http://testserver/api/numbers?limit=2&offset=0",
        "results": [{"value": 2}, {"value": 3}],
    }


def test_one_page_leads_nowhere():
    answer = get("").json()
    assert (answer["count"], answer["next"], answer["previous"]) == (5, None, None)


@pytest.mark.parametrize("query", ["?limit=201", "?limit=0", "?offset=-1", f"?offset={2**63}"])
def test_limits_are_kept(query):
    assert get(query).status_code == 422


@pytest.mark.django_db
def test_rows_without_an_order_get_one():
    for number in range(3):
        Organisation.objects.create(slug=f"o{number}", name="x", kind="company")
    request = RequestFactory().get("/o")
    page = Paging().paginate_queryset(
        Organisation.objects.all(), Paging.Input(limit=2, offset=1), request
    )
    assert [row.slug for row in page["results"]] == ["o1", "o2"]
