import hashlib
import json
from datetime import date

import pytest
from django.db import IntegrityError, transaction
from tests.factories.calls import EntryFactory
from tests.factories.experiments import NOW, ExperimentFactory
from tests.factories.indicators import IndicatorFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.talk import FollowFactory

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.texts.actions import translate
from vuoksi.lib.transitions import NotPossible
from vuoksi.loop.calls.downstream import offers_on, steps_after
from vuoksi.loop.experiments.plans import actions, queries
from vuoksi.loop.experiments.plans.forms import free_slug
from vuoksi.loop.experiments.plans.models import EXPERIMENT_STATES, Experiment
from vuoksi.loop.experiments.plans.refusals import NotReady, PlanChanged

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return person_with(Role.COORDINATOR)


def told(person):
    return list(Notice.objects.filter(user=person).values_list("kind", flat=True).order_by("pk"))


def test_an_experiment_is_made_from_an_idea(lead):
    entry = EntryFactory(state="accepted")
    partner = OrganisationFactory()
    row = actions.create_experiment(
        slug="lamps",
        language="en",
        title="Lamps",
        summary="Lend lamps.",
        entries=[entry],
        partners=[partner],
        by=lead,
        at=NOW,
    )
    assert (row.state, row.goal, list(row.entries.all())) == ("draft", entry.call.goal, [entry])
    assert list(row.partners.all()) == [partner]
    assert told(entry.author) == ["experiments.experiment_planned"]
    verbs = AuditEntry.objects.filter(verb__startswith="experiments.").values_list(
        "verb", flat=True
    )
    assert list(verbs) == ["experiments.create_experiment"]


@pytest.mark.parametrize("state", ["submitted", "refused", "withdrawn", "draft"])
def test_an_idea_that_does_not_go_forward_becomes_no_experiment(lead, state):
    with pytest.raises(NotAllowed):
        actions.create_experiment(
            slug="lamps",
            language="en",
            title="Lamps",
            summary="Lend lamps.",
            entries=[EntryFactory(state=state)],
            by=lead,
            at=NOW,
        )
    assert Experiment.objects.count() == 0


def test_the_plan_is_fixed_at_the_start(lead):
    row = ExperimentFactory()
    actions.start_experiment(experiment=row, by=lead, at=NOW, digest=queries.plan_digest(row))
    row.refresh_from_db()
    assert (row.state, row.frozen_at) == ("running", NOW)
    # Anybody can recompute it without this program.
    assert hashlib.sha256(row.frozen_text.encode()).hexdigest() == row.frozen_digest
    plan = json.loads(row.frozen_text)
    assert plan["rule"] == {"confidence": 0.95, "minimum_effect": 2.0, "stop_effect": None}
    assert plan["measure"]["baseline"] == 19.1
    assert (plan["budget_eur"], plan["starts_on"]) == ("12000.00", "2026-04-01")


def test_what_was_fixed_cannot_be_changed_but_translated(lead):
    row = ExperimentFactory()
    actions.start_experiment(experiment=row, by=lead, at=NOW)
    with pytest.raises(NotAllowed):
        actions.edit_experiment(
            experiment=row, version=row.version, minimum_effect=0.1, by=lead, at=NOW
        )
    translate(
        thing=row, language="fi", texts={"title": "Videot altaalla"}, state="human", by=lead, at=NOW
    )
    row = Experiment.objects.get(pk=row.pk)
    assert row.minimum_effect == 2.0
    assert queries.canonical.digest(queries.plan_of(row)) == row.frozen_digest


def test_each_part_of_the_plan_changes_the_digest():
    row = ExperimentFactory()
    first = queries.plan_digest(row)
    changes = {
        "baseline": 20.0,
        "rule": "Scale always.",
        "minimum_effect": 1.0,
        "stop_effect": 0.5,
        "better": "down",
        "design": "two_groups",
        "unit": "minutes",
        "budget_eur": 1,
        "ends_on": date(2027, 1, 1),
        "schedule": "First one thing",
        "hypothesis": "None",
    }
    digests = set()
    for name, value in changes.items():
        old = getattr(row, name)
        setattr(row, name, value)
        digests.add(queries.plan_digest(row))
        setattr(row, name, old)
    row.partners.add(OrganisationFactory())
    digests.add(queries.plan_digest(row))
    assert len(digests - {first}) == len(changes) + 1


@pytest.mark.parametrize("name", queries.NEEDED)
def test_nothing_starts_while_something_is_missing(lead, name):
    row = ExperimentFactory()
    empty = "" if isinstance(getattr(row, name), str) and name != "budget_eur" else None
    Experiment.objects.filter(pk=row.pk).update(**{name: empty})
    row.refresh_from_db()
    with pytest.raises(NotReady) as caught:
        actions.start_experiment(experiment=row, by=lead, at=NOW)
    assert caught.value.faults == {name: "missing"}
    row.refresh_from_db()
    assert (row.state, row.frozen_digest) == ("draft", "")


