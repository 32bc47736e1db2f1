import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Context, RequestContext, Template
from django.urls import reverse

from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import CommentFactory, SupportFactory
from vuoksi.base.people.models import Role
from vuoksi.base.talk.about import About
from vuoksi.base.talk.models import Comment, Follow, Support

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    person = UserFactory()
    client.force_login(person)
    return person


def door(name, thing):
    return reverse(f"talk:{name}", args=["places.place", thing.pk])


def sent(**more):
    return {"text": "Good idea", "language": "en", "key": str(uuid4()), **more}


def drawn(rf, user, thing, code='{% include "talk/comments.html" with thing=thing only %}'):
    request = rf.get("/")
    request.user = user
    return Template(code).render(RequestContext(request, {"thing": thing}))


def test_a_comment_is_published_and_its_place_is_shown(client, me):
    place = FinnishPlaceFactory()

    answer = client.post(door("comment", place), sent())

    comment = Comment.objects.get()
    assert (comment.text, comment.author, comment.language) == ("Good idea", me, "en")
    assert answer.url == f"/places/{place.slug}/#comment-{comment.pk}"


def test_a_double_click_publishes_once(client, me):
    place, form = FinnishPlaceFactory(), sent()

    answers = [client.post(door("comment", place), form).url for _ in range(2)]

    assert Comment.objects.count() == 1
    assert answers[0] == answers[1]


def test_html_is_refused_and_nothing_typed_is_lost(client, me):
    page = client.post(
        door("comment", FinnishPlaceFactory()), sent(text="<b>Hi</b>")
    ).content.decode()

    assert "Write plain text: HTML such as &lt;b&gt;" in page
    assert "&lt;b&gt;Hi&lt;/b&gt;</textarea>" in page
    assert Comment.objects.count() == 0


def test_a_flood_is_told_at_the_field_and_nothing_is_lost(client, me):
    place = FinnishPlaceFactory()
    for _ in range(10):
        client.post(door("comment", place), sent())

    page = client.post(door("comment", place), sent(text="One more")).content.decode()

    assert "You have written 10 comments within 10 minutes." in page
    assert "One more</textarea>" in page


def test_a_reply_stands_under_what_it_answers(client, me):
    first = CommentFactory(thing=FinnishPlaceFactory(), anchor="p2")
    url = reverse("talk:reply", args=[first.pk])
    assert first.text in client.get(url).content.decode()

    client.post(url, sent(anchor="p2"))

    reply = Comment.objects.exclude(pk=first.pk).get()
    assert (reply.reply_to, reply.anchor) == (first, "p2")


def test_a_hidden_comment_cannot_be_answered(client, me):
    hidden = CommentFactory(
        thing=FinnishPlaceFactory(), visibility="hidden", hidden_at=AT, hidden_reason="insult"
    )

    assert client.get(reverse("talk:reply", args=[hidden.pk])).status_code == 404


@pytest.mark.parametrize(("name", "model"), [("support", Support), ("follow", Follow)])
def test_buttons_work_as_plain_forms(client, me, name, model):
    place = FinnishPlaceFactory()

    answer = client.post(door(name, place), {"do": "begin"})
    client.post(door(name, place), {"do": "begin"})
    assert (answer.url, model.objects.count()) == (f"/places/{place.slug}/", 1)

    client.post(door(name, place), {"do": "end"})
    assert model.objects.count() == 0


def test_with_htmx_the_buttons_replace_themselves(client, me):
    place = FinnishPlaceFactory()

    page = client.post(
        door("support", place), {"do": "begin"}, headers={"HX-Request": "true"}
    ).content.decode()

    assert "<html" not in page
    assert f'id="standing-places-place-{place.pk}"' in page
    assert "Stop supporting" in page
    assert "1 supporter<" in page


def test_a_get_changes_nothing(client, me):
    assert client.get(door("support", FinnishPlaceFactory())).status_code == 405


@pytest.mark.parametrize("name", ["comment", "support", "follow"])
def test_somebody_signed_out_is_asked_to_sign_in(client, name):
    answer = client.post(door(name, FinnishPlaceFactory()))

    assert (answer.status_code, answer.url.split("?")[0]) == (302, "/accounts/login/")


@pytest.mark.parametrize("name", ["comment", "support", "follow"])
def test_what_one_may_not_read_is_not_there(client, me, name):
    assert client.post(door(name, FinnishPlaceFactory(slug="secret")), sent()).status_code == 404


def test_a_closed_discussion_takes_no_comment(client, me):
    assert (
        client.post(door("comment", FinnishPlaceFactory(slug="closed")), sent()).status_code == 403
    )


