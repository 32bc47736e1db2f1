"""Every page opens, says what it must, costs the same whatever the number of rows, and loses nothing that was typed."""

import json
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from tests.factories.indicators import IndicatorFactory, ObservationFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import person_with
from tests.factories.strategy import (
    ActionFactory,
    ActionUpdateFactory,
    ChapterFactory,
    GoalFactory,
    ImpactMapFactory,
    ImpactNodeFactory,
    RoadmapFactory,
    StoryFactory,
    TargetFactory,
)
from tests.factories.talk import CommentFactory

from vuoksi.base.lists.conflicts import Difference
from vuoksi.base.people.models import Role
from vuoksi.strategy import engine
from vuoksi.strategy.downstream import Group, Line, below, downstream_of
from vuoksi.strategy.models import Action, Chapter, Goal, ImpactMap, Roadmap, Target

pytestmark = pytest.mark.django_db


def signed_in(*roles):
    client = Client()
    client.force_login(person_with(*roles))
    return client


def text_of(response):
    return response.content.decode()


@pytest.fixture
def coordinator():
    return signed_in(Role.COORDINATOR)


def target_with_figures(**more):
    target = TargetFactory(**more)
    for year in (2023, 2024):
        ObservationFactory(indicator=target.indicator, year=year)
    return target


def overview(number):
    story = StoryFactory()
    for _ in range(number):
        ChapterFactory(story=story)
        target = target_with_figures(is_headline=True)
        ActionFactory(goal=target.goal)
        ImpactMapFactory(roadmap=target.goal.roadmap)
    return reverse("strategy:strategy")


def story(number):
    row = StoryFactory()
    for _ in range(number):
        chapter = ChapterFactory(story=row, owner=OrganisationFactory())
        GoalFactory(chapter=chapter)
        CommentFactory(thing=chapter, anchor=engine.split(chapter.body)[0].anchor)
    return row.get_absolute_url()


def roadmap(number):
    row = RoadmapFactory()
    for _ in range(number):
        goal = GoalFactory(roadmap=row)
        target_with_figures(goal=goal)
        ActionFactory(goal=goal, owner=OrganisationFactory())
    return row.get_absolute_url()


def goal(number):
    row = GoalFactory()
    for _ in range(number):
        target_with_figures(goal=row)
        ActionFactory(goal=row, owner=OrganisationFactory())
    return row.get_absolute_url()


def actions(number):
    for _ in range(number):
        action = ActionFactory(owner=OrganisationFactory())
        ActionUpdateFactory(action=action)
    return reverse("strategy:actions")


def action(number):
    row = ActionFactory()
    for _ in range(number):
        ActionUpdateFactory(action=row)
        row.partners.add(OrganisationFactory())
    return row.get_absolute_url()


def impact_map(number):
    row = ImpactMapFactory()
    for _ in range(number):
        target = target_with_figures()
        impact = ImpactNodeFactory(map=row, stage="impact", indicator=target.indicator)
        ImpactNodeFactory(map=row).leads_to.add(impact)
    return row.get_absolute_url()


def updates_feed(number):
    for _ in range(number):
        ActionUpdateFactory()
    return reverse("strategy:updates_feed")


def dates(number):
    for _ in range(number):
        TargetFactory()
        ActionFactory(ends_on="2027-05-31")
    return reverse("strategy:dates")


PAGES = [overview, story, roadmap, goal, actions, action, impact_map, updates_feed, dates]


@pytest.mark.parametrize("page", PAGES)
def test_a_page_costs_the_same_at_one_and_three_rows(page, client):
    counts = []
    for number in (1, 3):
        address = page(number)
        client.get(address)
        with CaptureQueriesContext(connection) as asked:
            assert client.get(address).status_code == 200
        counts.append(len(asked))
    assert counts[0] == counts[1]


@pytest.mark.parametrize("page", PAGES[:7])
@pytest.mark.parametrize("language", ["en", "fi", "sv", "ar"])
def test_a_page_opens_in_every_language(page, language, client):
    address = page(1)
    client.cookies["django_language"] = language
    assert client.get(address).status_code == 200


@pytest.mark.parametrize("page", PAGES[:7])
def test_an_empty_page_opens(page, client):
    assert client.get(page(0)).status_code == 200


def test_the_overview_opens_without_a_story(client):
    assert client.get(reverse("strategy:strategy")).status_code == 200


