"""The SensorThings door: what is made, read and refused."""

import base64
from datetime import timedelta

import pytest
from django.utils import timezone
from tests.factories.organisations import MembershipFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.sensing import DatastreamFactory, ThingFactory
from tests.loop.experiments.measurements.sensorthings.conftest import (
    DATASTREAM,
    ROOT,
    THING,
    Program,
    given,
)

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import ApiToken, Role
from vuoksi.base.series.models import Batch
from vuoksi.loop.experiments.measurements.models import (
    Datastream,
    FeatureOfInterest,
    Location,
    ObservedProperty,
    Sensor,
    Thing,
)

pytestmark = pytest.mark.django_db
AGO = timezone.now() - timedelta(days=1)


def observe(program, stream, *pairs):
    """Send results at times in minutes of one hour."""
    body = [
        {
            "Datastream": {"@iot.id": stream["@iot.id"]},
            "components": ["phenomenonTime", "result"],
            "dataArray": [[f"2026-05-04T12:{minute:02}:00Z", result] for minute, result in pairs],
        }
    ]
    response = program.post("CreateObservations", body)
    assert response.status_code == 201, response.content
    return response.json()


def results(client, path):
    return [row["result"] for row in given(client, path)["value"]]


def test_the_root_names_every_set(client):
    root = given(client, "")
    assert [one["name"] for one in root["value"]] == [
        "Things", "Locations", "Datastreams", "Sensors", "ObservedProperties", "FeaturesOfInterest", "Observations",
    ]  # fmt: skip
    for one in root["value"]:
        assert client.get(one["url"]).json() == {"value": []}


def test_a_thing_comes_with_all_that_is_written_inside(program, client, experiment):
    response = program.post("Things", THING)
    assert response.status_code == 201
    thing = Thing.objects.get()
    assert response.headers["Location"] == f"http://testserver{ROOT}/Things({thing.pk})"
    assert response.json() == {
        "@iot.id": thing.pk,
        "@iot.selfLink": response.headers["Location"],
        "name": "Pole 1",
        "description": "A smart pole",
        "properties": THING["properties"],
        "Locations@iot.navigationLink": f"{response.headers['Location']}/Locations",
        "Datastreams@iot.navigationLink": f"{response.headers['Location']}/Datastreams",
    }
    stream = Datastream.objects.get()
    assert (stream.thing, stream.sensor, stream.observed_property, stream.experiment) == (
        thing,
        Sensor.objects.get(),
        ObservedProperty.objects.get(),
        experiment,
    )
    assert list(thing.locations.all()) == [Location.objects.get()]
    entry = AuditEntry.objects.get(verb="experiments.connect")
    assert entry.details == {"experiment": "poles"}


def test_what_is_there_is_linked_by_its_id(program, client, pole):
    ids = {
        name: {"@iot.id": given(client, f"Datastreams({pole['@iot.id']})/{name}")["@iot.id"]}
        for name in ("Sensor", "ObservedProperty", "Thing")
    }
    second = program.post("Datastreams", {**DATASTREAM, **ids, "name": "Second"})
    assert second.status_code == 201, second.content
    third = program.post(
        f"Things({ids['Thing']['@iot.id']})/Datastreams",
        {**DATASTREAM, "Sensor": ids["Sensor"], "name": "Third"},
    )
    assert third.status_code == 201, third.content
    place = program.post(
        f"Things({ids['Thing']['@iot.id']})/Locations",
        {"name": "New", "description": "", "encodingType": "x", "location": {"type": "Point"}},
    )
    assert place.status_code == 201, place.content
    sensor = given(client, f"Sensors({ids['Sensor']['@iot.id']})/Datastreams?$select=name")
    assert sensor == {"value": [{"name": n} for n in ("Air at pole 1", "Second", "Third")]}
    assert len(given(client, f"Things({ids['Thing']['@iot.id']})/Locations")["value"]) == 2


