"""Experiments and decisions are talked about by the common doors, as ideas are."""

import pytest
from django.urls import reverse

from tests.factories.decisions import DecisionFactory
from tests.factories.experiments import ExperimentFactory
from tests.factories.people import person_with
from tests.factories.talk import CommentFactory
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.talk.models import Follow
from vuoksi.base.talk.queries import comments_on

pytestmark = pytest.mark.django_db


def decision(state="published", **more):
    experiment = ExperimentFactory(state="ended" if state == "draft" else "decided")
    return DecisionFactory(state=state, experiment=experiment, **more)


THINGS = {"experiment": lambda: ExperimentFactory(state="running"), "decision": decision}


def door(name, thing):
    return reverse(f"talk:{name}", args=[thing._meta.label_lower, thing.pk])


def write(client, thing, text="Where next?", **more):
    form = {"text": text, "language": "en", "key": "6f1c3bb0-6d0c-4c3e-9d35-3f3f7a2c8a11", **more}
    return client.post(door("comment", thing), form)


@pytest.mark.parametrize("kind", THINGS)
def test_a_resident_comments_and_the_page_shows_it(client_as, client, kind):
    thing, resident = THINGS[kind](), client_as()

    answer = write(resident, thing)

    comment = comments_on(thing).get()
    assert answer.url == f"{thing.get_absolute_url()}#comment-{comment.pk}"
    page = client.get(thing.get_absolute_url()).content.decode()
    assert "1 comment" in page
    assert "Where next?" in page
    assert "Sign in to write a comment" in page


@pytest.mark.parametrize("kind", THINGS)
def test_a_resident_follows_and_hears_of_the_next_comment(client_as, kind):
    thing, follower, writer = THINGS[kind](), client_as(), client_as()

    follower.post(door("follow", thing))
    write(writer, thing)

    assert list(Follow.objects.values_list("user", flat=True)) == [follower.user.pk]
    told = Notice.objects.filter(user__in=[follower.user, writer.user])
    assert list(told.values_list("user", "kind")) == [(follower.user.pk, "talk.comment_written")]


@pytest.mark.parametrize("kind", THINGS)
def test_a_coordinator_answers_for_the_city(client_as, kind):
    thing = THINGS[kind]()

    write(client_as(Role.COORDINATOR), thing, is_official="on")
    write(client_as(), thing, is_official="on", key="6f1c3bb0-6d0c-4c3e-9d35-3f3f7a2c8a12")

    assert list(comments_on(thing).values_list("is_official", flat=True)) == [True, False]


@pytest.mark.parametrize(
    "thing", [lambda: ExperimentFactory(state="draft"), lambda: decision("draft")]
)
def test_what_is_not_public_is_not_there_to_talk_about(client_as, thing):
    plan = thing()
    coordinator = client_as(Role.COORDINATOR)

    assert write(coordinator, plan).status_code == 404
    assert "comment" not in coordinator.get(plan.get_absolute_url()).content.decode().lower()


def test_a_replaced_decision_keeps_its_discussion_and_takes_no_more(client_as):
    replaced = decision("replaced")
    CommentFactory(thing=replaced, text="Too early.")
    resident = client_as()

    assert write(resident, replaced).status_code == 403
    page = resident.get(replaced.get_absolute_url()).content.decode()
    assert "Too early." in page
    assert "The discussion has ended." in page


def test_who_recorded_a_decision_hears_of_comments_on_it(client_as):
    recorder = person_with(Role.COORDINATOR)

    write(client_as(), decision(recorded_by=recorder))

    assert list(Notice.objects.values_list("user", "tie")) == [(recorder.pk, "wrote")]