def test_a_goal_says_figure_target_due_date_verdict_and_why(client):
    target = TargetFactory()
    ObservationFactory(indicator=target.indicator, year=2025, value=48.0)
    shown = text_of(client.get(target.goal.get_absolute_url()))
    for words in ("48\xa0%", "at least 60\xa0%", "2030", "off track", "behind by 2\xa0%"):
        assert words in shown


def test_a_roadmap_is_narrowed_by_verdict_and_unit(client):
    unit = OrganisationFactory()
    row = RoadmapFactory()
    TargetFactory(goal=GoalFactory(roadmap=row, title="Undecided"), value=None)
    ActionFactory(goal=GoalFactory(roadmap=row, title="Owned"), owner=unit)
    address = row.get_absolute_url()
    by_verdict = text_of(client.get(address, {"verdict": "no_target"}))
    assert ("Undecided" in by_verdict, "Owned" in by_verdict) == (True, False)
    by_unit = text_of(client.get(address, {"owner": unit.slug}))
    assert ("Undecided" in by_unit, "Owned" in by_unit) == (False, True)


def test_actions_are_filtered_and_exported(client):
    planned, done = ActionFactory(title="Planned"), ActionFactory(title="Done", state="done")
    address = reverse("strategy:actions")
    rows = json.loads(b"".join(client.get(address, {"state": "done", "format": "json"})))
    assert [row["title"] for row in rows] == ["Done"]
    rows = json.loads(b"".join(client.get(address, {"goal": planned.goal.slug, "format": "json"})))
    assert [row["title"] for row in rows] == ["Planned"]
    rows = json.loads(b"".join(client.get(address, {"sort": "-title", "format": "json"})))
    assert [row["title"] for row in rows] == ["Planned", "Done"]
    assert done.goal.slug != planned.goal.slug


@pytest.mark.parametrize("origin", ["decided", "additional"])
def test_actions_are_decided_or_additional(client, origin):
    ActionFactory(title="decided")
    ActionFactory(title="additional", is_decided=False)
    answer = client.get(reverse("strategy:actions"), {"origin": origin, "format": "json"})
    assert [row["title"] for row in json.loads(b"".join(answer))] == [origin]


def test_html_in_a_text_is_shown_and_not_obeyed(client):
    row = ChapterFactory(body="<script>alert(1)</script>").story
    shown = text_of(client.get(row.get_absolute_url()))
    assert "&lt;script&gt;alert(1)" in shown
    assert "<script>alert(1)" not in shown


class TestFeedback:
    def address(self, chapter, anchor=""):
        page = reverse("strategy:feedback", args=[chapter.story.slug, chapter.slug])
        return f"{page}?p={anchor}" if anchor else page

    def data(self, **more):
        return {"text": "How?", "language": "en", "key": str(uuid4()), **more}

    def test_a_resident_comments_and_the_story_counts_it(self, client):
        chapter = ChapterFactory()
        anchor = engine.split(chapter.body)[0].anchor
        answer = signed_in().post(self.address(chapter, anchor), self.data())
        assert (answer.status_code, answer.url) == (302, self.address(chapter, anchor))
        assert "1 comment<" in text_of(client.get(chapter.story.get_absolute_url()))
        assert "How?" in text_of(client.get(self.address(chapter, anchor)))

    def test_nobody_signed_in_is_sent_to_sign_in(self, client):
        chapter = ChapterFactory()
        answer = client.post(self.address(chapter), self.data())
        assert answer.url.startswith(reverse("account_login"))

    def test_an_empty_comment_is_shown_again(self):
        answer = signed_in().post(self.address(ChapterFactory()), self.data(text=" "))
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, ["text"])

    def test_a_comment_on_words_that_have_gone_is_kept_for_the_chapter(self):
        chapter, person = ChapterFactory(), signed_in()
        answer = person.post(self.address(chapter, "p0123"), self.data())
        assert answer.url == self.address(chapter)
        assert "How?" in text_of(person.get(self.address(chapter)))

    def test_the_city_answers(self, coordinator):
        chapter = ChapterFactory()
        said = CommentFactory(thing=chapter)
        page = self.address(chapter) + f"?answer={said.pk}"
        assert said.text in text_of(coordinator.get(page))
        coordinator.post(page, self.data(text="Like this."))
        shown = text_of(coordinator.get(self.address(chapter)))
        assert ("Like this." in shown, "the city's answer" in shown) == (True, True)

    def test_a_comment_of_another_chapter_is_not_answered_here(self, coordinator):
        said = CommentFactory(thing=ChapterFactory())
        page = self.address(ChapterFactory()) + f"?answer={said.pk}"
        assert coordinator.get(page).status_code == 404

    def test_a_resident_cannot_answer(self):
        chapter = ChapterFactory()
        said = CommentFactory(thing=chapter)
        answer = signed_in().post(self.address(chapter) + f"?answer={said.pk}", self.data())
        assert answer.status_code == 403