def test_an_observation_is_made_once_however_often_it_is_sent(program, client, pole):
    body = {
        "phenomenonTime": "2026-05-04T15:00:00+03:00",
        "resultTime": "2026-05-04T12:00:01Z",
        "result": 21.5,
        "Datastream": {"@iot.id": pole["@iot.id"]},
        "resultQuality": "good",
        "validTime": "2026-05-04T12:00:00Z/2026-05-04T13:00:00Z",
        "parameters": {"fan": "on"},
    }
    first, again = program.post("Observations", body), program.post("Observations", body)
    assert (first.status_code, again.status_code) == (201, 201)
    assert first.headers["Location"] == again.headers["Location"]
    found = client.get(first.headers["Location"]).json()
    key = f"{pole['@iot.id']}-1777896000000000"
    assert {name: value for name, value in found.items() if "Link" not in name} == {
        "@iot.id": key,
        "phenomenonTime": "2026-05-04T12:00:00.000Z",
        "resultTime": "2026-05-04T12:00:01.000Z",
        "result": 21.5,
        "resultQuality": "good",
        "validTime": "2026-05-04T12:00:00.000Z/2026-05-04T13:00:00.000Z",
        "parameters": {"fan": "on"},
    }
    assert given(client, "Observations?$count=true")["@iot.count"] == 1
    other = program.post("Observations", {**body, "result": 3})
    assert (other.status_code, other.json()["code"]) == (409, 409)
    assert Batch.objects.get().sender.startswith("token vuoksi_")


def test_an_observation_without_a_time_was_made_when_it_came(program, client, pole):
    before = timezone.now()
    made = program.post(f"Datastreams({pole['@iot.id']})/Observations", {"result": True}).json()
    assert made["result"] is True
    assert abs(timezone.datetime.fromisoformat(made["phenomenonTime"]) - before) < timedelta(
        minutes=1
    )


def test_an_observation_is_about_the_place_of_its_thing(program, client, pole):
    observe(program, pole, (0, 1), (1, 2))
    feature = FeatureOfInterest.objects.get()
    shown = given(client, "Observations?$expand=FeatureOfInterest($select=name,feature)&$top=1")
    assert shown["value"][0]["FeatureOfInterest"] == {
        "name": "By the tram stop",
        "feature": {"type": "Point", "coordinates": [24.82, 60.18]},
    }
    assert results(client, f"FeaturesOfInterest({feature.pk})/Observations") == [1, 2]


