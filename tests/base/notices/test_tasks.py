from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail

from tests.factories.notices import NoticeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory
from tests.factories.places import FinnishPlaceFactory
from tests.factories.talk import SupportFactory
from vuoksi.base.notices import actions
from vuoksi.base.notices.models import Digest, Notice
from vuoksi.base.notices.tasks import send_digests
from vuoksi.base.runs.ticks import TICKS
from vuoksi.base.texts.actions import translate

# Nine o'clock in Espoo in May.
MORNING = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def test_a_digest_names_the_thing_the_reason_and_the_chain(opened):
    owner = OrganisationFactory(name="Unit")
    place = FinnishPlaceFactory(name="Kera", owner=owner)
    supporter = SupportFactory(thing=owner, user__name="Aino").user
    actions.tell_upstream(kind=opened, thing=place, by=None, at=MORNING, note="A < B")
    notice = Notice.objects.get()

    assert send_digests(MORNING) == 1

    letter = mail.outbox[0]
    assert letter.to == [supporter.email]
    assert letter.subject == "[Vuoksi Espoo] 1 piece of news"
    assert letter.body == (
        "Hello Aino,\n"
        "\n"
        "this is new in Espoo:\n"
        "\n"
        "* “Kera” has opened for “Unit”. A < B\n"
        "  You are told because you support “Unit”.\n"
        "  Unit → Kera\n"
        f"  http://localhost:8000/me/notices/{notice.pk}/\n"
        "\n"
        "Choose what you hear of:\n"
        "http://localhost:8000/me/notices/settings/\n"
    )


def test_it_is_written_in_the_persons_language():
    place = FinnishPlaceFactory(name="Kera", language="fi")
    translate(
        thing=place, language="en", texts={"name": "Kera lab"}, state="human", by=None, at=MORNING
    )
    for language in ["en", "fi"]:
        NoticeFactory(thing=place, user__language=language, at=MORNING)

    send_digests(MORNING)

    assert ["“Kera lab”" in letter.body for letter in mail.outbox] == [True, False]


def test_news_of_one_thing_stand_together():
    user, first, second = UserFactory(), FinnishPlaceFactory(name="Yksi"), FinnishPlaceFactory(name="Kaksi")
    for thing in [first, second, first]:
        NoticeFactory(user=user, thing=thing, at=MORNING)

    send_digests(MORNING)

    lines = [line for line in mail.outbox[0].body.splitlines() if "new comment" in line]
    assert lines == [
        "* There is a new comment on “Yksi”.",
        "  There is a new comment on “Yksi”.",
        "* There is a new comment on “Kaksi”.",
    ]


def test_it_is_sent_once_a_day():
    user, place = UserFactory(), FinnishPlaceFactory()
    NoticeFactory(user=user, thing=place, at=MORNING)
    assert [send_digests(MORNING), send_digests(MORNING)] == [1, 0]

    NoticeFactory(user=user, thing=place, at=MORNING + timedelta(hours=1))
    assert send_digests(MORNING + timedelta(hours=2)) == 0
    assert send_digests(MORNING + timedelta(days=1)) == 1
    assert send_digests(MORNING + timedelta(days=2)) == 0
    assert Notice.objects.filter(mailed_at=None).count() == 0
    assert Digest.objects.filter(sent_at=None).count() == 0


def test_nothing_is_sent_at_night():
    NoticeFactory(thing=FinnishPlaceFactory(), at=MORNING)

    assert send_digests(datetime(2026, 5, 5, 3, 59, tzinfo=UTC)) == 0
    assert send_digests(datetime(2026, 5, 5, 4, 0, tzinfo=UTC)) == 1


@pytest.mark.parametrize("way", ["nothing", "app"])
def test_a_kind_that_one_does_not_want_by_mail_is_not_mailed(way):
    notice = NoticeFactory(thing=FinnishPlaceFactory(), at=MORNING)
    actions.set_preference(user=notice.user, kind=notice.kind, way=way, at=MORNING)

    assert send_digests(MORNING) == 0


@pytest.mark.parametrize(
    "more",
    [
        {"read_at": MORNING},
        {"at": MORNING - timedelta(days=7)},
        {"at": MORNING + timedelta(minutes=1)},
        {"user__is_active": False},
    ],
)
def test_what_was_read_what_is_old_and_who_is_gone_get_no_mail(more):
    NoticeFactory(**{"thing": FinnishPlaceFactory(), "at": MORNING, **more})

    assert send_digests(MORNING) == 0


def test_what_could_not_be_sent_is_sent_later_and_keeps_no_other_waiting(caplog):
    bad = UserFactory(email="bad\naddress@example.org")
    place = FinnishPlaceFactory()
    for user in [bad, UserFactory()]:
        NoticeFactory(user=user, thing=place, at=MORNING)

    assert send_digests(MORNING) == 1
    assert "bad" not in caplog.messages[0]

    bad.email = "good@example.org"
    bad.save()
    assert send_digests(MORNING + timedelta(minutes=1)) == 0
    assert send_digests(MORNING + actions.CLAIM_HOLDS) == 1
    assert mail.outbox[-1].to == ["good@example.org"]


def test_a_deleted_thing_does_not_stop_the_letter():
    place = FinnishPlaceFactory()
    NoticeFactory(thing=place, at=MORNING)
    place.delete()

    send_digests(MORNING)

    assert "There is a new comment on “something that is no longer here”." in mail.outbox[0].body


def test_the_tick_knows_it():
    assert TICKS["vuoksi.base.notices.tasks.send_digests"] == send_digests


@pytest.mark.parametrize("number", [1, 3])
def test_a_letter_takes_the_same_queries_whatever_its_length(number, django_assert_num_queries):
    user = UserFactory()
    for _ in range(number):
        NoticeFactory(user=user, thing=FinnishPlaceFactory(), at=MORNING)

    with django_assert_num_queries(17):
        send_digests(MORNING)
