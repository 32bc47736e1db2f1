from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from tests.factories.indicators import IndicatorFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import JOINED, person_with
from tests.factories.strategy import (
    ActionFactory,
    ChapterFactory,
    GoalFactory,
    ImpactMapFactory,
    ImpactNodeFactory,
    RoadmapFactory,
    TargetFactory,
)
from tests.factories.talk import FollowFactory

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.organisations.models import Membership
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.talk.models import Comment
from vuoksi.lib.transitions import NotPossible
from vuoksi.strategy import actions, engine, queries
from vuoksi.strategy.models import (
    ACTION_STATES,
    Action,
    ActionUpdate,
    Goal,
    QuotedParagraph,
    Roadmap,
    Story,
    Target,
)

pytestmark = pytest.mark.django_db

NOW = datetime(2026, 5, 4, 12, 0, tzinfo=UTC)


@pytest.fixture
def coordinator():
    return person_with(Role.COORDINATOR)


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def member_of(unit):
    user = person_with(Role.STAFF)
    Membership.objects.create(organisation=unit, user=user, since=JOINED)
    return user


class TestStory:
    def test_a_story_gets_chapters(self, coordinator):
        story = actions.create_story(
            slug="2025",
            title="Story",
            language="en",
            starts_on=date(2025, 8, 1),
            ends_on=date(2029, 7, 31),
            by=coordinator,
            at=NOW,
        )
        chapter = actions.add_chapter(
            story=story,
            slug="one",
            position=1,
            title="One",
            body="Words.",
            language="en",
            by=coordinator,
            at=NOW,
        )
        assert Story.objects.get().chapters.get() == chapter
        assert verbs() == [
            "strategy.create_story",
            "strategy.add_chapter",
            "notices.strategy.text_changed",
        ]

    def test_the_second_of_two_editors_is_told(self, coordinator):
        chapter = ChapterFactory()
        actions.edit_chapter(chapter=chapter, version=1, body="First.", by=coordinator, at=NOW)
        with pytest.raises(EditedMeanwhile) as refusal:
            actions.edit_chapter(chapter=chapter, version=1, body="Second.", by=coordinator, at=NOW)
        assert refusal.value.thing.body == "First."
        assert verbs() == ["strategy.edit_chapter", "notices.strategy.text_changed"]

    def test_a_resident_cannot_edit(self):
        chapter = ChapterFactory()
        with pytest.raises(NotAllowed):
            actions.edit_chapter(chapter=chapter, version=1, body="x", by=person_with(), at=NOW)


class TestFeedback:
    def say(self, chapter, by, anchor=None, key=None):
        return actions.give_feedback(
            chapter=chapter,
            anchor=engine.split(chapter.body)[0].anchor if anchor is None else anchor,
            text="How?",
            language="en",
            key=key or uuid4(),
            by=by,
            at=NOW,
        )

    def test_the_owner_hears_and_the_words_are_kept(self):
        unit = OrganisationFactory()
        owner, resident = member_of(unit), person_with()
        chapter = ChapterFactory(owner=unit)
        said = self.say(chapter, resident)
        assert QuotedParagraph.objects.get().text == "Every child reads well."
        notice = Notice.objects.get()
        assert (notice.user, notice.kind, notice.thing) == (
            owner,
            "strategy.feedback_given",
            chapter,
        )
        assert said.anchor == engine.anchor_of("Every child reads well.")

    def test_sent_twice_it_stands_once(self):
        chapter, key, resident = ChapterFactory(owner=OrganisationFactory()), uuid4(), person_with()
        self.say(chapter, resident, key=key)
        self.say(chapter, resident, key=key)
        assert Comment.objects.count() == 1

    def test_a_paragraph_that_is_not_there_is_refused(self):
        with pytest.raises(ValueError, match="no paragraph"):
            self.say(ChapterFactory(), person_with(), anchor="p0")
        assert not Comment.objects.exists()

    def test_it_survives_an_edit_and_is_known_to_be_about_an_earlier_text(self, coordinator):
        chapter = ChapterFactory()
        self.say(chapter, person_with())
        actions.edit_chapter(
            chapter=chapter,
            version=1,
            body="New start.\n\nEvery child in Espoo reads well.",
            by=coordinator,
            at=NOW,
        )
        view = queries.chapter_view(chapter.story.slug, chapter.slug)
        assert [[one.earlier for one in part.feedback] for part in view.paragraphs] == [
            [],
            ["Every child reads well."],
        ]

    def test_of_a_paragraph_that_is_gone_it_stands_with_the_chapter(self, coordinator):
        chapter = ChapterFactory()
        self.say(chapter, person_with())
        actions.edit_chapter(chapter=chapter, version=1, body="Parks.", by=coordinator, at=NOW)
        view = queries.chapter_view(chapter.story.slug, chapter.slug)
        assert [one.earlier for one in view.rest] == ["Every child reads well."]

    def test_it_follows_a_paragraph_that_moves(self, coordinator):
        chapter = ChapterFactory()
        self.say(chapter, person_with())
        actions.edit_chapter(
            chapter=chapter,
            version=1,
            body="New.\n\nEvery child reads well.",
            by=coordinator,
            at=NOW,
        )
        view = queries.chapter_view(chapter.story.slug, chapter.slug)
        assert [len(part.feedback) for part in view.paragraphs] == [0, 1]
        assert view.paragraphs[1].feedback[0].earlier == ""

    def test_the_writer_hears_the_answer(self):
        unit, resident = OrganisationFactory(), person_with()
        owner, chapter = member_of(unit), ChapterFactory(owner=unit)
        said = self.say(chapter, resident)
        Notice.objects.all().delete()
        answer = actions.answer_feedback(
            chapter=chapter,
            feedback=said,
            text="Like this.",
            language="en",
            key=uuid4(),
            by=owner,
            at=NOW,
        )
        assert (answer.is_official, answer.reply_to) == (True, said)
        notice = Notice.objects.get()
        assert (notice.user, notice.kind) == (resident, "strategy.feedback_answered")
        threads = queries.chapter_view(chapter.story.slug, chapter.slug).paragraphs[0].feedback
        assert [(one.comment, one.answers) for one in threads] == [(said, [answer])]

    def test_a_resident_cannot_answer_for_the_city(self):
        chapter = ChapterFactory()
        said = self.say(chapter, person_with())
        with pytest.raises(NotAllowed):
            actions.answer_feedback(
                chapter=chapter,
                feedback=said,
                text="x",
                language="en",
                key=uuid4(),
                by=person_with(),
                at=NOW,
            )


