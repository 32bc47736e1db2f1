"""Every endpoint in a city with rows, as those who have something to see: what it says fits what it promised."""

import re
from collections import defaultdict
from datetime import UTC, datetime

import pytest
import schemathesis
from django.apps import apps
from django.core.wsgi import get_wsgi_application
from django.db import transaction
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import response_schema_conformance, status_code_conformance
from tests.site.test_api import described

from vuoksi.base.people import actions
from vuoksi.base.people.models import User
from vuoksi.base.people.registry import SCOPES
from vuoksi.base.runs.models import Run
from vuoksi.site.demo import load
from vuoksi.site.demo.people import ACCOUNTS

AT = datetime(2026, 5, 4, 12, tzinfo=UTC)
ROLES = ("coordinator", "reviewer")
EXAMPLES = 12
# Of each address with a key: the model of what stands there, and the field that is the key. The longest one counts.
THINGS = {
    "/api/experiments/{slug}/sample-size": ("experiments.SampleSize", "experiment__slug"),
    "/api/calls/": ("calls.Call", "slug"),
    "/api/decisions/": ("decisions.Decision", "slug"),
    "/api/entries/": ("calls.Entry", "pk"),
    "/api/experiments/": ("experiments.Experiment", "slug"),
    "/api/indicators/": ("indicators.Indicator", "key"),
    "/api/organisations/": ("organisations.Organisation", "slug"),
    "/api/panels/": ("juries.Panel", "pk"),
    "/api/places/": ("places.Place", "slug"),
    "/api/questions/": ("experiments.Question", "slug"),
    "/api/recruitments/": ("participants.Recruitment", "experiment__slug"),
    "/api/runs/": ("runs.Run", "pk"),
    "/api/strategy/stories/": ("strategy.Story", "slug"),
    "/api/testbeds/bookings/": ("testbeds.Booking", "key"),
    "/api/testbeds/offerings/": ("testbeds.Offering", "pk"),
    "/api/testbeds/": ("testbeds.Testbed", "place__slug"),
}

schema = schemathesis.openapi.from_dict(described())
schema.app = get_wsgi_application()
schema.config.generation.update(modes=[GenerationMode.POSITIVE])


def keys_at(path):
    """Keys of what stands at an address with a key."""
    place = max((each for each in THINGS if path.startswith(each)), key=len)
    label, field = THINGS[place]
    keys = apps.get_model(label).objects.order_by("pk").values_list(field, flat=True)[:40]
    return [key if isinstance(key, int) else str(key) for key in keys]


@pytest.fixture
def city(db):
    """The demo city, with a run of its coordinator."""
    load.everything()
    people = {one.role.value: User.objects.get(email=one.email) for one in ACCOUNTS}
    Run.objects.create(
        kind="experiments.analyse", owner=people["coordinator"], problem={}, engine_version="1",
        created_at=AT,
    )  # fmt: skip
    return people


def token_of(person):
    secret = f"vuoksi_for-{person.pk}"
    living = datetime(2999, 1, 1, tzinfo=UTC)
    actions.create_token(
        user=person, name="all", scopes=list(SCOPES), secret=secret, expires_at=living, at=AT
    )
    return {"Authorization": f"Bearer {secret}", "Host": "localhost"}


def operations():
    return [found.ok() for found in schema.get_all_operations()]


@pytest.mark.walks
def test_every_endpoint_keeps_its_word_where_there_is_something_to_see(city, one_connection):
    keyed = [each.path for each in operations() if "{" in each.path]
    assert [path for path in keyed if not keys_at(path)] == []
    seen = defaultdict(set)
    for role in ROLES:
        headers = token_of(city[role])
        for operation in operations():
            seen[operation.label] |= answers(operation, headers)
    # Whoever reads finds something at every address. Made-up bodies are refused, in the form that is promised.
    assert [label for label in seen if label.startswith("GET") and 200 not in seen[label]] == []


def answers(operation, headers):
    """The status codes of some requests, each judged by what the description promises."""
    keys, codes = keys_at(operation.path) if "{" in operation.path else [], set()
    name = next(iter(re.findall(r"{(\w+)}", operation.path)), None)

    @settings(
        max_examples=EXAMPLES, derandomize=True, deadline=None, database=None,
        phases=[Phase.generate], suppress_health_check=list(HealthCheck),
    )  # fmt: skip
    @given(case=operation.as_strategy(), key=st.sampled_from(keys or [None]))
    def ask(case, key):
        if name is not None:
            case.path_parameters = {name: key}
        # What one request writes is undone, so that all meet the same city.
        with transaction.atomic():
            response = case.call(headers=headers)
            transaction.set_rollback(True)
        codes.add(response.status_code)
        case.validate_response(
            response,
            checks=[
                schemathesis.checks.not_a_server_error,
                status_code_conformance,
                response_schema_conformance,
            ],
        )

    ask()
    return codes