def test_an_array_answers_for_each_observation(program, client, pole):
    links = observe(program, pole, (0, 20.5), (1, "warm"), (2, None), (0, 20.5), (0, 7), (61, 1))
    first = f"http://testserver{ROOT}/Observations('{pole['@iot.id']}-1777896000000000')"
    assert (links[0], links[3], links[4], links[5]) == (first, first, "error", "error")
    assert client.get(links[1]).json()["result"] == "warm"
    assert results(client, "Observations") == [20.5, "warm", None]
    body = [
        {"Datastream": {"@iot.id": 999}, "components": ["result"], "dataArray": [[1]]},
        {
            "Datastream": {"@iot.id": pole["@iot.id"]},
            "components": ["phenomenonTime", "result", "FeatureOfInterest/id"],
            "dataArray": [["2026-05-04T13:00:00Z", 5, FeatureOfInterest.objects.get().pk], ["2026-05-04T14:00:00Z"]],
        },
    ]  # fmt: skip
    assert [link == "error" for link in program.post("CreateObservations", body).json()] == [
        True,
        False,
        True,
    ]


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("$filter=result gt 2", [3, 4]),
        ("$filter=not result gt 2", [0, 1, 2, "off"]),
        ("$filter=2 le result and result lt 4", [2, 3]),
        ("$filter=result eq 1 or result eq 'off'", [1, "off"]),
        ("$filter=result ne 'off'", [0, 1, 2, 3, 4]),
        ("$filter=phenomenonTime ge 2026-05-04T12:03:00Z", [3, 4, "off"]),
        ("$filter=phenomenonTime eq 2026-05-04T15:03:00%2B03:00", [3]),
        ("$filter=resultTime eq null", [0, 1, 2, 3, 4, "off"]),
        ("$filter=resultTime lt 2026-05-04T12:03:00Z", []),
        ("$filter=id eq 'STREAM-1777896060000000'", [1]),
        ("$filter=id ne 'STREAM-1777896060000000'", [0, 2, 3, 4, "off"]),
        ("$filter=Datastream/id eq STREAM and result eq 0", [0]),
        ("$filter=Datastream/name eq 'nothing'", []),
        ("$filter=startswith(Datastream/Thing/name,'Pole') and result lt 1", [0]),
        ("$filter=result mul 2 add 1 ge 7", [3, 4]),
        ("$filter=result mod 2 eq 1", [1, 3]),
        ("$filter=result div 2 eq 1.5", [3]),
        ("$filter=round(result div 2) eq 2 or floor(result div 3) eq 1", [3, 4]),
        ("$filter=ceiling(result sub 0.5) lt 1", [0]),
        ("$filter=minute(phenomenonTime) lt 2 and year(phenomenonTime) eq 2026", [0, 1]),
        (
            "$filter=date(phenomenonTime) eq 2026-05-04 and hour(phenomenonTime) eq 12 and result gt 3",
            [4],
        ),
        ("$filter=month(phenomenonTime) eq 5 and day(phenomenonTime) eq 5", []),
        (
            "$filter=fractionalseconds(phenomenonTime) eq 0 and second(phenomenonTime) eq 0 and result eq 0",
            [0],
        ),
        ("$filter=phenomenonTime gt 2026-05-04T13:04:00Z sub duration'PT1H'", ["off"]),
        ("$filter=phenomenonTime add duration'PT1H' gt 2026-05-04T13:04:00Z", ["off"]),
        ("$filter=phenomenonTime sub 2026-05-04T12:00:00Z ge duration'PT4M'", [4, "off"]),
        ("$filter=phenomenonTime gt now() sub duration'PT1H'", []),
        ("$filter=resultTime ge phenomenonTime", []),
        ("$filter=result sub result eq 0 and result le 1", [0, 1]),
        ("$filter=startswith(result,'o') or endswith(result,'x')", ["off"]),
        (
            "$filter=endswith(result,'f') and substringof('ff',result) and contains(result,'f')",
            ["off"],
        ),
        ("$orderby=Datastream/id desc,result desc&$top=2", [4, 3]),
        ("$orderby=phenomenonTime desc&$top=2", ["off", 4]),
        ("$orderby=result desc,phenomenonTime&$top=2&$skip=1", [3, 2]),
    ],
)
def test_observations_are_filtered_ordered_and_cut(program, client, pole, asked, expected):
    observe(program, pole, *((minute, minute) for minute in range(5)), (5, "off"))
    assert (
        results(client, f"Observations?{asked.replace('STREAM', str(pole['@iot.id']))}") == expected
    )


