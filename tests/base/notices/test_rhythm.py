"""At once, daily, weekly or never; who was told; what is followed; what waits."""

from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.urls import reverse

from tests.factories.calls import CallFactory
from tests.factories.notices import NoticeFactory
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import PlaceFactory
from tests.factories.strategy import GoalFactory
from vuoksi.base.notices import actions, rules
from vuoksi.base.notices.kinds import COMMENT_WRITTEN
from vuoksi.base.notices.models import Digest, Notice
from vuoksi.base.notices.tasks import send_at_once, send_digests
from vuoksi.base.notices.waiting import SOURCES, waiting_for
from vuoksi.base.people.models import Role
from vuoksi.base.talk.models import Follow

pytestmark = pytest.mark.django_db
# Eight o'clock in Espoo on a Wednesday.
WEDNESDAY = datetime(2026, 5, 6, 5, 0, tzinfo=UTC)
KIND = "talk.comment_written"


def wants(way, weekday=None):
    person = UserFactory()
    actions.set_preference(user=person, kind=KIND, way=way, at=WEDNESDAY)
    if weekday is not None:
        actions.set_weekday(user=person, weekday=weekday, at=WEDNESDAY)
    return person


def told(person, at):
    return NoticeFactory(user=person, thing=OrganisationFactory(), at=at)


class TestWeekly:
    @pytest.mark.parametrize(("weekday", "day"), [(None, 11), (2, 6), (6, 10)])
    def test_it_goes_out_on_the_chosen_day_alone(self, weekday, day):
        person = wants("weekly", weekday)
        told(person, WEDNESDAY - timedelta(hours=1))
        sent = [n for n in range(7) if send_digests(WEDNESDAY + timedelta(days=n))]
        assert [6 + n for n in sent] == [day]

    def test_news_of_right_after_the_last_are_not_too_old_for_the_next(self):
        person = wants("weekly", 2)
        told(person, WEDNESDAY + timedelta(minutes=1))
        assert send_digests(WEDNESDAY) == 0
        assert send_digests(WEDNESDAY + timedelta(days=7, hours=3)) == 1

    def test_daily_and_weekly_news_go_in_one_e_mail(self):
        person = wants("weekly", 2)
        told(person, WEDNESDAY - timedelta(hours=1))
        NoticeFactory(
            user=person,
            thing=OrganisationFactory(),
            kind="talk.comment_answered",
            at=WEDNESDAY - timedelta(hours=2),
        )
        assert (send_digests(WEDNESDAY), Digest.objects.get().count) == (1, 2)

    def test_the_day_is_that_of_the_city(self):
        # A Tuesday evening in Greenwich is Wednesday in Espoo, but nobody is woken at one o'clock.
        person = wants("weekly", 2)
        told(person, WEDNESDAY - timedelta(days=1))
        night = datetime(2026, 5, 5, 22, 0, tzinfo=UTC)
        assert [send_digests(night), send_digests(WEDNESDAY)] == [0, 1]

    def test_another_day_is_kept_once(self, client):
        person = wants("weekly")
        client.force_login(person)
        page = client.get(reverse("notices:settings"))
        form = {name: field.initial for name, field in page.context["form"].fields.items()}
        client.post(reverse("notices:settings"), {**form, "weekday": 4})
        assert person.weekly_notices.weekday == 4
        assert client.post(reverse("notices:settings"), {**form, "weekday": 9}).status_code == 422
        assert person.weekly_notices.weekday == 4


class TestAtOnce:
    def test_it_goes_out_at_the_next_tick_whatever_the_hour(self):
        person = wants("at_once")
        night = datetime(2026, 5, 6, 0, 30, tzinfo=UTC)
        for minutes in (1, 2):
            told(person, night - timedelta(minutes=minutes))
        assert [send_at_once(night), send_at_once(night)] == [1, 0]
        assert mail.outbox[0].to == [person.email]
        assert send_digests(WEDNESDAY) == 0

    def test_what_somebody_has_in_hand_is_not_sent_twice(self):
        notice = told(wants("at_once"), WEDNESDAY)
        assert actions.claim_at_once(at=WEDNESDAY) == [notice]
        later = WEDNESDAY + actions.CLAIM_HOLDS
        counts = [send_at_once(at) for at in (later - timedelta(seconds=1), later)]
        assert counts == [0, 1]

    @pytest.mark.parametrize("way", ["nothing", "app", "digest", "weekly"])
    def test_others_wait(self, way):
        told(wants(way), WEDNESDAY)
        assert send_at_once(WEDNESDAY) == 0

    def test_a_letter_that_failed_is_tried_again(self, settings):
        told(wants("at_once"), WEDNESDAY)
        settings.EMAIL_BACKEND = "tests.base.notices.test_letters.Unreachable"
        assert send_at_once(WEDNESDAY) == 0
        settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
        assert send_at_once(WEDNESDAY + actions.CLAIM_HOLDS) == 1


