"""Letters to those who wrote a thing without an account: a place has its address in the source here."""

import smtplib
from datetime import UTC, datetime, timedelta

import pytest
from django.core import mail
from django.core.mail import get_connection
from django.core.mail.backends.base import BaseEmailBackend
from django.urls import reverse

from tests.factories.people import UserFactory
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.notices import actions, links
from vuoksi.base.notices.models import Letter, Notice, Silence
from vuoksi.base.notices.queries import letters_page, thing_behind
from vuoksi.base.notices.tasks import send_letters
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.post import NotSent, send
from vuoksi.base.places.models import Place
from vuoksi.base.runs.ticks import TICKS

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
ADDRESS = "aino.salainen@example.org"
pytestmark = pytest.mark.django_db


class Unreachable(BaseEmailBackend):
    """A mail server that refuses every recipient, by name."""

    def send_messages(self, messages):
        refused = {to: (550, b"no such mailbox") for m in messages for to in m.to}
        raise smtplib.SMTPRecipientsRefused(refused)


@pytest.fixture(autouse=True)
def _written_by_link():
    @links.correspondent_of(Place)
    def writer(place):
        return links.Correspondent(place.source, "en") if "@" in place.source else None


def told(opened, *places, at=AT, thing=None):
    return actions.write_to_authors(
        of=places, kind=opened, thing=thing or places[0], by=None, at=at, note="Come."
    )


def test_news_upstream_reach_the_address_once_with_a_page_and_a_way_to_stop(opened):
    place = FinnishPlaceFactory(name="Kera", source=ADDRESS)

    assert actions.tell_upstream(kind=opened, thing=place, by=None, at=AT, note="Come.") == 0
    assert (send_letters(AT), send_letters(AT + timedelta(hours=1))) == (1, 0)

    letter = mail.outbox[0]
    stop = letters_page(place)
    assert (letter.to, letter.subject) == ([ADDRESS], "[Vuoksi Espoo] News about “Kera”")
    assert letter.body == (
        "Hello,\n"
        "\n"
        "there is news about “Kera”, which you wrote:\n"
        "\n"
        "* “Kera” has opened for “Kera”. Come.\n"
        f"  http://localhost:8000{place.get_absolute_url()}\n"
        "\n"
        "You need no account to read it. Stop these letters:\n"
        f"{stop}\n"
    )
    assert letter.extra_headers == {
        "List-Unsubscribe": f"<{stop}>",
        "List-Unsubscribe-Post": "List-Unsubscribe=One-Click",
        "Auto-Submitted": "auto-generated",
    }


def test_news_of_one_moment_go_in_one_letter_and_an_address_hears_of_one_thing_once(opened):
    first, second = (FinnishPlaceFactory(source=ADDRESS) for _ in range(2))

    assert told(opened, first, second) == 1
    assert told(opened, first, thing=second) == 1

    assert send_letters(AT) == 1
    assert mail.outbox[0].body.count("* ") == 2


def test_nobody_writes_where_no_address_is(opened):
    assert told(opened, FinnishPlaceFactory(source="a survey")) == 0
    assert (Letter.objects.count(), AuditEntry.objects.count()) == (0, 0)


def test_the_address_is_kept_with_the_thing_alone(opened):
    place = FinnishPlaceFactory(source=ADDRESS)
    told(opened, place)
    send_letters(AT)

    kept = [*Letter.objects.values(), *AuditEntry.objects.values(), *Notice.objects.values()]
    assert ADDRESS not in str(kept)
    assert [row.verb for row in AuditEntry.objects.order_by("pk")] == [
        "notices.write_letters",
        "notices.settle_letter",
    ]


def test_what_is_gone_is_not_written_about(opened):
    place, other = FinnishPlaceFactory(source=ADDRESS), FinnishPlaceFactory(source=ADDRESS)
    told(opened, place)
    told(opened, other)
    place.delete()
    Place.objects.filter(pk=other.pk).update(source="")

    assert send_letters(AT) == 0
    assert Letter.objects.filter(settled_at=None).count() == 0
    settled = AuditEntry.objects.filter(verb="notices.settle_letter")
    assert [row.details for row in settled] == [{"is_sent": False}, {"is_sent": False}]
    assert mail.outbox == []


