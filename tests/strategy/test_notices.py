"""How targets stand is told when it changes, whatever changed it; and what changes in the strategy itself."""

from datetime import UTC, date, datetime

import pytest
from django.utils import translation
from tests.factories.indicators import ObservationFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.strategy import ActionFactory, ChapterFactory, TargetFactory
from tests.factories.talk import FollowFactory

from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.kinds import in_words
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.texts.actions import translate
from vuoksi.strategy import actions
from vuoksi.strategy.tasks import tell_verdicts

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 6, 30, 9, 0, tzinfo=UTC)
BEHIND = "A target of “Cleaner air” has fallen behind: Bicycles."
ON_TRACK = "A target of “Cleaner air” is on track again: Bicycles."


@pytest.fixture
def target():
    """At least 60 % by the end of 2030, from 40 % in 2020."""
    row = TargetFactory(goal__title="Cleaner air", indicator__title="Bicycles")
    row.goal.roadmap.title = "The way there"
    row.goal.roadmap.save()
    return row


def following(thing):
    return FollowFactory(thing=thing, user=UserFactory()).user


def said_to(person):
    return in_words(Notice.objects.filter(user=person).order_by("pk"))


def told(person):
    return [said.text for said in said_to(person)]


def measured(target, year, value):
    target.indicator.observations.filter(start__year=year).delete()
    return ObservationFactory(indicator=target.indicator, year=year, value=value)


class TestVerdicts:
    def test_the_first_verdict_is_only_kept(self, target):
        person = following(target.goal)
        measured(target, 2024, 49.0)
        assert tell_verdicts(NOW) == 0
        target.refresh_from_db()
        assert (target.told_state, told(person)) == ("on_track", [])

    def test_a_change_reaches_those_upstream_with_the_chain_and_once(self, target):
        people = [following(one) for one in (target.goal.roadmap, target.goal, target.indicator)]
        measured(target, 2024, 49.0)
        tell_verdicts(NOW)
        measured(target, 2025, 48.0)
        assert tell_verdicts(NOW) == 3
        assert tell_verdicts(NOW) == 0
        assert [told(person) for person in people] == [[BEHIND]] * 3
        chains = [[step.text for step in said.chain] for p in people for said in said_to(p)]
        assert chains == [
            ["The way there", "Cleaner air"],
            ["Cleaner air"],
            ["Bicycles", "Cleaner air"],
        ]

    def test_the_indicator_is_named_in_the_readers_language(self, target):
        person = following(target.goal)
        texts = {"title": "Pyörämatkat"}
        translate(
            thing=target.indicator, language="fi", texts=texts, state="human", by=None, at=NOW
        )
        measured(target, 2024, 49.0)
        tell_verdicts(NOW)
        measured(target, 2025, 48.0)
        tell_verdicts(NOW)
        with translation.override("fi"):
            (said,) = said_to(person)
            assert ("Pyörämatkat" in said.text, "Bicycles" in said.text) == (True, False)
            assert "<bdi>Pyörämatkat</bdi>" in said.html
        assert told(person) == [BEHIND]

    def test_back_on_track_is_told_too(self, target):
        person = following(target.goal)
        for value in (48.0, 52.0, 48.0):
            measured(target, 2025, value)
            tell_verdicts(NOW)
        assert told(person) == [ON_TRACK, BEHIND]

    def test_a_day_that_passes_is_told_without_a_new_figure(self, target):
        person = following(target.goal)
        target.due_on = date(2026, 12, 31)
        target.save()
        measured(target, 2025, 57.0)
        measured(target, 2026, 59.0)
        tell_verdicts(NOW)
        tell_verdicts(datetime(2027, 6, 30, 9, 0, tzinfo=UTC))
        assert told(person) == ["A target of “Cleaner air” was missed: Bicycles."]

    def test_while_nothing_is_known_people_know_what_they_knew(self, target):
        person = following(target.goal)
        measured(target, 2025, 52.0)
        tell_verdicts(NOW)
        target.indicator.observations.all().delete()
        assert tell_verdicts(NOW) == 0
        measured(target, 2025, 52.0)
        assert (tell_verdicts(NOW), told(person)) == (0, [])

    def test_who_was_told_is_on_record(self, target):
        following(target.goal)
        for value in (52.0, 48.0):
            measured(target, 2025, value)
            tell_verdicts(NOW)
        rows = AuditEntry.objects.order_by("pk").values_list("verb", "details")
        assert list(rows) == [
            ("strategy.tell_verdict", {"before": "on_track", "after": "off_track"}),
            ("notices.strategy.verdict_changed", {"told": 1}),
        ]