@pytest.mark.parametrize(
    ("asked", "expected"),
    [
        ("$filter=name eq 'Pole 1'", ["Pole 1"]),
        ("$filter=id gt 0 and not (name eq 'Pole 1')", ["Pole 2", "Rock"]),
        ("$filter=substringof('ol', name)&$orderby=name desc", ["Pole 2", "Pole 1"]),
        ("$filter=endswith(name,'k')", ["Rock"]),
        ("$filter=properties/height_m eq 6", ["Pole 1"]),
        ("$filter=properties/experiment eq 'poles' and name ge 'Pole 2'", ["Pole 2", "Rock"]),
        ("$filter=Datastreams/Sensor/name eq 'DHT22'", ["Pole 1"]),
        ("$filter=description eq null", []),
        ("$filter=contains(name,'ol') and id gt 0", ["Pole 1", "Pole 2"]),
        ("$filter=tolower(name) eq 'pole 1' or toupper(name) eq 'ROCK'", ["Pole 1", "Rock"]),
        ("$filter=startswith(tolower(name),'p')", ["Pole 1", "Pole 2"]),
        ("$filter=endswith(concat(name,'!'),'2!')", ["Pole 2"]),
        ("$filter=length(name) eq 4 and length(trim(name)) lt 5", ["Rock"]),
        ("$filter=indexof(name,'ck') eq 2", ["Rock"]),
        ("$filter=substring(name,1) eq 'ock' or substring(name,0,4) ne 'Pole'", ["Rock"]),
        ("$filter=name ne description and id eq id", ["Pole 1", "Pole 2", "Rock"]),
        ("$filter=tolower(Datastreams/Sensor/name) eq 'dht22'", ["Pole 1"]),
        ("$skip=1&$top=1", ["Pole 2"]),
        ("$filter=length(name) eq 'four'", 400),
        ("$filter=tolower(id) eq 'x'", 400),
        ("$filter=substring(name,-1) eq 'x'", 400),
        ("$filter=substring(name,'a') eq 'x'", 400),
        ("$filter=tolower(name) eq null", 400),
        ("$filter=name gt duration'P1D'", 400),
        ("$filter=properties/height_m mul 2 gt 1", 501),
        ("$filter=tolower(properties/owner) eq 'x'", 501),
        ("$filter=year(name) eq 2026", 501),
        ("$filter=geo.distance(location,geography'POINT(1 2)') lt 5", 501),
        ("$filter=properties/height_m eq 1e999", 400),
        ("$filter=id eq 9999999999999999999999", []),
        ("$orderby=Datastreams/name", 400),
        ("$filter=properties/O'Brien eq 1", 400),
        ("$filter=properties/regex eq '(a+)+$'", 400),
        ("$filter=password eq 'x'", 400),
        ("$filter=experiment__created_by__password gt 'a'", 400),
        ("$filter=name eq 2026-05-04T12:00:00Z", 400),
        ("$filter=id eq 'one'", 400),
        ("$filter=name gt null", 400),
        ("$filter=Datastreams/Observations/result gt 1", 400),
        ("$filter=name eq", 400),
        ("$orderby=secret", 400),
        ("$expand=Owner", 400),
        ("$select=secret", 400),
        ("$top=-1", 400),
        ("$where=1", 400),
        ("$filter=name eq '%00'", 400),
    ],
)  # fmt: skip
def test_entities_are_filtered_ordered_and_cut(program, client, pole, asked, expected):
    for name in ("Pole 2", "Rock"):
        program.post(
            "Things", {"name": name, "description": "", "properties": {"experiment": "poles"}}
        )
    response = client.get(f"{ROOT}/Things?{asked}")
    if isinstance(expected, int):
        assert response.status_code == expected
        assert sorted(response.json()) == ["code", "message", "type"]
    else:
        assert [row["name"] for row in response.json()["value"]] == expected


def test_what_is_linked_is_expanded_two_levels_deep(program, client, pole):
    observe(program, pole, *((minute, minute) for minute in range(3)))
    asked = (
        "Things?$select=name&$expand=Locations($select=name),"
        "Datastreams($select=name;$count=true;$expand=Observations($select=result;$top=2;$orderby=phenomenonTime desc;$count=true),Sensor($select=name))"
    )
    stream = {
        "name": "Air at pole 1",
        "Sensor": {"name": "DHT22"},
        "Observations": [{"result": 2}, {"result": 1}],
        "Observations@iot.count": 3,
        "Observations@iot.nextLink": f"http://testserver{ROOT}/Datastreams({pole['@iot.id']})/Observations"
        "?$select=result&$top=2&$orderby=phenomenonTime%20desc&$count=true&$skip=2",
    }
    assert given(client, asked)["value"] == [
        {
            "name": "Pole 1",
            "Locations": [{"name": "By the tram stop"}],
            "Datastreams": [stream],
            "Datastreams@iot.count": 1,
        }
    ]
    up = given(client, "Observations?$top=1&$select=result&$expand=Datastream/Thing")["value"][0]
    assert up["Datastream"]["Thing"]["name"] == "Pole 1"


def test_the_next_link_leads_through_every_row_once(program, client, pole):
    observe(program, pole, *((minute, minute) for minute in range(7)))
    found, link = [], f"{ROOT}/Observations?$top=3&$filter=result ge 0&$count=true"
    while link:
        page = client.get(link).json()
        assert page["@iot.count"] == 7
        found += [row["result"] for row in page["value"]]
        link = page.get("@iot.nextLink")
    assert found == list(range(7))


