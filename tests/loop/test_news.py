"""Each change that can be seen reaches those upstream of it: the steps between the great ones."""

from datetime import date, timedelta

import pytest

from tests.factories.calls import CallFactory, CoAuthorFactory, EntryFactory, member_of
from tests.factories.decisions import DecisionFactory, NextStepFactory
from tests.factories.experiments import NOW, ExperimentFactory
from tests.factories.panels import JurorFactory, PanelFactory, ReviewFactory
from tests.factories.participants import RecruitmentFactory, SurveyFactory, led_by
from tests.factories.people import UserFactory, person_with
from tests.factories.talk import FollowFactory
from tests.factories.testbeds import BookingFactory, TestbedFactory
from vuoksi.base.notices.kinds import in_words
from vuoksi.base.notices.models import Letter, Notice
from vuoksi.base.people.models import Role
from vuoksi.loop.calls import actions as calls
from vuoksi.loop.decisions import actions as decisions
from vuoksi.loop.experiments.participants import actions as participants
from vuoksi.loop.experiments.testbeds import actions as testbeds
from vuoksi.loop.juries import actions as juries

pytestmark = pytest.mark.django_db


@pytest.fixture
def lead():
    return person_with(Role.COORDINATOR)


def following(thing):
    return FollowFactory(thing=thing, user=UserFactory()).user


def told(person):
    return [said.text for said in in_words(Notice.objects.filter(user=person).order_by("pk"))]


class TestCalls:
    def test_a_call_that_closes_and_goes_on(self, lead):
        call = CallFactory(title="Evenings")
        follower, author = following(call), EntryFactory(call=call).author
        EntryFactory(call=call, author=None, author_email="aino@example.org")
        calls.close_call(call=call, by=lead, at=NOW)
        calls.reopen_call(call=call, by=lead, at=NOW)
        expected = [
            "The call “Evenings” was closed. Ideas are no longer taken.",
            "The call “Evenings” goes on; its page says until when.",
        ]
        assert (told(follower), told(author), Letter.objects.count()) == (expected, expected, 2)

    def test_the_opening_of_sealed_ideas(self):
        call = CallFactory(title="Evenings", is_sealed=True)
        entry = EntryFactory(call=call, state="sealed")
        follower = following(call)
        call.phases.update(closes_at=NOW - timedelta(hours=1))
        calls.unseal_call(call=call, at=NOW)
        calls.unseal_call(call=call, at=NOW)
        expected = ["The ideas of the call “Evenings” are no longer sealed. Read them."]
        assert (told(follower), told(entry.author)) == (expected, expected)

    def test_an_author_who_is_taken_out_hears_it(self):
        row = CoAuthorFactory(user=UserFactory(), entry__title="Swim more")
        person = row.user
        calls.remove_co_author(co_author=row, by=row.entry.author, at=NOW)
        assert told(person) == ["You are no longer among the authors of “Swim more”."]

    def test_whoever_leaves_needs_no_notice(self):
        row = CoAuthorFactory(user=UserFactory())
        person = row.user
        calls.remove_co_author(co_author=row, by=person, at=NOW)
        assert told(person) == []


class TestJuries:
    def test_jurors_hear_that_a_panel_judges_on(self, lead):
        panel = PanelFactory(title="Experts", state="locked")
        juror = JurorFactory(panel=panel).user
        juries.reopen_panel(panel=panel, reason="One was forgotten.", by=lead, at=NOW)
        words = "The panel “Experts” judges on. Its page says why; look at your reviews again."
        assert told(juror) == [words]

    def test_those_who_steer_hear_that_somebody_cannot_judge(self, lead):
        review = ReviewFactory(juror__panel__title="Experts", juror__panel__state="open")
        juries.decline_review(review=review, reason="My sister’s.", by=review.juror.user, at=NOW)
        words = "A juror of the panel “Experts” cannot judge an idea. Ask another one."
        assert told(lead) == [words]