class TestWriting:
    def test_a_chapter_is_edited(self, coordinator):
        chapter = ChapterFactory()
        address = reverse("strategy:edit_chapter", args=[chapter.story.slug, chapter.slug])
        assert coordinator.get(address).status_code == 200
        data = {"title": "New", "language": "en", "body": "Words.", "version": 1}
        assert coordinator.post(address, data).status_code == 302
        assert Chapter.objects.get().title == "New"

    def test_two_editors_see_both_texts_and_neither_loses_any(self, coordinator):
        chapter = ChapterFactory()
        address = reverse("strategy:edit_chapter", args=[chapter.story.slug, chapter.slug])
        data = {"title": chapter.title, "language": "en", "version": 1}
        coordinator.post(address, {**data, "body": "The first editor's words."})
        second = coordinator.post(address, {**data, "body": "The second editor's words."})
        assert second.status_code == 409
        assert second.context["meanwhile"] == [
            Difference("Text", "The first editor's words.", "The second editor's words.")
        ]
        assert second.context["form"]["body"].value() == "The second editor's words."
        assert second.context["form"]["version"].value() == "2"
        coordinator.post(address, {**data, "body": "Both.", "version": 2})
        assert Chapter.objects.get().body == "Both."

    def test_roadmap_and_goal_are_created_and_edited(self, coordinator):
        data = {"title": "Nature", "slug": "nature", "language": "en", "position": 1, "version": 1}
        for address in ("strategy:create_roadmap", "strategy:create_goal"):
            assert coordinator.get(reverse(address)).status_code == 200
        coordinator.post(reverse("strategy:create_roadmap"), data)
        row = Roadmap.objects.get()
        coordinator.post(
            reverse("strategy:create_goal"), {**data, "slug": "trees", "roadmap": row.pk}
        )
        coordinator.post(
            reverse("strategy:edit_roadmap", args=["nature"]), {**data, "title": "Nature-wise"}
        )
        coordinator.post(
            reverse("strategy:edit_goal", args=["trees"]),
            {**data, "slug": "trees", "roadmap": row.pk, "title": "Trees"},
        )
        assert (Roadmap.objects.get().title, Goal.objects.get().title) == ("Nature-wise", "Trees")

    def test_a_goal_needs_a_home(self, coordinator):
        data = {"title": "x", "slug": "x", "language": "en", "position": 1, "version": 1}
        answer = coordinator.post(reverse("strategy:create_goal"), data)
        assert list(answer.context["form"].errors) == ["roadmap"]

    def target_data(self, **more):
        return {
            "operator": "at_least",
            "value": "60",
            "due_on": "2030-12-31",
            "stale_after_days": 1096,
            "version": 1,
            **more,
        }

    def test_a_target_is_set_edited_and_removed(self, coordinator):
        goal, indicator = GoalFactory(), IndicatorFactory()
        data = self.target_data(indicator=indicator.pk)
        coordinator.post(reverse("strategy:set_target", args=[goal.slug]), data)
        row = Target.objects.get()
        address = reverse("strategy:edit_target", args=[row.pk])
        assert coordinator.get(address).status_code == 200
        coordinator.post(address, {**data, "value": "65.5"})
        assert Target.objects.get().value == 65.5
        remove = reverse("strategy:remove_target", args=[row.pk])
        assert coordinator.get(remove).status_code == 200
        coordinator.post(remove)
        assert not Target.objects.exists()

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"value": "101"}, "value"),
            ({"value": "many"}, "value"),
            ({"due_on": "31.31.2030"}, "due_on"),
            ({"operator": "at_most"}, "operator"),
            ({"baseline_value": "40"}, "baseline_on"),
            ({"baseline_value": "40", "baseline_on": "2031-01-01"}, "due_on"),
            ({"stale_after_days": "0"}, "__all__"),
            ({"indicator": "0"}, "indicator"),
        ],
    )
    def test_a_wrong_target_is_refused_at_its_field(self, coordinator, wrong, field):
        data = self.target_data(indicator=IndicatorFactory().pk) | wrong
        answer = coordinator.post(reverse("strategy:set_target", args=[GoalFactory().slug]), data)
        assert (answer.status_code, list(answer.context["form"].errors)) == (422, [field])
        assert not Target.objects.exists()

    def test_a_second_target_for_the_same_date_is_refused(self, coordinator):
        row = TargetFactory()
        answer = coordinator.post(
            reverse("strategy:set_target", args=[row.goal.slug]),
            self.target_data(indicator=row.indicator_id),
        )
        assert list(answer.context["form"].errors) == ["due_on"]

    def test_an_indicator_that_nobody_measures_is_refused_at_its_field(self, coordinator):
        data = self.target_data(indicator=IndicatorFactory(is_from_code=True).pk)
        answer = coordinator.post(reverse("strategy:set_target", args=[GoalFactory().slug]), data)
        assert list(answer.context["form"].errors) == ["indicator"]

    def test_an_action_is_opened_edited_and_told_of(self, coordinator):
        goal, partner = GoalFactory(), OrganisationFactory()
        data = {
            "title": "Heat",
            "language": "en",
            "goal": goal.pk,
            "partners": [partner.pk],
            "version": 1,
        }
        address = reverse("strategy:open_action", args=[goal.slug])
        assert coordinator.get(address).status_code == 200
        coordinator.post(address, data)
        coordinator.post(
            reverse("strategy:edit_action", args=["heat"]), {**data, "title": "Clean heat"}
        )
        page = reverse("strategy:post_update", args=["heat"])
        assert coordinator.get(page).status_code == 200
        told = {"text": "Begun.", "language": "en", "key": str(uuid4()), "transition": "start"}
        coordinator.post(page, told)
        row = Action.objects.get()
        assert (row.title, row.state, list(row.partners.all())) == (
            "Clean heat",
            "ongoing",
            [partner],
        )
        again = coordinator.post(page, {**told, "key": str(uuid4())})
        assert (again.status_code, list(again.context["form"].errors)) == (422, ["transition"])

    @pytest.mark.parametrize(
        ("wrong", "field"),
        [
            ({"starts_on": "2026-05-02", "ends_on": "2026-05-01"}, "ends_on"),
            ({"budget_eur": "-1"}, "budget_eur"),
            ({"title": ""}, "title"),
        ],
    )
    def test_a_wrong_action_is_refused_at_its_field(self, coordinator, wrong, field):
        goal = GoalFactory()
        data = {"title": "Heat", "language": "en", "goal": goal.pk, "version": 1, **wrong}
        answer = coordinator.post(reverse("strategy:open_action", args=[goal.slug]), data)
        assert list(answer.context["form"].errors) == [field]

    def test_an_impact_map_is_drawn(self, coordinator):
        data = {"title": "Energy", "slug": "energy", "language": "en", "version": 1}
        assert coordinator.get(reverse("strategy:create_impact_map")).status_code == 200
        coordinator.post(reverse("strategy:create_impact_map"), data)
        coordinator.post(
            reverse("strategy:edit_impact_map", args=["energy"]), {**data, "title": "Heat"}
        )
        add = reverse("strategy:add_step", args=["energy"])
        assert coordinator.get(add).status_code == 200
        coordinator.post(add, {"title": "Air", "stage": "impact", "version": 1})
        row = ImpactMap.objects.get()
        air = row.nodes.get()
        coordinator.post(
            add, {"title": "Advice", "stage": "lever", "leads_to": [air.pk], "version": 1}
        )
        edit = reverse("strategy:edit_step", args=["energy", "advice"])
        assert coordinator.get(edit).status_code == 200
        coordinator.post(edit, {"title": "Plain advice", "stage": "lever", "version": row.version})
        assert [(each.title, list(each.leads_to.all())) for each in row.nodes.order_by("pk")] == [
            ("Air", []),
            ("Plain advice", []),
        ]
        remove = reverse("strategy:remove_step", args=["energy", "air"])
        assert coordinator.get(remove).status_code == 200
        coordinator.post(remove)
        assert row.nodes.count() == 1

    def test_an_arrow_backwards_or_round_is_refused_at_its_field(self, coordinator):
        drawn = ImpactMapFactory(slug="energy")
        lever = ImpactNodeFactory(map=drawn, slug="lever")
        one, two = (
            ImpactNodeFactory(map=drawn, stage="late", slug=slug) for slug in ("one", "two")
        )
        one.leads_to.add(two)
        edit = reverse("strategy:edit_step", args=["energy", "two"])
        for later in (lever, one):
            data = {"title": "x", "stage": "late", "leads_to": [later.pk], "version": 1}
            answer = coordinator.post(edit, data)
            assert list(answer.context["form"].errors) == ["leads_to"]