class TestAims:
    def test_roadmap_goal_and_target(self, coordinator):
        roadmap = actions.create_roadmap(
            slug="climate", title="Climate", language="en", by=coordinator, at=NOW
        )
        goal = actions.create_goal(
            slug="energy", title="Energy", language="en", roadmap=roadmap, by=coordinator, at=NOW
        )
        target = actions.set_target(
            goal=goal,
            indicator=IndicatorFactory(),
            operator="above",
            value=90.0,
            by=coordinator,
            at=NOW,
        )
        actions.edit_roadmap(
            roadmap=roadmap, version=1, title="Climate 2030", by=coordinator, at=NOW
        )
        actions.edit_goal(goal=goal, version=1, title="Clean energy", by=coordinator, at=NOW)
        actions.edit_target(target=target, version=1, value=91.0, by=coordinator, at=NOW)
        assert Roadmap.objects.get().title == "Climate 2030"
        assert Goal.objects.get().title == "Clean energy"
        assert (Target.objects.get().value, Target.objects.get().version) == (91.0, 2)
        assert verbs() == [
            "strategy.create_roadmap",
            "strategy.create_goal",
            "notices.strategy.goal_set",
            "strategy.set_target",
            "notices.strategy.target_changed",
            "strategy.edit_roadmap",
            "notices.strategy.text_changed",
            "strategy.edit_goal",
            "notices.strategy.text_changed",
            "strategy.edit_target",
            "notices.strategy.target_changed",
        ]

    @pytest.mark.parametrize(
        ("indicator", "value", "code"),
        [
            ({"unit": "furlongs"}, 1.0, "unknown_unit"),
            ({"is_from_code": True, "key": "gone.key"}, 1.0, "unknown_key"),
            ({"unit": "percent"}, 101.0, "above_maximum"),
        ],
    )
    def test_a_target_that_cannot_stand_is_refused(self, coordinator, indicator, value, code):
        with pytest.raises(actions.TargetRefused) as refusal:
            actions.set_target(
                goal=GoalFactory(),
                indicator=IndicatorFactory(**indicator),
                operator="at_least",
                value=value,
                by=coordinator,
                at=NOW,
            )
        assert refusal.value.code == code
        assert not Target.objects.exists()

    def test_a_removed_target_stays_in_the_history_of_its_goal(self, coordinator):
        target = TargetFactory()
        goal, key = target.goal, target.indicator.key
        actions.remove_target(target=target, by=coordinator, at=NOW)
        entry = AuditEntry.objects.get(verb="strategy.remove_target")
        assert (entry.thing, entry.details["indicator"], entry.details["value"]) == (
            goal,
            key,
            60.0,
        )


