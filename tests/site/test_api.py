import json
from datetime import UTC, datetime

import pytest
import schemathesis
from django.core.wsgi import get_wsgi_application
from django.test import Client
from hypothesis import HealthCheck, Phase, settings
from ninja.openapi.schema import OpenAPISchema
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    negative_data_rejection,
    response_schema_conformance,
    status_code_conformance,
)
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory

from vuoksi.base.people import actions
from vuoksi.base.people.registry import SCOPES
from vuoksi.site.api import api

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
SECRET = "vuoksi_for-tests"


@pytest.fixture
def program(one_connection):
    """A token with every scope."""
    return actions.create_token(
        user=UserFactory(),
        name="everything",
        scopes=list(SCOPES),
        secret=SECRET,
        expires_at=datetime(2999, 1, 1, tzinfo=UTC),
        at=AT,
    )


def described():
    """What the API says of itself, without its keys: the test shows a living token each time."""
    description = json.loads(json.dumps(api.get_openapi_schema(), default=str))
    description["components"].pop("securitySchemes")
    for methods in description["paths"].values():
        for operation in methods.values():
            operation.pop("security", None)
    return description


schema = schemathesis.openapi.from_dict(described())
schema.app = get_wsgi_application()
schema.config.generation.update(modes=[GenerationMode.POSITIVE, GenerationMode.NEGATIVE])


@schema.parametrize()
@settings(
    max_examples=10,
    derandomize=True,
    deadline=None,
    database=None,
    phases=[Phase.explicit, Phase.generate],
    suppress_health_check=list(HealthCheck),
)
def test_every_endpoint_keeps_its_word(case, db, program):
    response = case.call(headers={"Authorization": f"Bearer {SECRET}", "Host": "localhost"})
    case.validate_response(
        response,
        checks=[
            schemathesis.checks.not_a_server_error,
            status_code_conformance,
            response_schema_conformance,
            negative_data_rejection,
        ],
    )


def test_every_part_of_the_description_has_one_meaning(monkeypatch):
    """Parts are named after their classes: two of one name would describe only one of them."""
    meanings = {}

    def keep(self, definitions):
        for name, meaning in definitions.items():
            meanings.setdefault(name, set()).add(json.dumps(meaning, sort_keys=True, default=str))
        self.schemas.update(definitions)

    monkeypatch.setattr(OpenAPISchema, "add_schema_definitions", keep)
    api.get_openapi_schema()

    assert len(meanings) > 50
    assert {name: said for name, said in meanings.items() if len(said) > 1} == {}


@pytest.fixture
def client():
    return Client(SERVER_NAME="localhost")


def test_a_wrong_value_names_its_field(client, db):
    response = client.get("/api/organisations/", {"limit": "1000"})

    assert response.status_code == 422
    assert response.json() == {
        "detail": "What was sent has mistakes.",
        "errors": [{"field": "limit", "message": "Input should be less than or equal to 200"}],
    }


def test_nothing_there(client, db):
    response = client.get("/api/organisations/nowhere")

    assert response.status_code == 404
    assert response.json() == {"detail": "There is nothing here.", "errors": []}


@pytest.mark.parametrize(
    ("header", "words"),
    [
        ({}, "Send an API token in a header: Authorization: Bearer …"),
        ({"authorization": "Bearer nonsense"}, "This token is not known."),
    ],
)
def test_without_a_living_token_the_door_is_shut(client, db, header, words):
    response = client.get("/api/runs/", headers=header)

    assert (response.status_code, response["WWW-Authenticate"]) == (401, "Bearer")
    assert response.json() == {"detail": words, "errors": []}


def test_lists_come_in_pages(client, db):
    OrganisationFactory.create_batch(3)

    page = client.get("/api/organisations/", {"limit": 2, "offset": 1}).json()

    assert (page["count"], len(page["results"])) == (3, 2)
    assert page["previous"] == "http://localhost/api/organisations/?limit=2&offset=0"
    assert page["next"] is None


def test_the_address_of_the_api_leads_to_its_documentation(client, db):
    answer = client.get("/api/")

    assert (answer.status_code, answer["Location"]) == (302, "/api/docs")


def test_the_documentation_needs_no_script(client, db):
    page = client.get("/api/docs")

    assert page.status_code == 200
    assert b"GET /api/organisations/" in page.content
    assert b"cdn" not in page.content


def test_every_operation_that_asks_for_a_token_says_which_scope_it_needs(client, db):
    paths = client.get("/api/openapi.json").json()["paths"]
    guarded = {
        f"{method.upper()} {path}": said
        for path, methods in paths.items()
        for method, said in methods.items()
        if "security" in said
    }

    assert sorted(name for name in guarded if not name.startswith("GET")) == [
        "POST /api/calls/{slug}/entries",
        "POST /api/entries/{key}/files",
        "POST /api/entries/{key}/submit",
        "POST /api/experiments/{slug}/measurements",
        "POST /api/indicators/{key}/observations/",
        "POST /api/testbeds/bookings/{key}/withdraw",
        "POST /api/testbeds/offerings/{key}/bookings",
    ]
    for said in guarded.values():
        assert said["description"].endswith(f"Needs a token with the scope `{said['x-scope']}`.")


def test_our_own_page_says_the_scope_once_and_in_the_readers_language(client, db):
    page = client.get("/api/docs", headers={"accept-language": "en"}).content.decode()

    assert page.count("Needs a token with the scope entries:write.") == 3
    assert "`entries:write`" not in page
