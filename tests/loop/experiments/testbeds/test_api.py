"""Testbeds for programs: what is free, and bookings with a token that go through the same rules."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from django.contrib.contenttypes.models import ContentType
from django.utils import timezone
from tests.factories.calls import member_of
from tests.factories.experiments import ExperimentFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.testbeds import BookingFactory, OfferingFactory, TestbedFactory

from vuoksi.base.people.actions import create_token
from vuoksi.base.people.tokens import new_secret
from vuoksi.base.places.models import Place
from vuoksi.loop.experiments.testbeds.models import Booking, Offering, Testbed

pytestmark = pytest.mark.django_db

COUNTS = pytest.mark.parametrize("count", [1, 3])


@pytest.fixture(autouse=True)
def known_kinds(db):
    """Django asks for a content type once and remembers it: not a query of the endpoint."""
    ContentType.objects.get_for_models(Offering, Place, Testbed)


def day(ahead):
    return (timezone.localdate() + timedelta(days=ahead)).isoformat()


def bearer(person, *scopes):
    now = timezone.now()
    secret = new_secret()
    create_token(
        user=person,
        name="test",
        scopes=scopes or ("bookings:write", "read"),
        secret=secret,
        expires_at=now + timedelta(days=1),
        at=now,
    )
    return {"authorization": f"Bearer {secret}"}


def post(client, address, body=None, **more):
    return client.post(
        f"/api/testbeds/{address}", json.dumps(body or {}), content_type="application/json", **more
    )


@pytest.fixture
def partner():
    return OrganisationFactory(kind="company")


@pytest.fixture
def experiment(partner):
    row = ExperimentFactory()
    row.partners.add(partner)
    return row


@pytest.fixture
def offering():
    return OfferingFactory(weekdays="1234567", units=1)


def wanted(experiment, partner, slot, **more):
    return {
        "key": str(uuid4()),
        "experiment": experiment.slug,
        "organisation": partner.slug,
        "first": slot["start"],
        "last": slot["start"],
        "purpose": "Cameras",
        **more,
    }


def slots(client, offering, **asked):
    answer = client.get(f"/api/testbeds/offerings/{offering.pk}/slots", asked)
    assert answer.status_code == 200
    return answer.json()


@COUNTS
def test_testbeds_with_what_they_offer(client, django_assert_num_queries, count):
    for number in range(count):
        OfferingFactory(testbed__place__slug=f"place-{number}x", title="Poles")
    TestbedFactory(state="draft")
    with django_assert_num_queries(3):
        answer = client.get("/api/testbeds/").json()
    assert answer["count"] == count
    first = answer["results"][0]
    assert (first["slug"], first["state"]) == ("place-0x", "published")
    assert [(one["title"], one["weekdays"]) for one in first["offerings"]] == [
        ("Poles", [1, 2, 3, 4, 5])
    ]
    assert client.get("/api/testbeds/place-0x").json() == first


@COUNTS
def test_what_is_offered(client, django_assert_num_queries, count):
    rows = [OfferingFactory() for _ in range(count)]
    OfferingFactory(is_offered=False)
    OfferingFactory(testbed__state="draft")
    with django_assert_num_queries(2):
        answer = client.get("/api/testbeds/offerings/").json()
    assert [(one["id"], one["testbed"]) for one in answer["results"]] == [
        (row.pk, row.testbed.place.slug) for row in rows
    ]


@COUNTS
def test_our_bookings(client, partner, query_count, count):
    rows = [BookingFactory(organisation=partner, days=n + 1) for n in range(count)]
    BookingFactory()
    headers = bearer(member_of(partner))
    with query_count() as counted:
        answer = client.get("/api/testbeds/bookings/", headers=headers).json()
    assert [one["key"] for one in answer["results"]] == [str(row.key) for row in rows[::-1]]
    assert len(counted) == 7
    assert client.get("/api/testbeds/bookings/").status_code == 401


def test_what_is_not_there(client):
    draft = OfferingFactory(testbed__state="draft")
    hidden = OfferingFactory(is_offered=False)
    for path in (
        "nowhere",
        draft.testbed.place.slug,
        f"offerings/{draft.pk}/slots",
        f"offerings/{hidden.pk}/slots",
    ):
        assert client.get(f"/api/testbeds/{path}").status_code == 404


def test_what_is_free(client, offering):
    found = slots(client, offering, first=day(1), last=day(3))
    assert [(one["free"], one["units"], one["is_open"]) for one in found] == [(1, 1, True)] * 3
    assert len(slots(client, offering)) == 14
    assert not slots(client, offering, first=day(-2), last=day(-1))[0]["is_open"]


@pytest.mark.parametrize(
    ("asked", "field"),
    [
        ({"first": day(3), "last": day(1)}, "first"),
        ({"first": day(1), "last": day(63)}, "last"),
        ({"first": "9999-12-31"}, "first"),
        ({"first": "0001-01-01"}, "first"),
        ({"first": "tomorrow"}, "first"),
    ],
)
def test_days_that_make_no_sense_are_refused(client, offering, asked, field):
    answer = client.get(f"/api/testbeds/offerings/{offering.pk}/slots", asked)
    assert answer.status_code == 422
    assert [error["field"] for error in answer.json()["errors"]] == [field]


@COUNTS
def test_what_is_booked_tells_no_more_than_that(client, django_assert_num_queries, count):
    testbed = TestbedFactory()
    for number in range(count):
        BookingFactory(offering__testbed=testbed, days=number + 1)
    with django_assert_num_queries(3):
        answer = client.get(f"/api/testbeds/{testbed.place.slug}/booked").json()
    assert [set(row) for row in answer["results"]] == [{"offering", "unit", "start", "end"}] * count


def test_a_booking_is_asked_for_read_and_withdrawn(client, experiment, partner, offering):
    headers = bearer(member_of(partner))
    slot = slots(client, offering, first=day(2))[0]
    body = wanted(experiment, partner, slot)
    made = post(client, f"offerings/{offering.pk}/bookings", body, headers=headers)
    assert (made.status_code, made.json()["state"]) == (200, "requested")
    # A retry is safe.
    assert post(client, f"offerings/{offering.pk}/bookings", body, headers=headers).json() == (
        made.json()
    )
    read = client.get(f"/api/testbeds/bookings/{body['key']}", headers=headers)
    assert read.json() == made.json()
    gone = post(client, f"bookings/{body['key']}/withdraw", headers=headers)
    assert (gone.json()["state"], Booking.objects.get().slots.count()) == ("withdrawn", 0)


def test_the_loser_is_told_what_is_free_near_by(client, experiment, partner, offering):
    headers = bearer(member_of(partner))
    first, second, *_more = slots(client, offering, first=day(2))
    address = f"offerings/{offering.pk}/bookings"
    post(client, address, wanted(experiment, partner, first), headers=headers)
    answer = post(client, address, wanted(experiment, partner, first), headers=headers)
    said = answer.json()
    assert (answer.status_code, said["detail"]) == (
        409,
        "No unit is free for the whole of this time.",
    )
    starts = [error["message"].split("/")[0] for error in said["errors"]]
    assert second["start"].replace("Z", "+00:00") in starts


def test_mistakes_name_their_field(client, experiment, partner, offering):
    headers = bearer(member_of(partner))
    slot = slots(client, offering, first=day(2))[0]
    body = wanted(experiment, partner, slot, units=2)
    answer = post(client, f"offerings/{offering.pk}/bookings", body, headers=headers)
    assert (answer.status_code, answer.json()["errors"][0]["field"]) == (422, "units")


def test_nobody_books_for_others(client, experiment, partner, offering):
    slot = slots(client, offering, first=day(2))[0]
    address, body = f"offerings/{offering.pk}/bookings", wanted(experiment, partner, slot)
    assert post(client, address, body).status_code == 401
    reader = bearer(member_of(partner), "read")
    assert post(client, address, body, headers=reader).status_code == 403
    stranger = bearer(UserFactory())
    assert post(client, address, body, headers=stranger).status_code == 404
    colleague = bearer(member_of(partner))
    other = {**body, "organisation": experiment.owner.slug}
    assert post(client, address, other, headers=colleague).status_code == 403
    assert Booking.objects.count() == 0


def test_the_booking_of_others_is_not_there(client):
    key = BookingFactory().key
    stranger = bearer(UserFactory())
    assert client.get(f"/api/testbeds/bookings/{key}", headers=stranger).status_code == 404
    assert post(client, f"bookings/{key}/withdraw", headers=stranger).status_code == 404
    assert client.get(f"/api/testbeds/bookings/{uuid4()}", headers=stranger).status_code == 404