class TestWorks:
    def test_an_action_is_opened_and_upstream_hears(self, coordinator):
        unit, follower = OrganisationFactory(), person_with()
        goal = GoalFactory(roadmap=RoadmapFactory(owner=unit))
        owner = member_of(unit)
        FollowFactory(thing=goal, user=follower)
        opened = actions.open_action(
            goal=goal, title="Clean heat", language="en", partners=[unit], by=coordinator, at=NOW
        )
        assert (opened.slug, list(opened.partners.all())) == ("clean-heat", [unit])
        assert {notice.user for notice in Notice.objects.all()} == {owner, follower}

    def test_two_actions_of_one_title_have_two_addresses(self, coordinator):
        goal = GoalFactory()
        slugs = [
            actions.open_action(
                goal=goal, title="كهرباء", language="ar", by=coordinator, at=NOW
            ).slug
            for _ in range(2)
        ]
        assert slugs == ["action", "action-2"]

    def test_facts_change_and_the_state_does_not(self, coordinator):
        action, unit = ActionFactory(), OrganisationFactory()
        actions.update_action(
            action=action, version=1, title="Other", partners=[unit], by=coordinator, at=NOW
        )
        assert (action.title, action.version, list(action.partners.all())) == ("Other", 2, [unit])
        with pytest.raises(ValueError, match="post_update"):
            actions.update_action(action=action, version=2, state="done", by=coordinator, at=NOW)

    @pytest.mark.parametrize("state", sorted(ACTION_STATES.states))
    @pytest.mark.parametrize("name", ["start", "pause", "complete", "stop", "reopen"])
    def test_only_the_table_s_transitions_are_possible(self, coordinator, state, name):
        action = ActionFactory(state=state)
        post = {"action": action, "text": "News.", "language": "en", "by": coordinator, "at": NOW}
        if name in ACTION_STATES.possible(state):
            update = actions.post_update(transition=name, **post)
            assert update.state == Action.objects.get().state == ACTION_STATES.target(state, name)
        else:
            with pytest.raises(NotPossible):
                actions.post_update(transition=name, **post)
            assert (Action.objects.get().state, ActionUpdate.objects.count()) == (state, 0)

    def test_news_and_a_change_of_state_are_told_apart(self, coordinator):
        action, follower = ActionFactory(), person_with()
        FollowFactory(thing=action, user=follower)
        post = {"action": action, "text": "News.", "language": "en", "by": coordinator, "at": NOW}
        actions.post_update(**post)
        actions.post_update(transition="start", **post)
        assert list(Notice.objects.order_by("pk").values_list("kind", flat=True)) == [
            "strategy.update_posted",
            "strategy.action_changed",
        ]

    def test_sent_twice_it_stands_once(self, coordinator):
        action, key = ActionFactory(), uuid4()
        post = {"action": action, "text": "News.", "language": "en", "by": coordinator, "at": NOW}
        first = actions.post_update(transition="start", key=key, **post)
        assert actions.post_update(transition="start", key=key, **post) == first
        assert ActionUpdate.objects.count() == 1


class TestImpactMaps:
    def test_a_map_is_drawn_step_by_step(self, coordinator):
        drawn = actions.create_impact_map(
            slug="energy", title="Energy", language="en", by=coordinator, at=NOW
        )
        step = {"impact_map": drawn, "language": "en", "by": coordinator, "at": NOW}
        lever = actions.add_step(stage="lever", title="Advice", **step)
        impact = actions.add_step(stage="impact", title="Clean air", comes_from=[lever], **step)
        early = actions.add_step(stage="early", title="Advice", leads_to=[impact], **step)
        actions.edit_impact_map(impact_map=drawn, version=1, title="Heat", by=coordinator, at=NOW)
        assert (drawn.title, lever.slug, early.slug) == ("Heat", "advice", "advice-2")
        assert (list(lever.leads_to.all()), list(early.leads_to.all())) == ([impact], [impact])
        actions.remove_step(node=lever, by=coordinator, at=NOW)
        assert drawn.nodes.count() == 2

    def test_an_arrow_never_leads_back_nor_out_nor_in_a_circle(self, coordinator):
        drawn = ImpactMapFactory()
        one, two = (ImpactNodeFactory(map=drawn, stage="late") for _ in range(2))
        lever, stranger = ImpactNodeFactory(map=drawn), ImpactNodeFactory(stage="impact")
        one.leads_to.add(two)
        for node, later in ((two, lever), (two, one), (one, one), (one, stranger)):
            with pytest.raises(actions.ArrowRefused):
                actions.edit_step(
                    node=node, version=1, leads_to=[later], title="x", by=coordinator, at=NOW
                )
        drawn.refresh_from_db()
        assert drawn.version == 1

    def test_a_step_s_stage_keeps_the_arrows_that_come_to_it_right(self, coordinator):
        drawn = ImpactMapFactory()
        lever, late = (
            ImpactNodeFactory(map=drawn, stage="early"),
            ImpactNodeFactory(map=drawn, stage="late"),
        )
        lever.leads_to.add(late)
        with pytest.raises(actions.ArrowRefused):
            actions.edit_step(
                node=late, version=1, leads_to=[], stage="lever", by=coordinator, at=NOW
            )
        actions.edit_step(node=late, version=1, leads_to=[], stage="impact", by=coordinator, at=NOW)
        late.refresh_from_db()
        assert late.stage == "impact"

    def test_the_second_of_two_editors_is_told(self, coordinator):
        node = ImpactNodeFactory()
        actions.edit_step(node=node, version=1, leads_to=[], title="A", by=coordinator, at=NOW)
        with pytest.raises(EditedMeanwhile):
            actions.edit_step(node=node, version=1, leads_to=[], title="B", by=coordinator, at=NOW)
