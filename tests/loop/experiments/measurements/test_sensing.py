"""What sensors observe reaches the page, the progress and the analysis of an experiment, and is erased on demand."""

from datetime import UTC, date, datetime, timedelta

import pytest
from django.core.cache import cache
from django.core.exceptions import ValidationError
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import person_with
from tests.factories.sensing import DatastreamFactory, ThingFactory

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.series import queries as series
from vuoksi.loop.experiments.analyses.queries import data_of
from vuoksi.loop.experiments.measurements import actions, queries
from vuoksi.loop.experiments.measurements.models import Datastream
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.measurements.refusals import MeasuredAlready, Refused
from vuoksi.loop.experiments.measurements.sensorthings.writing import table_of
from vuoksi.loop.experiments.measurements.series import OBSERVATIONS

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 5, 4, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _own_series(settings, tmp_path):
    """A store of one's own, and nothing kept of the store before, whose versions have the same names."""
    settings.SERIES_ROOT = tmp_path / "series"
    cache.clear()


@pytest.fixture
def staff():
    return person_with(Role.STAFF)


@pytest.fixture
def experiment():
    return ExperimentFactory(state="running", design="two_groups")


def stream_of(experiment, unit="pole-1", arm="treatment"):
    return DatastreamFactory(experiment=experiment, arm=arm, unit_code=unit)


def observe(stream, by, *pairs):
    """Send results at hours from noon of the fourth of May (UTC)."""
    empty = dict.fromkeys(OBSERVATIONS.schema.names)
    rows = [
        {**empty, "datastream": stream.pk, "start": NOW + timedelta(hours=hour), "result": result}
        for hour, result in pairs
    ]
    return actions.add_observations(rows=table_of(rows), by=by, at=NOW, sender="token x")


def test_a_day_of_observations_is_one_value_of_the_unit(experiment, staff):
    stream = stream_of(experiment)
    observe(stream, staff, (0, 2.0), (1, 4.0), (24, 10.0), (30, None))
    observe(DatastreamFactory(experiment=experiment), staff, (0, 99.0))
    value = Value("control", "group-1", date(2026, 5, 4), 7.0)
    actions.add_measurements(experiment=experiment, values=[value], origin="api", by=staff, at=NOW)

    assert data_of(experiment) == [
        ("control", "group-1", "2026-05-04", 7.0),
        ("treatment", "pole-1", "2026-05-04", 3.0),
        ("treatment", "pole-1", "2026-05-05", 10.0),
    ]
    progress = queries.progress_of([experiment])[experiment.pk]
    assert [(one["arm"], one["values"], one["units"]) for one in progress] == [
        ("control", 1, 1),
        ("treatment", 3, 1),
    ]
    observe(stream, staff, (2, 6.0))
    assert data_of(experiment)[1] == ("treatment", "pole-1", "2026-05-04", 4.0)


def test_a_unit_is_measured_in_one_way_only(experiment, staff):
    stream_of(experiment)
    value = Value("treatment", "pole-1", date(2026, 5, 4), 7.0)
    with pytest.raises(Refused) as refusal:
        actions.add_measurements(
            experiment=experiment, values=[value], origin="api", by=staff, at=NOW
        )
    assert [fault.code for fault in refusal.value.faults] == ["measured_by_sensor"]

    other = Value("control", "pole-1", date(2026, 5, 4), 7.0)
    actions.add_measurements(experiment=experiment, values=[other], origin="api", by=staff, at=NOW)
    with pytest.raises(MeasuredAlready):
        connect(experiment, staff, arm="control", unit_code="pole-1")
    with pytest.raises(ValidationError):
        connect(experiment, staff, arm="treatment", unit_code="pole-1")


@pytest.mark.parametrize(
    ("arm", "unit", "field"),
    [
        ("before", "pole-2", "arm"),
        ("nonsense", "pole-2", "arm"),
        ("control", "Maija Meikäläinen", "unit_code"),
    ],
)
def test_a_datastream_feeds_what_the_plan_knows(experiment, staff, arm, unit, field):
    with pytest.raises(ValidationError) as refusal:
        connect(experiment, staff, arm=arm, unit_code=unit)
    assert list(refusal.value.message_dict) == [field]


