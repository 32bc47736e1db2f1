"""Who sent an idea by a link hears of every step after it, without an account and until they stop it."""

import re
from datetime import timedelta

import pytest
from django.core import mail
from django.test import Client
from django.urls import reverse

from tests.factories.calls import EntryFactory
from tests.factories.experiments import NOW, ExperimentFactory, measured
from tests.factories.people import UserFactory, person_with
from tests.factories.strategy import GoalFactory
from tests.loop.decisions.test_actions import words
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.actions import stop_letters
from vuoksi.base.notices.models import Letter, Notice
from vuoksi.base.notices.tasks import send_letters
from vuoksi.base.people.models import Role
from vuoksi.loop.calls.actions import answer_entry
from vuoksi.loop.calls.links import author_by_letter
from vuoksi.loop.decisions.actions import NewAction, draft_decision, publish_decision
from vuoksi.loop.experiments.analyses.actions import analyse, publish_evidence
from vuoksi.loop.experiments.plans.actions import (
    cancel_experiment,
    create_experiment,
    end_experiment,
    start_experiment,
)
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.strategy.actions import post_update

pytestmark = pytest.mark.django_db
ADDRESS = "aino.salainen@example.org"


@pytest.fixture
def lead():
    return person_with(Role.COORDINATOR)


@pytest.fixture
def idea():
    return EntryFactory(
        author=None, author_email=ADDRESS, title="Swim more", language="en", state="accepted"
    )


def planned(idea, lead):
    """An experiment planned from the idea, with all that it needs to start."""
    plan = create_experiment(
        slug="videos", language="en", title="Videos", summary="S", entries=[idea], by=lead, at=NOW
    )
    complete = ExperimentFactory()
    fields = {
        field.name: getattr(complete, field.name)
        for field in Experiment._meta.fields
        if field.name not in {"id", "slug", "title", "created_by", "created_at", "version"}
    }
    complete.delete()
    Experiment.objects.filter(pk=plan.pk).update(**fields)
    plan.refresh_from_db()
    return plan


class Post:
    """Opens the mailbox after each step, a minute later than the last time."""

    def __init__(self):
        self.at = NOW

    def news(self):
        """What the one letter since the last look says, and the address in it."""
        self.at += timedelta(minutes=1)
        mail.outbox.clear()
        assert send_letters(self.at) == 1
        (letter,) = mail.outbox
        assert letter.to == [ADDRESS]
        said = re.findall(r"\* (.*)\n", letter.body)
        return said, re.findall(r"http://localhost:8000(/\S+)", letter.body)[0]


def test_every_step_after_the_answer_is_told_with_a_link_that_anybody_can_open(lead, idea):
    post, goal = Post(), GoalFactory(slug="active-city", title="Active city")

    plan = planned(idea, lead)
    assert post.news() == (
        ["An experiment is being planned from your idea: “Videos”."],
        # The plan itself is not public yet.
        idea.get_absolute_url(),
    )
    start_experiment(experiment=plan, by=lead, at=post.at)
    started = post.news()
    assert started == (["The experiment “Videos” has started."], plan.get_absolute_url())
    measured(plan, [4.0, 5.0, 4.5, 5.5, 4.2], at=post.at)
    end_experiment(experiment=plan, by=lead, at=post.at)
    assert post.news()[0] == [
        "The experiment “Videos” has ended. Its results are being worked out."
    ]
    analysis = analyse(experiment=plan, by=lead, at=post.at)
    evidence = publish_evidence(
        analysis=analysis, claim="It helped.", limits="", language="en", by=lead, at=post.at
    )
    proved = post.news()
    assert proved == (["Evidence was published: “It helped.”"], evidence.get_absolute_url())
    decision = draft_decision(
        experiment=plan, slug="all", words=words(), evidence=[evidence], by=lead, at=post.at
    )
    opened = NewAction(goal=goal, title="Videos everywhere")
    publish_decision(decision=decision, by=lead, at=post.at, opens=opened)
    decided = post.news()
    assert decided[1] == decision.get_absolute_url()
    post_update(action=decision.action, text="Begun.", language="en", by=lead, at=post.at)
    acted = post.news()
    assert acted == (
        ["There is news about “Videos everywhere”."],
        decision.action.get_absolute_url(),
    )
    assert "Swim more → Videos → Videos in every hall → Videos everywhere" in mail.outbox[0].body

    for _said, address in (started, proved, decided, acted):
        assert Client().get(address).status_code == 200
    assert ADDRESS not in str([*AuditEntry.objects.values(), *Letter.objects.values()])