def test_a_property_is_read_alone(program, client, pole):
    stream = f"Datastreams({pole['@iot.id']})"
    assert given(client, f"{stream}/name") == {"name": "Air at pole 1"}
    assert client.get(f"{ROOT}/{stream}/name/$value").content == b"Air at pole 1"
    assert given(client, f"{stream}/unitOfMeasurement")["unitOfMeasurement"]["symbol"] == "°C"
    assert given(client, f"{stream}/unitOfMeasurement/symbol") == {"symbol": "°C"}
    assert client.get(f"{ROOT}/{stream}/unitOfMeasurement/symbol/$value").content == "°C".encode()
    assert client.get(f"{ROOT}/{stream}/unitOfMeasurement/colour").status_code == 404
    assert client.get(f"{ROOT}/{stream}/observedArea/$value").status_code == 204
    made = observe(program, pole, (0, 4))
    assert client.get(f"{made[0]}/result/$value").content == b"4"
    assert given(client, "Datastreams/$ref") == {
        "value": [{"@iot.selfLink": pole["@iot.selfLink"]}]
    }
    assert given(client, "Observations/$ref") == {"value": [{"@iot.selfLink": made[0]}]}
    observe(program, pole, (1, 5))
    page = given(client, "Observations/$ref?$top=1&$count=true&$orderby=result desc")
    assert page["@iot.count"] == 2
    assert client.get(page["@iot.nextLink"]).json()["value"] == [{"@iot.selfLink": made[0]}]


def test_observations_come_as_rows_of_arrays(program, client, pole):
    """The answer has the shape of what is sent: it may be sent again as it is."""
    observe(program, pole, (0, 20.5), (1, "warm"))
    page = given(client, "Observations?$resultFormat=dataArray&$count=true")
    key = f"{pole['@iot.id']}-17778960"
    assert page == {
        "@iot.count": 2,
        "value": [
            {
                "Datastream@iot.navigationLink": pole["@iot.selfLink"],
                "components": ["id", "phenomenonTime", "result", "resultTime"],
                "dataArray@iot.count": 2,
                "dataArray": [
                    [f"{key}00000000", "2026-05-04T12:00:00.000Z", 20.5, None],
                    [f"{key}60000000", "2026-05-04T12:01:00.000Z", "warm", None],
                ],
            }
        ],
    }
    asked = (
        f"Datastreams({pole['@iot.id']})/Observations?$resultFormat=dataArray&$select=result&$top=1"
    )
    page = given(client, asked)
    assert (page["value"][0]["components"], page["value"][0]["dataArray"]) == (["result"], [[20.5]])
    assert client.get(page["@iot.nextLink"]).json()["value"][0]["dataArray"] == [["warm"]]
    for wrong, status in (
        ("Things?$resultFormat=dataArray", 400),
        ("Observations?$resultFormat=dataArray&$select=secret", 400),
        ("Observations?$resultFormat=dataArray&$expand=Datastream", 501),
        ("Observations?$resultFormat=CSV", 501),
    ):
        assert client.get(f"{ROOT}/{wrong}").status_code == status


def test_who_asks_for_no_rows_is_led_nowhere(program, client, pole):
    observe(program, pole, (0, 1))
    assert given(client, "Observations?$top=0&$count=true") == {"@iot.count": 1, "value": []}
    page = given(client, "Datastreams?$expand=Observations($top=0;$count=true)")["value"][0]
    assert (page["Observations"], page["Observations@iot.count"]) == ([], 1)
    assert "Observations@iot.nextLink" not in page


def test_what_goes_on_inside_goes_on_as_it_was_asked(program, client, pole):
    observe(program, pole, *((minute, minute) for minute in range(5)))
    inside = "$filter=result lt 4;$orderby=result desc;$top=2;$select=result"
    page = given(client, f"Datastreams?$expand=Observations({inside})")["value"][0]
    assert page["Observations"] == [{"result": 3}, {"result": 2}]
    rest = client.get(page["Observations@iot.nextLink"]).json()
    assert rest == {"value": [{"result": 1}, {"result": 0}]}


def test_observations_come_with_their_datastream(program, client, experiment):
    observed = [{"phenomenonTime": f"2026-05-04T12:0{n}:00Z", "result": n} for n in range(2)]
    thing = {**THING, "Datastreams": [{**DATASTREAM, "Observations": observed}]}
    assert program.post("Things", thing).status_code == 201
    stream = Datastream.objects.get()
    assert results(client, f"Datastreams({stream.pk})/Observations") == [0, 1]
    assert Batch.objects.get().sender.startswith("token vuoksi_")