WRITING_PAGES = [
    ("create_roadmap", list),
    ("create_goal", list),
    ("create_impact_map", list),
    ("edit_roadmap", lambda: [RoadmapFactory().slug]),
    ("edit_goal", lambda: [GoalFactory().slug]),
    ("set_target", lambda: [GoalFactory().slug]),
    ("edit_target", lambda: [TargetFactory().pk]),
    ("remove_target", lambda: [TargetFactory().pk]),
    ("open_action", lambda: [GoalFactory().slug]),
    ("edit_action", lambda: [ActionFactory().slug]),
    ("post_update", lambda: [ActionFactory().slug]),
    ("edit_impact_map", lambda: [ImpactMapFactory().slug]),
    ("add_step", lambda: [ImpactMapFactory().slug]),
]


@pytest.mark.parametrize(("name", "arguments"), WRITING_PAGES)
def test_a_writing_page_is_closed_to_residents_and_to_strangers(name, arguments, client):
    address = reverse(f"strategy:{name}", args=arguments())
    assert signed_in().get(address).status_code == 403
    assert client.get(address).url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", ["story", "roadmap", "goal", "action", "impact_map"])
def test_what_is_not_there_is_not_found(name, client):
    assert client.get(reverse(f"strategy:{name}", args=["nothing"])).status_code == 404