def test_a_cancelled_experiment_is_told(lead, idea):
    post, plan = Post(), planned(idea, lead)
    post.news()

    cancel_experiment(experiment=plan, reason="No pool.", by=lead, at=post.at)

    assert post.news()[0] == ["The experiment “Videos” was cancelled."]


def test_an_action_tells_its_supporters_where_it_came_from_too(lead):
    """With an account one hears of the action that came of one's idea as well."""
    author = UserFactory()
    idea = EntryFactory(author=author, state="accepted")
    plan = ExperimentFactory(state="ended", entries=[idea])
    decision = draft_decision(
        experiment=plan, slug="stop", words=words(kind="stop"), evidence=[], by=lead, at=NOW
    )
    opened = NewAction(goal=GoalFactory(slug="another"), title="Another way")
    publish_decision(decision=decision, by=lead, at=NOW, opens=opened)
    Notice.objects.all().delete()

    post_update(action=decision.action, text="Begun.", language="en", by=lead, at=NOW)

    assert list(Notice.objects.filter(user=author).values_list("kind", "tie")) == [
        ("strategy.update_posted", "wrote")
    ]


def test_who_stopped_the_letters_gets_none_and_not_the_answer_either(
    lead, idea, django_capture_on_commit_callbacks
):
    stop_letters(thing=idea, at=NOW)

    with django_capture_on_commit_callbacks(execute=True):
        answer_entry(
            entry=idea, outcome="refused", text="No.", language="en", version=1, by=lead, at=NOW
        )
        planned(EntryFactory(author=None, author_email="", state="accepted"), lead)

    assert (send_letters(NOW), mail.outbox) == (0, [])


def test_the_answer_can_be_followed_by_silence(lead, client, django_capture_on_commit_callbacks):
    idea = EntryFactory(author=None, author_email=ADDRESS, language="en", state="submitted")
    with django_capture_on_commit_callbacks(execute=True):
        answer_entry(
            entry=idea, outcome="accepted", text="Yes.", language="en", version=1, by=lead, at=NOW
        )
    (letter,) = mail.outbox
    stop = re.search(r"http://localhost:8000(\S+letters/\S+)", letter.body)[1]
    assert letter.extra_headers["List-Unsubscribe"] == f"<http://localhost:8000{stop}>"

    client.post(stop, {"do": "stop"})
    planned(idea, lead)

    assert send_letters(NOW) == 0


@pytest.mark.parametrize(
    ("fields", "is_written_to"),
    [
        ({"state": "accepted"}, True),
        ({"state": "submitted"}, True),
        ({"state": "refused"}, True),
        ({"state": "draft"}, False),
        ({"state": "withdrawn"}, False),
        ({"state": "accepted", "author_email": ""}, False),
        ({"state": "accepted", "author_email": "has@account.example"}, False),
    ],
)
def test_who_is_written_to(fields, is_written_to):
    UserFactory(email="Has@account.example")
    idea = EntryFactory(**{"author": None, "author_email": ADDRESS, **fields})

    assert (author_by_letter(idea) is not None) == is_written_to


def test_an_author_with_an_account_is_not_written_to():
    assert author_by_letter(EntryFactory(author_email=ADDRESS)) is None


def test_an_idea_in_a_language_that_the_site_does_not_speak(lead):
    idea = EntryFactory(author=None, author_email=ADDRESS, language="so", state="accepted")
    planned(idea, lead)

    assert send_letters(NOW) == 1
    assert mail.outbox[0].body.startswith("Hello,")


def test_the_page_of_letters_needs_no_account(client):
    assert client.get(reverse("notices:letters", args=["x"])).status_code == 404