def test_a_plan_takes_no_observations_with_its_datastream(program, client, experiment):
    """All or nothing: where observations are refused, the datastream that came with them is not made either."""
    type(experiment).objects.update(state="draft")
    thing = {**THING, "Datastreams": [{**DATASTREAM, "Observations": [{"result": 1}]}]}
    assert program.post("Things", thing).status_code == 403
    assert (Thing.objects.count(), Datastream.objects.count()) == (0, 0)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("Things(999)", 404),
        ("Things('x')", 404),
        ("Things(999)/Datastreams", 404),
        ("Observations('1-5')", 404),
        ("Observations('nonsense')", 400),
        ("Observations('1-99999999999999999999')", 400),
        ("Robots", 404),
        ("Things(1)/Robots", 404),
        ("HistoricalLocations", 501),
        ("MultiDatastreams", 501),
        ("Things/$count", 501),
        ("Things?$expand=HistoricalLocations", 501),
        ("Things?$search=x", 501),
        ("Things/Datastreams", 400),
        ("Things(1", 400),
        ("Things/name", 400),
    ],
)
def test_what_is_not_there_is_said(client, experiment, path, status):
    response = client.get(f"{ROOT}/{path}")
    assert (response.status_code, response.json()["code"]) == (status, status)


@pytest.mark.parametrize(
    ("path", "body", "words"),
    [
        ("Things", "{", "no JSON"),
        ("Things", '{"name": NaN}', "NaN"),
        ("Things", '{"name": "a\\u0000"}', "zero byte"),
        ("Things", '{"name": "a\\ud800", "description": ""}', "no JSON"),
        ("Things", [], "must be an object"),
        ("Things", {"description": "x"}, "name is missing"),
        ("Things", {"name": "x" * 201, "description": ""}, "name: Ensure"),
        ("Things", {"name": "x", "description": "", "properties": []}, "properties must be"),
        ("Things", {**THING, "properties": {"experiment": "nowhere"}}, "names no experiment"),
        ("Things", {**THING, "properties": {"experiment": ["poles"]}}, "names no experiment"),
        ("Things", {**THING, "properties": {"experiment": {"x": 1}}}, "names no experiment"),
        ("Things", {**THING, "Datastreams": [{**DATASTREAM, "Observations": 5}]}, "must be a list"),
        ("Things", {**THING, "Datastreams": [{**DATASTREAM, "Observations": [{"result": 1}, {"result": 2}]}]}, "the same phenomenonTime"),
        ("Datastreams", DATASTREAM, "Thing is missing"),
        ("Datastreams", {**DATASTREAM, "Thing": {"@iot.id": 999}}, "no such Thing"),
        ("Datastreams", {**DATASTREAM, "Thing": {"@iot.id": "1"}}, "whole number"),
        ("Observations", {"result": 1}, "Datastream must be"),
        ("Observations", {"result": 1, "Datastream": {"@iot.id": 999}}, "no such Datastream"),
        ("Observations", {"Datastream": {"@iot.id": 1}}, "result is missing"),
        ("Observations", {"result": 1, "phenomenonTime": "noon", "Datastream": {"@iot.id": 1}}, "no moment"),
        ("Observations", {"result": 1, "phenomenonTime": "2199-01-01T00:00:00Z", "Datastream": {"@iot.id": 1}}, "future"),
        ("Observations", '{"result": 1e999, "Datastream": {"@iot.id": 1}}', "too large"),
        ("CreateObservations", {}, "takes a list"),
        ("CreateObservations", [{}], "needs Datastream"),
        ("CreateObservations", [{"Datastream": {"@iot.id": 1}, "components": ["result"], "dataArray": 5}], "dataArray must be a list"),
        ("CreateObservations", [{"Datastream": {"@iot.id": 1}, "components": ["result"]}], "dataArray must be a list"),
        ("Things(1)", THING, "posted to a set"),
    ],
)  # fmt: skip
def test_what_is_wrong_is_said_and_nothing_is_made(program, experiment, path, body, words):
    response = program.post(path, body)
    assert (response.status_code, words in response.json()["message"]) == (400, True), (
        response.content
    )
    assert (Thing.objects.count(), Batch.objects.count()) == (0, 0)