class TestDownstream:
    def test_higher_storeys_say_what_stands_below(self, client, monkeypatch):
        monkeypatch.setattr("vuoksi.strategy.downstream._sources", {})
        row = GoalFactory()
        downstream_of(Goal, label="Experiments", order=20)(lambda goal, user: [])
        downstream_of(Goal, label="Calls", order=10)(
            lambda goal, user: [Line(f"Ideas for {goal.title}", "/calls/ideas/", "open", "good")]
        )
        found = below(row, person_with())
        assert found == [
            Group("Calls", (Line(f"Ideas for {row.title}", "/calls/ideas/", "open", "good"),))
        ]
        assert f"Ideas for {row.title}" in text_of(client.get(row.get_absolute_url()))


class TestApi:
    def results(self, client, path, **query):
        answer = client.get(f"/api/strategy/{path}", query)
        assert answer.status_code == 200
        return answer.json()["results"]

    def test_targets_come_with_their_verdicts(self, client):
        target = TargetFactory()
        ObservationFactory(indicator=target.indicator, year=2025, value=61.0)
        TargetFactory()
        row = self.results(client, "targets", goal=target.goal.slug)[0]
        assert (row["verdict"], row["latest"]["value"], row["unit"]) == ("reached", 61.0, "percent")
        assert self.results(client, "targets", headline=True) == []

    def test_story_roadmaps_goals_and_actions(self, client):
        chapter, action = ChapterFactory(), ActionFactory(owner=OrganisationFactory())
        assert [row["slug"] for row in self.results(client, "stories")] == [chapter.story.slug]
        whole = client.get(f"/api/strategy/stories/{chapter.story.slug}").json()
        assert [part["text"] for part in whole["chapters"][0]["paragraphs"]] == [
            "Every child reads well.",
            "Every library is open late.",
        ]
        goal = action.goal
        assert [row["slug"] for row in self.results(client, "roadmaps")] == [goal.roadmap.slug]
        assert self.results(client, "goals", roadmap=goal.roadmap.slug)[0]["slug"] == goal.slug
        row = self.results(client, "actions", goal=goal.slug, state="planned")[0]
        assert (row["slug"], row["owner"]) == (action.slug, action.owner.name)
        assert self.results(client, "actions", state="done") == []

    def test_a_story_that_is_not_there(self, client):
        assert client.get("/api/strategy/stories/nothing").status_code == 404


def test_the_feed_and_the_calendar_tell_what_they_should(client):
    update = ActionUpdateFactory(text="The plant is closed.")
    target = TargetFactory()
    feed = text_of(client.get(reverse("strategy:updates_feed")))
    assert ("The plant is closed." in feed, update.action.title in feed) == (True, True)
    calendar = text_of(client.get(reverse("strategy:dates")))
    assert f"SUMMARY:{target.indicator.title}" in calendar
    assert "DTSTART;VALUE=DATE:20301231" in calendar
