from datetime import UTC, date, datetime, timedelta

import pytest
from django.contrib.auth.models import AnonymousUser
from django.db import IntegrityError, transaction
from tests.factories.calls import member_of
from tests.factories.experiments import NOW, EvidenceFactory, ExperimentFactory, measured, pairs
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import person_with

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.loop.experiments.measurements import actions, queries, rules
from vuoksi.loop.experiments.measurements.models import Batch, Measurement
from vuoksi.loop.experiments.measurements.queries import Value
from vuoksi.loop.experiments.measurements.refusals import Refused
from vuoksi.loop.experiments.plans.models import Experiment

pytestmark = pytest.mark.django_db

STAFF = {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
DAY = date(2026, 4, 2)


def send(experiment, values, by=None):
    return actions.add_measurements(
        experiment=experiment,
        values=values,
        origin="api",
        by=by or person_with(Role.STAFF),
        at=NOW,
    )


@pytest.mark.parametrize("who", [None, *Role])
@pytest.mark.parametrize("state", Experiment.State.values)
def test_who_sends_measurements(who, state):
    person = AnonymousUser() if who is None else person_with(who)
    experiment = ExperimentFactory(state=state)
    open_now = state in {"running", "ended"}
    assert rules.may_add_measurements(person, experiment) == (open_now and who in STAFF)
    assert rules.may_withdraw_batch(person, experiment) == (open_now and who in STAFF)


def test_a_partner_sends_measurements_and_takes_none_back():
    partner = OrganisationFactory(kind="company")
    experiment = ExperimentFactory(state="running")
    experiment.partners.add(partner)
    person = member_of(partner)
    assert rules.may_add_measurements(person, experiment)
    assert not rules.may_withdraw_batch(person, experiment)
    assert not rules.may_add_measurements(member_of(OrganisationFactory()), experiment)


def test_the_same_content_twice_is_the_same_batch():
    experiment = ExperimentFactory(state="running")
    values = pairs([1, 2])
    first = send(experiment, values)
    again = send(experiment, values[::-1])
    assert (first.pk, first.count, again.pk) == (again.pk, 4, first.pk)
    assert Measurement.objects.count() == 4
    assert AuditEntry.objects.filter(verb="experiments.add_measurements").count() == 1


def test_what_stands_already_is_passed_over():
    experiment = ExperimentFactory(state="ended")
    send(experiment, pairs([1, 2]))
    assert send(experiment, pairs([1, 2, 3])).count == 2
    assert Measurement.objects.count() == 6


@pytest.mark.parametrize(
    ("value", "fault"),
    [
        (Value("control", "g-1", DAY, 1.0), ("arm", "not_a_choice", "control")),
        (Value("before", "Maija", DAY, 1.0), ("unit", "looks_personal", "Maija")),
        (
            Value("before", "g-1", NOW.date() + timedelta(days=1), 1.0),
            ("day", "in_future", "2026-05-05"),
        ),
        (Value("before", "g-1", DAY, float("nan")), ("value", "not_finite", "nan")),
        (Value("before", "group-0", DAY, 11.0), ("value", "differs", "10.0")),
    ],
)
def test_one_wrong_value_and_nothing_is_saved(value, fault):
    experiment = ExperimentFactory(state="running")
    measured(experiment, [1, 2])
    with pytest.raises(Refused) as caught:
        send(experiment, [Value("after", "g-1", DAY, 2.0), value])
    found = [(one.line, one.column, one.code, one.value) for one in caught.value.faults]
    assert found == [(1, *fault)]
    assert Measurement.objects.count() == 4


def test_the_day_is_that_of_the_city():
    """An hour after midnight in Espoo, when it is still yesterday by UTC, today's values are not of the future."""
    experiment = ExperimentFactory(state="running")
    lead = person_with(Role.COORDINATOR)
    at = datetime(2026, 5, 4, 22, 30, tzinfo=UTC)
    values = [Value("before", "g-1", date(2026, 5, 5), 1.0)]
    sent = {"experiment": experiment, "origin": "file", "by": lead, "at": at}
    assert actions.add_measurements(values=values, **sent).count == 1


def test_two_values_for_one_unit_and_day_are_refused():
    experiment = ExperimentFactory(state="running")
    with pytest.raises(Refused) as caught:
        send(experiment, [Value("before", "g-1", DAY, 1.0), Value("before", "g-1", DAY, 2.0)])
    assert [(one.line, one.code, one.value) for one in caught.value.faults] == [
        (1, "repeated", "0")
    ]


@pytest.mark.parametrize("state", ["draft", "decided", "cancelled"])
def test_measurements_come_only_while_it_runs_or_waits_for_the_decision(state):
    experiment = ExperimentFactory(state=state)
    with pytest.raises(NotAllowed):
        send(experiment, pairs([1]))
    assert Batch.objects.count() == 0


def test_a_batch_sent_by_mistake_is_taken_back():
    experiment = ExperimentFactory(state="running")
    batch = measured(experiment, [1, 2])
    actions.withdraw_batch(batch=batch, by=person_with(Role.STAFF), at=NOW)
    assert (Batch.objects.count(), Measurement.objects.count()) == (0, 0)
    row = AuditEntry.objects.get(verb="experiments.withdraw_batch")
    assert row.details["count"] == 4


def test_what_evidence_rests_on_is_not_taken_back():
    experiment = ExperimentFactory(state="ended")
    batch = measured(experiment, [1, 2])
    EvidenceFactory(experiment=experiment)
    with pytest.raises(NotAllowed):
        actions.withdraw_batch(batch=batch, by=person_with(Role.STAFF), at=NOW)


def test_the_database_takes_no_address_as_a_code():
    experiment = ExperimentFactory(state="running")
    batch = measured(experiment, [1, 2])
    with pytest.raises(IntegrityError), transaction.atomic():
        batch.measurements.update(unit_code="maija@example.org")


@pytest.mark.parametrize("count", [1, 3])
def test_progress_counts_units_and_values(query_count, count):
    rows = [ExperimentFactory(state="running") for _ in range(count)]
    for row in rows:
        measured(row, [1, 2])
    with query_count() as counted:
        progress = queries.progress_of(rows)
    assert len(counted) == 2
    assert [
        [(arm["arm"], arm["units"], arm["values"]) for arm in progress[r.pk]] for r in rows
    ] == [[("before", 2, 2), ("after", 2, 2)]] * count