def connect(experiment, by, **binding):
    like = DatastreamFactory(experiment=experiment)
    draft = actions.Draft(
        Datastream,
        {
            "name": "Air",
            "observation_type": "x",
            "unit_of_measurement": {"name": "x"},
            **binding,
        },
        needs={"thing": like.thing, "sensor": like.sensor, "observed_property": like.observed_property},
    )  # fmt: skip
    return actions.connect(draft=draft, experiment=experiment, by=by, at=NOW)


def test_observations_are_drawn_with_their_table(client, experiment, staff):
    stream = stream_of(experiment)
    address = f"/experiments/{experiment.slug}/datastreams/{stream.pk}/"
    assert "Nothing has been observed yet." in client.get(address).content.decode()
    observe(stream, staff, *((hour, float(hour)) for hour in range(300)))

    page = client.get(address)

    chart = page.context["chart"]
    assert (len(chart.table.rows), sum(row[1] for row in chart.table.rows)) == (200, 300)
    assert chart.table.rows[0][1:] == (2, 0.0, 0.5, 1.0)
    assert ("Observations", 300) in page.context["facts"]
    measured = client.get(f"/experiments/{experiment.slug}/measurements/").content.decode()
    assert address in measured


def test_a_plan_keeps_its_datastreams_to_itself(client):
    stream = DatastreamFactory(experiment__state="draft")
    address = f"/experiments/{stream.experiment.slug}/datastreams/{stream.pk}/"
    assert client.get(address).status_code == 404
    other = ExperimentFactory(state="running")
    assert client.get(f"/experiments/{other.slug}/datastreams/{stream.pk}/").status_code == 404


def test_observations_are_erased_on_demand(experiment, staff):
    stream = stream_of(experiment)
    observe(stream, staff, (0, 2.0))
    with pytest.raises(NotAllowed):
        actions.erase_observations(
            datastream=stream, reason="They ask.", by=person_with(Role.RESIDENT), at=NOW
        )

    actions.erase_observations(datastream=stream, reason="They ask.", by=staff, at=NOW)

    assert (series.count(OBSERVATIONS), data_of(experiment)) == (0, [])


def test_observations_are_erased_on_a_page_that_says_what_is_lost(client, experiment, staff):
    stream = stream_of(experiment)
    observe(stream, staff, (0, 2.0), (1, 4.0))
    page = f"/experiments/{experiment.slug}/datastreams/{stream.pk}/"
    address = f"{page}erase/"
    assert address not in client.get(page).content.decode()
    client.force_login(person_with(Role.RESIDENT))
    assert client.post(address, {"reason": "They ask."}).status_code == 403
    client.force_login(staff)
    assert address in client.get(page).content.decode()
    asked = client.get(address).content.decode()
    assert ["2 observations" in asked, "All values of the unit pole-1" in asked] == [True, True]
    assert (client.post(address, {}).status_code, series.count(OBSERVATIONS)) == (422, 2)
    assert client.post(address, {"reason": "They ask."}).url == page
    assert series.count(OBSERVATIONS) == 0
    kept = AuditEntry.objects.get(verb="experiments.erase_observations")
    assert (kept.actor, kept.details["reason"]) == (staff, "They ask.")
    assert "Nothing has been observed yet." in client.get(address).content.decode()


@pytest.mark.parametrize("count", [1, 3])
def test_the_list_of_sensors_costs_one_query(client, query_count, experiment, count):
    thing = ThingFactory(experiment=experiment)
    DatastreamFactory.create_batch(count, experiment=experiment, thing=thing)
    with query_count() as counted:
        page = client.get(f"/experiments/{experiment.slug}/measurements/")
    assert len(page.context["streams"]) == count
    assert len(counted) == 6