class TestExperiments:
    def test_people_are_sought_and_what_they_said_is_shown(self):
        recruitment = RecruitmentFactory(title="Walk", state="draft")
        lead = led_by(recruitment, Role.STAFF)
        follower = following(recruitment.experiment)
        survey = SurveyFactory(recruitment=recruitment, state="closed")
        participants.open_recruitment(recruitment=recruitment, by=lead, at=NOW)
        for is_published in (True, True, False):
            participants.publish_summary(survey=survey, is_published=is_published, by=lead, at=NOW)
        assert told(follower) == [
            "People are sought who take part: “Walk”.",
            "What those who take part have answered is published: “Walk”.",
        ]

    def test_a_testbed_opens_closes_and_opens_again(self, lead):
        testbed = TestbedFactory(title="Kera", state="draft")
        follower = following(testbed.place)
        for step in (testbeds.publish_testbed, testbeds.close_testbed, testbeds.reopen_testbed):
            step(testbed=testbed, by=lead, at=NOW)
        assert told(follower) == [
            "There is a new testbed: “Kera”.",
            "The testbed “Kera” takes no more bookings; those approved stand.",
            "The testbed “Kera” takes bookings again.",
        ]

    def test_a_request_that_is_taken_back(self, lead):
        booking = BookingFactory(requested_by=lead)
        keeper = member_of(booking.offering.testbed.owner, Role.STAFF)
        testbeds.withdraw_booking(booking=booking, by=lead, at=NOW)
        kinds = Notice.objects.filter(user=keeper).values_list("kind", flat=True)
        assert list(kinds) == ["testbeds.booking_withdrawn"]


class TestDecisions:
    def test_next_steps_reach_the_author_of_the_idea_once_until_they_are_read(self, lead):
        entry = EntryFactory()
        step = NextStepFactory(decision__title="Tools for all")
        step.decision.experiment.entries.add(entry)
        for transition in ("finish", "reopen"):
            decisions.settle_step(step=step, transition=transition, by=lead, at=NOW)
        Notice.objects.update(read_at=NOW)
        decisions.add_step(
            decision=step.decision,
            title="Ask for offers",
            due_on=date(2026, 9, 1),
            owner=step.owner,
            language="en",
            by=lead,
            at=NOW,
        )
        words = "The next steps after the decision “Tools for all” have changed."
        assert told(entry.author) == [words, words]

    @pytest.mark.parametrize(
        ("kind", "sentence"),
        [
            ("stop", "The city has decided to stop: “The videos end”."),
            ("repeat", "The city has decided to try again: “The videos end”."),
        ],
    )
    def test_a_notice_says_what_was_decided(self, lead, kind, sentence):
        decision = DecisionFactory(title="The videos end", kind=kind)
        follower = following(decision.experiment)
        decisions.publish_decision(decision=decision, by=lead, at=NOW)
        assert told(follower) == [sentence]

    def test_nothing_is_decided_before_its_day(self, lead):
        decision = DecisionFactory(decided_on=NOW.date() + timedelta(days=1))
        with pytest.raises(decisions.NotYet):
            decisions.publish_decision(decision=decision, by=lead, at=NOW)
        decision.refresh_from_db()
        assert (decision.state, Notice.objects.count()) == ("draft", 0)

    @pytest.mark.parametrize("state", ["draft", "replaced"])
    def test_only_a_decision_in_force_has_next_steps(self, lead, state):
        decision = DecisionFactory(
            state=state, experiment=ExperimentFactory(state="decided"), published_at=NOW
        )
        with pytest.raises(decisions.NotFinished):
            decisions.add_step(
                decision=decision,
                title="Ask for offers",
                due_on=date(2026, 9, 1),
                owner=decision.experiment.owner,
                language="en",
                by=lead,
                at=NOW,
            )
        assert decision.steps.count() == 0