def test_a_measure_is_an_indicator_or_a_series_of_its_own(lead):
    row = ExperimentFactory(measure="", unit="")
    faults = queries.faults_before_start(row, NOW.date())
    assert faults == {"measure": "missing", "unit": "missing"}
    row.indicator = IndicatorFactory(unit="percent", title="Active pupils")
    assert queries.faults_before_start(row, NOW.date()) == {}
    assert (queries.unit_of(row), queries.measure_words(row)) == ("percent", "Active pupils")


def test_nothing_starts_that_should_have_ended():
    row = ExperimentFactory(ends_on=date(2026, 5, 3))
    assert queries.faults_before_start(row, NOW.date()) == {"ends_on": "past"}


def test_a_plan_that_changed_since_it_was_read_is_not_fixed(lead):
    row = ExperimentFactory()
    seen = queries.plan_digest(row)
    actions.edit_experiment(experiment=row, version=1, baseline=21.0, by=lead, at=NOW)
    with pytest.raises(PlanChanged):
        actions.start_experiment(experiment=row, by=lead, at=NOW, digest=seen)


def test_two_people_who_change_a_plan_are_told(lead):
    row = ExperimentFactory()
    actions.edit_experiment(experiment=row, version=1, title="Mine", by=lead, at=NOW)
    with pytest.raises(EditedMeanwhile) as caught:
        actions.edit_experiment(experiment=row, version=1, title="Yours", by=lead, at=NOW)
    assert caught.value.thing.title == "Mine"


def test_everyone_upstream_hears_of_start_end_and_cancel(lead):
    entry, follower = EntryFactory(state="accepted"), UserFactory()
    FollowFactory(user=follower, thing=entry.call)
    row = ExperimentFactory(entries=[entry])
    actions.start_experiment(experiment=row, by=lead, at=NOW)
    actions.end_experiment(experiment=row, by=lead, at=NOW)
    other = ExperimentFactory(entries=[entry])
    actions.cancel_experiment(experiment=other, reason="No bikes", by=lead, at=NOW)
    kinds = [f"experiments.experiment_{verb}" for verb in ("started", "ended", "cancelled")]
    assert (told(entry.author), told(follower)) == (kinds, kinds)
    other.refresh_from_db()
    assert (other.state, other.cancel_reason, other.ended_at) == ("cancelled", "No bikes", NOW)


STEPS = {
    "start": lambda row, by: actions.start_experiment(experiment=row, by=by, at=NOW),
    "end": lambda row, by: actions.end_experiment(experiment=row, by=by, at=NOW),
    "cancel": lambda row, by: actions.cancel_experiment(experiment=row, reason="x", by=by, at=NOW),
}
REACHED = {"start": "running", "end": "ended", "cancel": "cancelled"}


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("state", Experiment.State.values)
def test_each_step_from_each_state(lead, step, state):
    row = ExperimentFactory(state=state)
    if step in EXPERIMENT_STATES.possible(state):
        STEPS[step](row, lead)
    elif state == REACHED[step]:
        # A second click changes nothing.
        version = row.version
        STEPS[step](row, lead)
        assert row.version == version
    else:
        with pytest.raises(NotPossible):
            STEPS[step](row, lead)
        return
    row.refresh_from_db()
    assert row.state == REACHED[step]


@pytest.mark.parametrize("step", STEPS)
@pytest.mark.parametrize("role", [Role.RESIDENT, Role.STAFF, Role.REVIEWER, Role.COMPANY])
def test_others_do_not_lead(step, role):
    row = ExperimentFactory()
    with pytest.raises(NotAllowed):
        STEPS[step](row, person_with(role))


@pytest.mark.parametrize(
    "wrong",
    [
        {"state": "running"},
        {"frozen_digest": "a" * 64},
        {"minimum_effect": 1.0, "stop_effect": 2.0},
        {"better": "neither"},
        {"state": "lost"},
        {"ends_on": date(2026, 1, 1)},
    ],
)
def test_the_database_refuses_what_cannot_be(wrong):
    row = ExperimentFactory()
    with pytest.raises(IntegrityError), transaction.atomic():
        Experiment.objects.filter(pk=row.pk).update(**wrong)


@pytest.mark.parametrize("count", [1, 3])
def test_an_idea_shows_what_became_of_it(query_count, count):
    entries = [EntryFactory(state="accepted") for _ in range(count)]
    rows = [ExperimentFactory(entries=[entry], state="running") for entry in entries]
    ExperimentFactory(entries=entries)
    with query_count() as counted:
        steps = steps_after(entries)
    assert [[step.title for step in steps[entry.pk]] for entry in entries] == [
        [row.title] for row in rows
    ]
    assert len(counted) == 3


def test_the_button_stands_on_ideas_that_go_forward():
    staff = person_with(Role.STAFF)
    entry = EntryFactory(state="accepted")
    assert [offer.url for offer in offers_on(staff, entry)] == [f"/experiments/new/{entry.pk}/"]
    assert offers_on(UserFactory(), entry) == []
    assert offers_on(staff, EntryFactory(state="refused")) == []


def test_addresses_are_free_and_not_reserved():
    ExperimentFactory(slug="lamps")
    assert free_slug("Lamps") == "lamps-2"
    assert free_slug("New") == "new-2"
    assert free_slug("???") == "experiment"