@pytest.mark.parametrize(
    "path", ["people.user/1", "places.place/0", "places.place/x", "nothing/1", "a.b/1"]
)
def test_what_nobody_talks_about_is_not_there(client, me, path):
    assert client.post(f"/talk/{path}/comments/", sent()).status_code == 404


def test_a_hidden_comment_is_a_line_with_its_reason(rf):
    place = FinnishPlaceFactory()
    CommentFactory(
        thing=place,
        author__name="Seller",
        text="Buy now",
        visibility="hidden",
        hidden_at=AT,
        hidden_reason="spam",
    )

    page = drawn(rf, AnonymousUser(), place)

    assert "Hidden by the moderators on 4 May 2026: <bdi>Advertising or spam</bdi>" in page
    assert "Seller" not in page
    assert "Buy now" not in page
    assert ">Comments</h2>" in page


def test_a_comment_says_its_language_and_direction(rf):
    place = FinnishPlaceFactory()
    CommentFactory(thing=place, text="مرحبا", language="ar")

    assert '<div lang="ar" dir="rtl"><p>مرحبا</p></div>' in drawn(rf, UserFactory(), place)


def test_html_from_elsewhere_is_escaped(rf):
    place = FinnishPlaceFactory()
    CommentFactory(thing=place, text="<script>x</script>", author__name="<b>Eve</b>")

    page = drawn(rf, UserFactory(), place)

    assert "<script>" not in page
    assert "<b>Eve" not in page


def test_the_form_carries_a_token_though_the_template_was_given_only_the_thing(rf):
    page = drawn(rf, UserFactory(), FinnishPlaceFactory())

    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', page)


def test_only_those_who_answer_are_offered_the_official_answer(rf):
    place = FinnishPlaceFactory()

    assert "official answer" not in drawn(rf, UserFactory(), place)
    assert "official answer" in drawn(rf, person_with(Role.STAFF), place)


def test_signed_out_one_is_led_to_sign_in_and_back(rf):
    place = FinnishPlaceFactory(slug="kera")

    assert 'href="/accounts/login/?next=%2Fplaces%2Fkera%2F"' in drawn(rf, AnonymousUser(), place)
    assert "Sign in to support or follow" in drawn(
        rf, AnonymousUser(), place, '{% include "talk/buttons.html" with thing=thing only %}'
    )


@pytest.mark.parametrize("number", [1, 3])
def test_comments_take_the_same_queries_whatever_their_number(
    rf, number, django_assert_num_queries
):
    place, user = FinnishPlaceFactory(), UserFactory()
    for _ in range(number):
        first = CommentFactory(thing=place, language="ar")
        CommentFactory(thing=place, language="fi", reply_to=first)
    drawn(rf, user, place)

    with django_assert_num_queries(2):
        drawn(rf, user, place)


def test_buttons_take_three_queries(rf, django_assert_num_queries):
    place, user = FinnishPlaceFactory(), UserFactory()
    SupportFactory(thing=place)
    code = '{% include "talk/buttons.html" with thing=thing only %}'
    drawn(rf, user, place, code)

    with django_assert_num_queries(3):
        drawn(rf, user, place, code)


def test_a_reply_in_a_thread_that_was_hidden_is_told_and_kept(client, me):
    place = FinnishPlaceFactory()
    first = CommentFactory(thing=place, visibility="hidden", hidden_at=AT, hidden_reason="insult")
    second = CommentFactory(thing=place, reply_to=first)

    page = client.post(reverse("talk:reply", args=[second.pk]), sent(text="Well")).content.decode()

    assert "The comment that you answer cannot be answered any more." in page
    assert "Well</textarea>" in page


def test_a_comment_on_what_was_deleted_is_not_answered(client, me):
    place = FinnishPlaceFactory()
    comment = CommentFactory(thing=place)
    place.delete()

    assert client.get(reverse("talk:reply", args=[comment.pk])).status_code == 404


def test_a_held_comment_is_seen_by_its_author_and_moderators_alone(rf):
    place = FinnishPlaceFactory()
    comment = CommentFactory(thing=place, text="See www.example.org", visibility="held")

    seen = [
        "www.example.org" in drawn(rf, user, place)
        for user in (comment.author, person_with(Role.MODERATOR), UserFactory(), AnonymousUser())
    ]

    assert seen == [True, True, False, False]


def test_a_thing_is_open_to_all_and_answered_by_nobody_unless_it_says_otherwise():
    found = About(url="/x/")

    answers = [
        may(AnonymousUser())
        for may in (found.may_read, found.may_comment, found.may_support, found.may_answer)
    ]
    assert answers == [True, True, True, False]


def test_a_template_without_a_request_has_no_token():
    assert Template("{% form_token %}").render(Context()) == ""
