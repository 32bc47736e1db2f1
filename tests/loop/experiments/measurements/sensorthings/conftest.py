import json
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import person_with

from vuoksi.base.people.actions import create_token
from vuoksi.base.people.models import Role
from vuoksi.base.people.tokens import new_secret

ROOT = "/sta/v1.1"


@pytest.fixture(autouse=True)
def _own_series(settings, tmp_path):
    settings.SERIES_ROOT = tmp_path / "series"


@pytest.fixture
def experiment(db):
    return ExperimentFactory(state="running", design="two_groups", slug="poles")


class Program:
    """A client with a token."""

    def __init__(self, client, user, *scopes):
        at, self.secret, self.client = timezone.now(), new_secret(), client
        create_token(
            user=user, name="pole", scopes=scopes, secret=self.secret,
            expires_at=at + timedelta(days=1), at=at,
        )  # fmt: skip

    def get(self, path):
        return self.client.get(f"{ROOT}/{path}", headers={"Authorization": f"Bearer {self.secret}"})

    def post(self, path, body):
        text = body if isinstance(body, str) else json.dumps(body)
        return self.client.post(
            f"{ROOT}/{path}", text, content_type="application/json",
            headers={"Authorization": f"Bearer {self.secret}"},
        )  # fmt: skip


@pytest.fixture
def program(client, experiment):
    return Program(client, person_with(Role.STAFF), "measurements:write", "read")


@pytest.fixture
def pole(program):
    """A thing with all that hangs on it, made in one request; gives the datastream as JSON."""
    thing = program.post("Things", THING).json()
    return program.get(f"Things({thing['@iot.id']})/Datastreams").json()["value"][0]


def given(client, path):
    response = client.get(f"{ROOT}/{path}")
    assert response.status_code == 200, response.content
    return response.json()


MEASUREMENT = "http://www.opengis.net/def/observationType/OGC-OM/2.0/OM_Measurement"
DATASTREAM = {
    "name": "Air at pole 1",
    "description": "Temperature, every minute",
    "observationType": MEASUREMENT,
    "unitOfMeasurement": {"name": "degree Celsius", "symbol": "°C", "definition": "ucum:Cel"},
    "Sensor": {
        "name": "DHT22",
        "description": "A thermometer",
        "encodingType": "text/html",
        "metadata": "https://example.org/dht22",
    },
    "ObservedProperty": {
        "name": "Air temperature",
        "description": "At two metres",
        "definition": "https://example.org/air-temperature",
    },
}
THING = {
    "name": "Pole 1",
    "description": "A smart pole",
    "properties": {"experiment": "poles", "height_m": 6, "O'Brien": "it's"},
    "Locations": [
        {
            "name": "By the tram stop",
            "description": "North side",
            "encodingType": "application/geo+json",
            "location": {"type": "Point", "coordinates": [24.82, 60.18]},
        }
    ],
    "Datastreams": [DATASTREAM],
}