def test_what_could_not_be_sent_is_sent_later_and_the_log_names_nobody(opened, settings, caplog):
    place = FinnishPlaceFactory(source=ADDRESS)
    told(opened, place)
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    assert send_letters(AT) == 0
    assert "NotSent: SMTPRecipientsRefused" in caplog.text
    assert ADDRESS not in caplog.text

    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    assert send_letters(AT + timedelta(minutes=1)) == 0
    assert send_letters(AT + actions.CLAIM_HOLDS) == 1
    assert [letter.to for letter in mail.outbox] == [[ADDRESS]]


def test_old_news_is_not_sent(opened):
    told(opened, FinnishPlaceFactory(source=ADDRESS), at=AT - timedelta(days=7))

    assert send_letters(AT) == 0


class TestStopping:
    @pytest.fixture
    def place(self):
        return FinnishPlaceFactory(name="Kera", source=ADDRESS)

    def page(self, place):
        return letters_page(place).removeprefix("http://localhost:8000")

    def test_one_button_stops_the_letters_without_an_account(self, client, place, opened):
        told(opened, place)
        page = client.get(self.page(place))
        assert page.status_code == 200
        assert ADDRESS not in page.content.decode() + self.page(place)

        # What a mail program sends for the person (RFC 8058): no cookie, no form token.
        strict = type(client)(enforce_csrf_checks=True)
        answer = strict.post(self.page(place), {"List-Unsubscribe": "One-Click"})

        assert answer.status_code == 200
        assert "The letters are stopped" in answer.content.decode()
        assert (send_letters(AT), told(opened, place)) == (0, 0)
        strict.post(self.page(place), {"do": "stop"})
        assert [row.verb for row in AuditEntry.objects.filter(verb__endswith="stop_letters")] == [
            "notices.stop_letters"
        ]

    def test_they_begin_again(self, client, place, opened):
        actions.stop_letters(thing=place, at=AT)
        client.post(self.page(place), {"do": "start"})
        client.post(self.page(place), {"do": "start"})

        assert Silence.objects.count() == 0
        told(opened, place)
        assert send_letters(AT) == 1

    def test_a_look_stops_nothing(self, client, place):
        client.get(self.page(place))

        assert Silence.objects.count() == 0

    def test_a_made_up_link_leads_nowhere(self, client, place):
        token = self.page(place).split("/")[-2]
        for wrong in (token[:-1] + ("A" if token[-1] != "A" else "B"), "x", token + "x"):
            assert client.get(reverse("notices:letters", args=[wrong])).status_code == 404
        assert thing_behind(token) == place
        place.delete()
        assert client.post(reverse("notices:letters", args=[token])).status_code == 404


def test_an_error_of_the_mail_server_names_nobody(settings, client, caplog):
    """Also where nobody catches it: the letter of a new account."""
    settings.EMAIL_BACKEND = f"{__name__}.Unreachable"
    client.raise_request_exception = False
    form = {"email": ADDRESS, "name": "Aino", "language": "en"}
    secret = "long enough to be taken"

    client.post("/accounts/signup/", {**form, "password1": secret, "password2": secret})

    assert ADDRESS not in caplog.text
    with pytest.raises(smtplib.SMTPRecipientsRefused):
        get_connection().send_messages([mail.EmailMessage("x", "y", to=[ADDRESS])])
    with pytest.raises(NotSent):
        send(mail.EmailMessage("x", "y", to=[ADDRESS]))


def test_two_apps_may_say_where_a_thing_came_from():
    place = FinnishPlaceFactory(owner=None)
    owner = Organisation.objects.create(slug="unit", name="Unit", kind="city_unit")
    links.upstream_of(Place)(lambda _place: [owner])

    assert links.everything_upstream(place) == [place, owner]


def test_the_tick_knows_it():
    assert TICKS["vuoksi.base.notices.tasks.send_letters"] is send_letters


def test_a_person_is_not_a_correspondent():
    assert links.reachable(UserFactory()) is None