class TestTheStrategyItself:
    def test_a_target_that_is_changed_and_taken_away(self, target):
        person, staff = following(target.goal), person_with(Role.COORDINATOR)
        actions.edit_target(target=target, version=1, by=staff, at=NOW, value=55.0)
        actions.remove_target(target=target, by=staff, at=NOW)
        actions.set_target(
            goal=target.goal,
            indicator=target.indicator,
            operator="at_least",
            value=50.0,
            by=staff,
            at=NOW,
        )
        assert told(person) == [
            "The targets of “Cleaner air” have changed: Bicycles.",
            "A target of “Cleaner air” was taken away: Bicycles.",
            "“Cleaner air” has a new target: Bicycles.",
        ]

    def test_a_new_goal_is_told_to_those_who_follow_the_roadmap(self, target):
        person = following(target.goal.roadmap)
        actions.create_goal(
            slug="quiet",
            title="Quiet streets",
            language="en",
            roadmap=target.goal.roadmap,
            by=person_with(Role.COORDINATOR),
            at=NOW,
        )
        assert told(person) == ["There is a new goal: “Quiet streets”."]

    def test_new_words_are_told_once_while_nobody_has_read_of_them(self, target):
        person, staff = following(target.goal), person_with(Role.COORDINATOR)
        for version in (1, 2):
            actions.edit_goal(goal=target.goal, version=version, by=staff, at=NOW, summary="New")
        assert told(person) == ["The words or facts of “Cleaner air” have changed."]

    def test_a_chapter_an_action_and_a_roadmap_are_told_of_as_well(self, target):
        staff = person_with(Role.COORDINATOR)
        chapter, work = ChapterFactory(title="Air"), ActionFactory(title="Lanes")
        roadmap = target.goal.roadmap
        people = [following(thing) for thing in (chapter, work, roadmap, chapter.story)]
        actions.edit_chapter(chapter=chapter, version=1, by=staff, at=NOW, body="New")
        actions.update_action(action=work, version=1, by=staff, at=NOW, summary="New")
        actions.edit_roadmap(roadmap=roadmap, version=1, by=staff, at=NOW, summary="New")
        actions.add_chapter(
            story=chapter.story,
            slug="noise",
            position=99,
            title="Noise",
            body="",
            language="en",
            by=staff,
            at=NOW,
        )
        words = "The words or facts of “%s” have changed."
        assert [told(person) for person in people] == [
            [words % "Air"],
            [words % "Lanes"],
            [words % "The way there"],
            [words % "Air", words % chapter.story.title],
        ]

    @pytest.mark.parametrize(
        ("transition", "before", "sentence"),
        [
            ("start", "planned", "“Lanes” is under way."),
            ("pause", "ongoing", "“Lanes” is paused."),
            ("complete", "ongoing", "“Lanes” is done."),
            ("stop", "ongoing", "“Lanes” was stopped."),
        ],
    )
    def test_a_new_state_of_an_action_is_named(self, transition, before, sentence):
        work = ActionFactory(title="Lanes", state=before)
        person = following(work)
        actions.post_update(
            action=work,
            text="News.",
            language="en",
            transition=transition,
            by=person_with(Role.COORDINATOR),
            at=NOW,
        )
        assert told(person) == [sentence]
