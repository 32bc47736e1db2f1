from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction

from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory, FollowFactory, SupportFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices.models import Notice
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.talk import about, actions
from vuoksi.base.talk.models import Comment, Follow, Support
from vuoksi.base.talk.queries import (
    comment_counts,
    comments_on,
    people_behind,
    standing,
    supports_of,
    threads,
    ties_to,
)

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def say(thing, author, **more):
    more = {"text": "Good idea", "language": "en", "key": uuid4(), "at": AT, **more}
    return actions.join_discussion(thing=thing, author=author, **more)


def verbs():
    return list(AuditEntry.objects.order_by("pk").values_list("verb", flat=True))


def test_a_comment_is_kept_and_audited():
    place, author = FinnishPlaceFactory(), UserFactory()

    comment = say(place, author, anchor="p1")

    assert list(comments_on(place, anchor="p1")) == [comment]
    assert list(comments_on(place, anchor="p2")) == []
    assert verbs() == ["talk.write_comment", "notices.talk.comment_written"]


def test_sent_twice_it_stands_once():
    place, author, key = FinnishPlaceFactory(), UserFactory(), uuid4()

    first = say(place, author, key=key)

    assert say(place, author, key=key) == first
    assert Comment.objects.count() == 1


def test_a_key_sent_twice_past_the_common_door_stands_once():
    place, author, key = FinnishPlaceFactory(), UserFactory(), uuid4()
    for _ in range(2):
        actions.write_comment(thing=place, author=author, text="x", language="en", key=key, at=AT)

    assert Comment.objects.count() == 1


def test_a_reply_to_a_reply_stands_in_the_same_thread():
    place = FinnishPlaceFactory()
    first = say(place, UserFactory())
    second = say(place, UserFactory(), reply_to=first)

    third = say(place, UserFactory(), reply_to=second)

    assert [(thread.comment, thread.replies) for thread in threads(comments_on(place))] == [
        (first, [second, third])
    ]


def test_a_reply_to_a_comment_on_something_else_is_refused():
    elsewhere = CommentFactory(thing=FinnishPlaceFactory())

    with pytest.raises(actions.WrongReply):
        say(FinnishPlaceFactory(), UserFactory(), reply_to=elsewhere)


def test_a_hidden_comment_is_not_answered():
    place = FinnishPlaceFactory()
    hidden = CommentFactory(thing=place, visibility="hidden", hidden_at=AT, hidden_reason="insult")

    with pytest.raises(actions.WrongReply):
        say(place, UserFactory(), reply_to=hidden)


def test_the_official_answer_is_given_by_the_one_who_answers_for_the_thing():
    place = FinnishPlaceFactory()

    with pytest.raises(NotAllowed):
        say(place, UserFactory(), is_official=True)
    answer = say(place, person_with(Role.STAFF), is_official=True)

    assert list(Comment.objects.filter(is_official=True)) == [answer]


def test_the_eleventh_comment_in_ten_minutes_is_refused():
    place, author = FinnishPlaceFactory(), UserFactory()
    for minute in range(10):
        say(place, author, at=AT + timedelta(seconds=minute))

    with pytest.raises(actions.TooManyComments) as flood:
        say(place, author, at=AT + timedelta(minutes=9))

    assert (flood.value.limit, flood.value.minutes) == (10, 10)
    assert Comment.objects.count() == 10
    say(place, author, at=AT + timedelta(minutes=10))


def test_official_answers_are_no_flood():
    place, staff = FinnishPlaceFactory(), person_with(Role.STAFF)
    for _ in range(11):
        say(place, staff, is_official=True)

    assert Comment.objects.count() == 11