@pytest.mark.parametrize("method", ["patch", "put", "delete"])
@pytest.mark.parametrize("path", ["", "Things", "Things(1)", "CreateObservations"])
def test_what_nobody_can_do_here_is_said(client, method, path):
    response = getattr(client, method)(f"{ROOT}/{path}")
    assert (response.status_code, response.json()["code"]) == (501, 501)
    assert (
        response.json()["message"]
        == "Entities are made and read here; nothing is changed or deleted."
    )


@pytest.mark.parametrize(
    ("path", "body"),
    [
        ("$batch", {"requests": []}),
        ("MultiDatastreams", {}),
        ("Things(PK)/HistoricalLocations", {}),
        ("FeaturesOfInterest", {"name": "x", "description": "", "encodingType": "x", "feature": {}, "Observations": [{}]}),
        ("Observations", {"result": 1, "FeatureOfInterest": {"name": "x"}, "Datastream": {"@iot.id": 1}}),
    ],
)  # fmt: skip
def test_what_cannot_be_sent_here_is_said(program, pole, path, body):
    path = path.replace("PK", str(Thing.objects.get().pk))
    response = program.post(path, body)
    assert (response.status_code, response.json()["code"]) == (501, 501), response.content


def test_a_path_takes_the_methods_it_is_made_for(client):
    assert client.post(f"{ROOT}/").status_code == 405
    refused = client.get(f"{ROOT}/CreateObservations")
    assert (refused.status_code, refused.headers["Allow"]) == (405, "POST")
    assert client.head(f"{ROOT}/Things").status_code == 200


def test_a_page_of_another_house_may_read(client):
    """Browsers ask beforehand; nothing here is opened by a cookie, so any page may read what anybody may."""
    asked = client.options(f"{ROOT}/Things", headers={"Origin": "https://dashboard.example"})
    assert (asked.status_code, asked.headers["Access-Control-Allow-Headers"]) == (
        204,
        "Authorization, Content-Type",
    )
    for response in (client.get(f"{ROOT}/Things"), client.get(f"{ROOT}/Things(1)")):
        assert response.headers["Access-Control-Allow-Origin"] == "*"
        assert "Access-Control-Allow-Credentials" not in response.headers


def test_a_deep_tree_is_refused(program):
    body = {"name": "x", "description": ""}
    for _level in range(200):
        body = {
            "name": "x",
            "description": "",
            "encodingType": "x",
            "location": {},
            "Things": [body],
            "Locations": [body],
        }
        if len(str(body)) > 10_000:
            break
    assert program.post("Things", body).status_code == 400


# Who may write, whatever the state; and in which states anybody may.
WRITERS = [
    (Role.STAFF, True),
    (Role.COORDINATOR, True),
    (Role.RESIDENT, False),
    (Role.COMPANY, False),
]


@pytest.mark.parametrize(("role", "may"), WRITERS)
@pytest.mark.parametrize("state", ["draft", "running", "ended", "decided", "cancelled"])
def test_who_connects_and_sends(client, role, may, state):
    stream = DatastreamFactory(experiment__state=state)
    program = Program(client, person_with(role), "measurements:write")
    thing = {"name": "x", "description": "", "properties": {"experiment": stream.experiment.slug}}
    connects = may and state in {"draft", "running", "ended"}
    sends = may and state in {"running", "ended"}
    # Who may not know of a plan is not told that there is one.
    refused = 400 if state == "draft" else 403
    assert program.post("Things", thing).status_code == (201 if connects else refused)
    sent = program.post("Observations", {"result": 1, "Datastream": {"@iot.id": stream.pk}})
    assert sent.status_code == (201 if sends else 403)


def test_a_partner_sends_to_its_own_experiment_only(client, experiment):
    member = MembershipFactory()
    experiment.partners.add(member.organisation)
    program = Program(client, member.user, "measurements:write")
    # The only experiment it takes part in needs no naming.
    thing = program.post("Things", {"name": "Ours", "description": ""})
    assert thing.status_code == 201, thing.content
    other = DatastreamFactory()
    assert (
        program.post("Observations", {"result": 1, "Datastream": {"@iot.id": other.pk}}).status_code
        == 403
    )
    linked = {
        **DATASTREAM,
        "Thing": {"@iot.id": thing.json()["@iot.id"]},
        "Sensor": {"@iot.id": other.sensor.pk},
    }
    assert (
        program.post("Datastreams", linked).json()["message"]
        == "there is no such Sensor in this experiment"
    )