class TestTold:
    def test_coordinators_see_who_was_told_and_how_many_for_good(self, client):
        place = PlaceFactory()
        person = UserFactory(name="Aino")
        actions.tell(people=[person], kind=COMMENT_WRITTEN, thing=place, by=None, at=WEDNESDAY)
        client.force_login(person_with(Role.COORDINATOR))
        address = reverse("notices:told", args=["places.place", place.pk])
        assert "Aino" in client.get(address).content.decode()
        Notice.objects.all().delete()
        page = client.get(address).content.decode()
        assert ("Aino" in page, "1 told" in page) == (False, True)

    @pytest.mark.parametrize("who", [None, *Role])
    def test_who_may_look(self, client, who):
        person = UserFactory() if who is None else person_with(who)
        client.force_login(person)
        answer = client.get(reverse("notices:told", args=["places.place", PlaceFactory().pk]))
        steering = who in {Role.COORDINATOR, Role.ADMINISTRATOR}
        assert rules.may_read_told(person) == steering
        assert answer.status_code == (200 if steering else 403)

    @pytest.mark.parametrize(
        "path",
        ["places.place/0", "places.place/x", "people.user/1", "no.such/1", "x/1",
         "places.place/99999999999999999999"],
    )  # fmt: skip
    def test_what_nobody_is_told_of_has_no_page(self, client, path):
        client.force_login(person_with(Role.COORDINATOR))
        assert client.get(f"/me/notices/told/{path}/").status_code == 404

    @pytest.mark.parametrize("count", [1, 3])
    def test_the_queries_are_the_same(self, client, django_assert_num_queries, count):
        client.force_login(person_with(Role.COORDINATOR))
        place = PlaceFactory()
        for _ in range(count):
            NoticeFactory(thing=place)
        with django_assert_num_queries(9):
            client.get(reverse("notices:told", args=["places.place", place.pk]))


class TestFollows:
    @pytest.mark.parametrize(
        "make",
        [PlaceFactory, OrganisationFactory, GoalFactory, lambda: CallFactory(state="published")],
    )
    def test_anything_is_followed_and_left_again(self, client, make):
        thing, person = make(), UserFactory()
        client.force_login(person)
        address = reverse("talk:follow", args=[thing._meta.label_lower, thing.pk])
        client.post(address, {"do": "begin"})
        assert str(thing) in client.get(reverse("notices:follows")).content.decode()
        client.post(address, {"do": "end"})
        assert not Follow.objects.exists()

    def test_what_is_followed_alone_is_not_talked_about(self, client):
        client.force_login(UserFactory())
        place = PlaceFactory()
        assert client.get(f"/talk/places.place/{place.pk}/comments/").status_code == 403

    def test_a_draft_of_a_call_is_not_followed(self, client):
        client.force_login(UserFactory())
        call = CallFactory(state="draft")
        answer = client.post(reverse("talk:follow", args=["calls.call", call.pk]))
        assert (answer.status_code in {403, 404}, Follow.objects.count()) == (True, 0)

    def test_what_is_gone_is_said_to_be(self, client):
        thing, person = PlaceFactory(owner=None), UserFactory()
        client.force_login(person)
        client.post(reverse("talk:follow", args=["places.place", thing.pk]))
        thing.delete()
        assert client.get(reverse("notices:follows")).status_code == 200


class TestWaiting:
    @pytest.mark.parametrize("who", [None, *Role])
    def test_staff_alone_see_it(self, client, who):
        client.force_login(UserFactory() if who is None else person_with(who))
        staff = who in {Role.STAFF, Role.COORDINATOR, Role.ADMINISTRATOR}
        assert client.get(reverse("notices:waiting")).status_code == (200 if staff else 403)

    def test_a_key_stands_once(self):
        with pytest.raises(ValueError, match="stands twice"):
            waiting_for(next(iter(SOURCES)), "again")(lambda user, today: [])

    def test_the_file_and_unknown_kinds_do_no_harm(self, client):
        client.force_login(person_with(Role.STAFF))
        assert client.get("/me/notices/waiting/?kind=nothing").status_code == 200
        answer = client.get("/me/notices/waiting/?format=csv")
        assert answer.content.decode().startswith("\ufeffkind,thing")