def test_a_doubted_comment_is_kept_and_held_and_nobody_hears_of_it(monkeypatch):
    held = []
    monkeypatch.setattr(
        about, "_doubts", [lambda author, text, at: "links" if "www" in text else ""]
    )
    monkeypatch.setattr(about, "_when_held", [lambda **what: held.append(what)])
    place = FinnishPlaceFactory()
    FollowFactory(thing=place)

    comment = say(place, UserFactory(), text="See www.example.org")

    assert (comment.visibility, comment.text) == ("held", "See www.example.org")
    assert held == [{"comment": comment, "why": "links", "at": AT}]
    assert Notice.objects.count() == 0
    assert comment_counts([place]) == {}


def test_official_answers_are_not_doubted(monkeypatch):
    monkeypatch.setattr(about, "_doubts", [lambda **_what: "links"])

    answer = say(FinnishPlaceFactory(), person_with(Role.STAFF), is_official=True)

    assert answer.visibility == "shown"


def test_the_database_refuses_hiding_without_a_reason():
    with pytest.raises(IntegrityError), transaction.atomic():
        CommentFactory(thing=FinnishPlaceFactory(), visibility="hidden", hidden_at=AT)


@pytest.mark.parametrize(
    ("keep_texts", "left"),
    [
        (True, [("Good idea", "shown"), ("", "removed")]),
        (False, [("", "removed"), ("", "removed")]),
    ],
)
def test_who_leaves_takes_follows_along_and_texts_if_wanted(keep_texts, left):
    place, user = FinnishPlaceFactory(), UserFactory()
    say(place, user)
    CommentFactory(thing=place, author=user, visibility="held")
    actions.follow(thing=place, user=user, at=AT)
    actions.support(thing=place, user=user, at=AT)

    actions.forget_person(user=user, keep_texts=keep_texts, at=AT)

    assert [(row.text, row.visibility) for row in comments_on(place)] == left
    assert (Follow.objects.count(), supports_of([place])) == (0, {str(place.pk): 1})


@pytest.mark.parametrize(
    ("begin", "end", "model"),
    [
        (actions.support, actions.withdraw_support, Support),
        (actions.follow, actions.unfollow, Follow),
    ],
)
def test_standing_is_begun_and_ended_once(begin, end, model):
    place, user = FinnishPlaceFactory(), UserFactory()

    for act, count in [(begin, 1), (begin, 1), (end, 0), (end, 0)]:
        act(thing=place, user=user, at=AT)
        assert model.objects.count() == count
    assert len(verbs()) == 2


def test_an_answered_person_hears_of_it_once_even_as_a_follower():
    place, follower = FinnishPlaceFactory(), UserFactory()
    first = say(place, follower)
    FollowFactory(thing=place, user=follower)
    other = FollowFactory(thing=place).user
    answerer = UserFactory()

    say(place, answerer, reply_to=first)

    assert sorted(Notice.objects.values_list("user", "kind", "tie")) == sorted(
        [
            (follower.pk, "talk.comment_answered", ""),
            (other.pk, "talk.comment_written", "follow"),
        ]
    )


def test_people_behind_a_thing():
    place = FinnishPlaceFactory()
    supporter = SupportFactory(thing=place).user
    follower = FollowFactory(thing=place).user
    commenter = CommentFactory(thing=place).author
    FollowFactory(thing=place, user=supporter)
    SupportFactory(thing=place, user=UserFactory(is_active=False))

    assert set(people_behind([place])) == {supporter, follower, commenter}
    assert ties_to(place) == {
        supporter.pk: "support",
        follower.pk: "follow",
        commenter.pk: "comment",
    }
    assert (standing(supporter, place).supports, standing(supporter, place).does_follow) == (
        2,
        True,
    )


@pytest.mark.parametrize("number", [1, 3])
def test_counts_of_many_things_take_one_query_each(number, django_assert_num_queries):
    places = FinnishPlaceFactory.create_batch(number)
    for place in places:
        SupportFactory(thing=place)
        CommentFactory(thing=place)
    expected = {str(place.pk): 1 for place in places}
    supports_of(places)

    with django_assert_num_queries(2):
        assert (supports_of(places), comment_counts(places)) == (expected, expected)


def test_nothing_is_counted_for_nothing():
    assert supports_of([]) == {}
