from datetime import UTC, datetime

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.template.loader import render_to_string
from django.urls import reverse

from tests.base.files import samples
from tests.factories.organisations import OrganisationFactory
from tests.factories.people import UserFactory, person_with
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.files import access
from vuoksi.base.files.access import readable
from vuoksi.base.files.actions import attach_file
from vuoksi.base.files.rules import may_read_file
from vuoksi.base.people.models import Role
from vuoksi.base.people.rules import roles_of
from vuoksi.base.places.models import Place

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db
WHO = {
    "anonymous": AnonymousUser,
    "resident": UserFactory,
    "staff": lambda: person_with(Role.STAFF),
}
THINGS = {
    "open": lambda: FinnishPlaceFactory(slug="open"),
    "secret": lambda: FinnishPlaceFactory(slug="secret"),
    "unregistered": OrganisationFactory,
}


@pytest.fixture(autouse=True)
def _places_have_files(monkeypatch):
    monkeypatch.setattr(access, "_readable", {})

    @readable(Place)
    def may_read_files(user, place):
        return place.slug != "secret" or Role.STAFF in roles_of(user)


def attached(thing, name="suunnitelma ä.pdf"):
    upload = SimpleUploadedFile(name, samples.PDF)
    return attach_file(thing=thing, upload=upload, by=None, at=AT)


@pytest.mark.parametrize("thing", THINGS)
@pytest.mark.parametrize("who", WHO)
def test_permission_table(who, thing):
    allowed = {
        ("anonymous", "open"),
        ("resident", "open"),
        ("staff", "open"),
        ("staff", "secret"),
    }

    assert may_read_file(WHO[who](), attached(THINGS[thing]())) is ((who, thing) in allowed)


def test_a_file_whose_thing_is_gone_is_read_by_nobody():
    place = FinnishPlaceFactory()
    attachment = attached(place)
    place.delete()
    attachment.refresh_from_db()

    assert may_read_file(person_with(Role.STAFF), attachment) is False


def test_a_file_is_handed_out_to_be_saved_and_nothing_else(client):
    attachment = attached(FinnishPlaceFactory())

    answer = client.get(reverse("files:download", args=[attachment.pk]))

    assert b"".join(answer.streaming_content) == samples.PDF
    assert answer["Content-Disposition"] == "attachment; filename*=utf-8''suunnitelma%20%C3%A4.pdf"
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert answer["Cache-Control"] == "private, no-store"


def test_a_file_that_one_may_not_read_is_refused(client):
    attachment = attached(FinnishPlaceFactory(slug="secret"))

    assert client.get(reverse("files:download", args=[attachment.pk])).status_code == 403


def test_a_lost_file_is_not_found(client):
    attachment = attached(FinnishPlaceFactory())
    default_storage.delete(attachment.file.name)

    assert client.get(reverse("files:download", args=[attachment.pk])).status_code == 404


def test_the_list_of_files_escapes_names():
    attachment = attached(FinnishPlaceFactory(), "<b>x<b>.pdf")

    page = render_to_string("files/attachments.html", {"attachments": [attachment]})

    assert "<bdi>&lt;b&gt;x&lt;b&gt;.pdf</bdi>" in page
