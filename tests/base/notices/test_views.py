from datetime import UTC, datetime

import pytest
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.notices import NoticeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import SupportFactory
from vuoksi.base.notices import actions
from vuoksi.base.notices.kinds import KINDS, in_words
from vuoksi.base.notices.models import Notice
from vuoksi.base.notices.queries import ways_of
from vuoksi.base.people.models import Role

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
URL = "/me/notices/"
pytestmark = pytest.mark.django_db


@pytest.fixture
def me(client):
    person = UserFactory()
    client.force_login(person)
    return person


def text(client, url=URL, **more):
    return client.get(url, **more).content.decode()


def test_a_notice_says_what_why_and_from_where(client, me, opened):
    owner = OrganisationFactory(name="Unit")
    SupportFactory(thing=owner, user=me)
    place = FinnishPlaceFactory(name="<Kera>", owner=owner)
    actions.tell_upstream(kind=opened, thing=place, by=None, at=AT, note="<b>now</b>")

    page = text(client)

    assert (
        '“<bdi lang="fi" dir="ltr">&lt;Kera&gt;</bdi>” has opened for “<bdi>Unit</bdi>”.'
        " &lt;b&gt;now&lt;/b&gt;"
    ) in page
    assert "You are told because you support “Unit”." in page
    assert '<li><bdi>Unit</bdi></li><li><bdi lang="fi" dir="ltr">&lt;Kera&gt;</bdi></li>' in page


@pytest.mark.parametrize("language", ["fi", "sv", "en", "ar"])
def test_pages_in_every_language(client, me, language):
    NoticeFactory(user=me, thing=FinnishPlaceFactory())
    direction = "rtl" if language == "ar" else "ltr"
    headers = {"Accept-Language": language}

    for url in [URL, reverse("notices:settings")]:
        assert f'<html lang="{language}" dir="{direction}"' in text(client, url, headers=headers)


def test_only_ones_own_notices_are_there(client, me):
    other = NoticeFactory(thing=FinnishPlaceFactory(name="Muualla"))

    assert "Muualla" not in text(client)
    assert client.get(reverse("notices:open", args=[other.pk])).status_code == 404
    assert client.post(reverse("notices:mark_read", args=[other.pk])).status_code == 404


def test_a_deleted_thing_breaks_nothing(client, me):
    place = FinnishPlaceFactory()
    notice = NoticeFactory(user=me, thing=place)
    place.delete()

    assert "something that is no longer here" in text(client)
    page = client.get(reverse("notices:open", args=[notice.pk]), follow=True).content.decode()
    assert "What this notice is about is no longer here." in page


def test_a_kind_that_is_no_longer_known_breaks_nothing(client, me):
    NoticeFactory(user=me, thing=FinnishPlaceFactory(name="Kera"), kind="old.kind")

    assert "There is news about “" in text(client)


def test_a_detail_that_is_missing_breaks_nothing(me):
    notice = NoticeFactory(user=me, thing=FinnishPlaceFactory(), kind="moderation.text_decided")

    assert "Reason: –." in in_words([notice])[0].text


def test_opening_marks_as_read(client, me):
    notice = NoticeFactory(user=me, thing=FinnishPlaceFactory())

    client.get(reverse("notices:open", args=[notice.pk]))

    notice.refresh_from_db()
    assert notice.read_at is not None


def test_marking_one_and_all(client, me):
    notices = NoticeFactory.create_batch(3, user=me, thing=FinnishPlaceFactory())

    client.post(reverse("notices:mark_read", args=[notices[0].pk]))
    assert Notice.objects.filter(read_at=None).count() == 2
    client.post(reverse("notices:mark_all_read"))
    assert Notice.objects.filter(read_at=None).count() == 0
    assert client.get(reverse("notices:mark_all_read")).status_code == 405


def test_the_list_can_be_narrowed_and_taken_away(client, me):
    NoticeFactory(user=me, thing=FinnishPlaceFactory(name="Luettu"), read_at=AT)
    NoticeFactory(user=me, thing=FinnishPlaceFactory(name="Uusi"), kind="talk.comment_answered")

    assert ["Luettu" in text(client, URL + q) for q in ["?reading=unread", "?reading=read"]] == [
        False,
        True,
    ]
    assert "Luettu" not in text(client, URL + "?kind=talk.comment_answered")
    rows = b"".join(client.get(URL + "?format=csv").streaming_content).decode()
    assert "There is a reply to your comment on “Uusi”." in rows


def test_settings_are_kept_for_each_kind(client, me):
    url = reverse("notices:settings")
    ways = dict.fromkeys(KINDS, "digest") | {"talk.comment_written": "nothing"}

    client.post(url, ways)

    assert ways_of(me) == {"talk.comment_written": "nothing"}
    assert '<option value="nothing" selected>' in text(client, url)


def test_a_wrong_setting_is_told(client, me):
    page = client.post(reverse("notices:settings"), dict.fromkeys(KINDS, "loud")).content.decode()

    assert "loud is not one of the available choices" in page
    assert ways_of(me) == {}


@pytest.mark.parametrize("name", ["notices", "settings", "mark_all_read"])
def test_somebody_signed_out_is_asked_to_sign_in(client, name):
    assert client.get(reverse(f"notices:{name}")).status_code == 302


@pytest.mark.parametrize("number", [1, 3])
def test_the_list_takes_the_same_queries_whatever_its_length(
    client, me, number, django_assert_num_queries
):
    for _ in range(number):
        place = FinnishPlaceFactory(owner=OrganisationFactory())
        NoticeFactory(user=me, thing=place)
    text(client)

    with django_assert_num_queries(8):
        text(client)


@pytest.mark.parametrize("number", [1, 3])
def test_who_was_told_takes_the_same_queries_whatever_its_length(
    client_as, number, django_assert_num_queries
):
    client, place = client_as(Role.COORDINATOR), FinnishPlaceFactory(owner=OrganisationFactory())
    for _ in range(number):
        NoticeFactory(user=UserFactory(), thing=place)
    address = reverse("notices:told", args=["places.place", place.pk])
    text(client, address)

    with django_assert_num_queries(10):
        page = client.get(address)
    assert len(page.context["table"].rows) == number


def test_opening_leads_to_the_thing(client, me):
    call = CallFactory()
    notice = NoticeFactory(user=me, thing=call)

    answer = client.get(reverse("notices:open", args=[notice.pk]))

    assert answer.url == call.get_absolute_url()


def test_all_can_be_marked_as_read_only_while_something_is_unread(client, me):
    assert "Mark all as read" not in text(client)
    NoticeFactory(user=me, thing=FinnishPlaceFactory())

    assert "Mark all as read" in text(client)