@pytest.mark.parametrize(
    ("header", "status"),
    [
        ("", 401),
        ("Bearer nonsense", 401),
        ("Basic !", 401),
        ("Basic {basic}", 201),
        ("Digest x", 401),
    ],
)
def test_a_token_opens_the_door_by_either_scheme(client, program, header, status):
    basic = base64.b64encode(f"token:{program.secret}".encode()).decode()
    headers = {"Authorization": header.format(basic=basic)} if header else {}
    response = client.post(
        f"{ROOT}/Things", THING, content_type="application/json", headers=headers
    )
    assert response.status_code == status
    assert ("WWW-Authenticate" in response.headers) == (status == 401)


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"created_at": AGO - timedelta(days=1), "expires_at": AGO}, "This token expired on"),
        ({"revoked_at": AGO}, "This token was revoked."),
        ({"user__is_active": False}, "This token is not known."),
    ],
)
def test_a_token_that_lives_no_more_opens_nothing(program, experiment, change, words):
    """For reading too, where no token at all would do: a program that shows one is told that it is dead."""
    token = ApiToken.objects.get()
    for name, value in change.items():
        thing, field = (token.user, name[6:]) if name.startswith("user__") else (token, name)
        type(thing).objects.filter(pk=thing.pk).update(**{field: value})
    sent = program.post("Things", THING)
    assert (sent.status_code, sent.json()["message"].startswith(words)) == (401, True)
    assert program.get("Things").status_code == 401
    assert Thing.objects.count() == 0


def test_one_datastream_of_others_and_nothing_of_an_array_is_taken(client, experiment):
    """A partner sends an array in which one part is for the experiment of somebody else."""
    member = MembershipFactory()
    experiment.partners.add(member.organisation)
    mine, other = DatastreamFactory(experiment=experiment), DatastreamFactory()
    program = Program(client, member.user, "measurements:write")
    body = [
        {"Datastream": {"@iot.id": stream.pk}, "components": ["result"], "dataArray": [[1]]}
        for stream in (mine, other)
    ]
    assert program.post("CreateObservations", body).status_code == 403
    assert Batch.objects.count() == 0
    assert program.post("CreateObservations", body[:1]).status_code == 201


def test_a_token_needs_the_scope(client, experiment):
    program = Program(client, person_with(Role.STAFF), "read")
    assert program.post("Things", THING).status_code == 403
    writer = Program(client, person_with(Role.STAFF), "measurements:write")
    assert writer.get("Things").status_code == 403


def test_a_plan_is_not_public_and_its_partner_reads_it(client):
    stream = DatastreamFactory(experiment__state="draft", name="Secret")
    member = MembershipFactory()
    stream.experiment.partners.add(member.organisation)
    staff, partner, stranger = (
        Program(client, user, "read")
        for user in (person_with(Role.STAFF), member.user, UserFactory())
    )
    for path in (
        "Datastreams",
        f"Things({stream.thing_id})/Datastreams",
        f"Datastreams({stream.pk})",
    ):
        assert [who.get(path).content.decode().count("Secret") for who in (staff, partner)] == [
            1,
            1,
        ]
        for response in (client.get(f"{ROOT}/{path}"), stranger.get(path)):
            assert "Secret" not in response.content.decode()
    assert given(client, f"Observations?$filter=Datastream/id eq {stream.pk}") == {"value": []}


def test_the_number_of_queries_does_not_grow_with_the_rows(client, query_count, experiment):
    asked = f"{ROOT}/Things?$expand=Locations,Datastreams($expand=Sensor,Observations)&$count=true"
    counts = []
    for _more in range(2):
        for thing in ThingFactory.create_batch(2, experiment=experiment):
            DatastreamFactory.create_batch(2, experiment=experiment, thing=thing)
        with query_count() as counted:
            client.get(asked)
        counts.append(len(counted))
    assert counts == [8, 8]
