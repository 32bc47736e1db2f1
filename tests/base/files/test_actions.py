from datetime import UTC, datetime
from hashlib import sha256

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.base.files import samples
from tests.base.files.test_pictures import SECRET, png_that_says, with_secrets
from tests.factories.people import UserFactory
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.audit.actions import action, if_rolled_back, nothing_to_do
from vuoksi.base.audit.models import AuditEntry
from vuoksi.base.files.actions import attach_file, remove_file
from vuoksi.base.files.models import Attachment
from vuoksi.base.files.queries import attachments_of
from vuoksi.base.files.refusals import MESSAGES, FileRefused
from vuoksi.base.files.rules import MOST_BYTES

AT = datetime(2026, 5, 4, 9, 0, tzinfo=UTC)
pytestmark = pytest.mark.django_db


def upload(name="plan.pdf", content=samples.PDF):
    return SimpleUploadedFile(name, content)


def stored():
    if not default_storage.exists("attachments"):
        return []
    return default_storage.listdir("attachments")[1]


@pytest.fixture(autouse=True)
def _empty_storage():
    for name in stored():
        default_storage.delete(f"attachments/{name}")


def test_a_file_is_kept_under_a_random_name_with_its_digest():
    place, person = FinnishPlaceFactory(), UserFactory()

    attachment = attach_file(thing=place, upload=upload(), by=person, at=AT)

    assert (attachment.name, attachment.media_type, attachment.size_bytes, attachment.digest) == (
        "plan.pdf",
        "application/pdf",
        len(samples.PDF),
        sha256(samples.PDF).hexdigest(),
    )
    assert len(stored()[0]) == len("0" * 32 + ".pdf")
    with attachment.file.open() as file:
        assert file.read() == samples.PDF
    assert AuditEntry.objects.get().details == {
        "attachment": attachment.pk,
        "digest": attachment.digest,
    }


@pytest.mark.parametrize(
    ("sent", "code"),
    [
        (("plan.pdf", samples.EXE), "disguised"),
        (("plan.exe", samples.EXE), "kind"),
        (("plan.pdf", b""), "empty"),
        (("plan.pdf", samples.PDF + bytes(MOST_BYTES)), "too_large"),
        (("photo.jpg", samples.JPEG[:-40]), "broken"),
        (("photo.png", png_that_says(50_000, 50_000)), "pixels"),
    ],
)
def test_a_refused_file_leaves_nothing_behind(sent, code):
    with pytest.raises(FileRefused) as refused:
        attach_file(thing=FinnishPlaceFactory(), upload=upload(*sent), by=None, at=AT)

    assert (refused.value.code, refused.value.message) == (code, MESSAGES[code])
    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_a_photo_is_kept_without_the_place_where_it_was_taken():
    sent = with_secrets("JPEG", turn=6)

    attachment = attach_file(
        thing=FinnishPlaceFactory(), upload=upload("photo.jpg", sent), by=None, at=AT
    )

    with attachment.file.open() as file:
        kept = file.read()
    assert SECRET.encode() in sent
    assert SECRET.encode() not in kept
    assert (attachment.size_bytes, attachment.digest) == (len(kept), sha256(kept).hexdigest())


def test_a_thing_has_five_files_at_most():
    place = FinnishPlaceFactory()
    for _ in range(5):
        attach_file(thing=place, upload=upload(), by=None, at=AT)

    with pytest.raises(FileRefused) as refused:
        attach_file(thing=place, upload=upload(), by=None, at=AT)

    assert refused.value.code == "too_many"
    assert len(stored()) == 5


def test_no_file_stays_when_the_action_around_it_fails():
    place = FinnishPlaceFactory()

    @action
    def send_idea():
        attach_file(thing=place, upload=upload(), by=None, at=AT)
        assert len(stored()) == 1
        raise LookupError

    with pytest.raises(LookupError):
        send_idea()

    assert (stored(), Attachment.objects.count()) == ([], 0)


def test_a_file_stays_when_only_a_later_action_fails():
    place = FinnishPlaceFactory()
    attach_file(thing=place, upload=upload(), by=None, at=AT)

    with pytest.raises(FileRefused):
        attach_file(thing=place, upload=upload("x.exe"), by=None, at=AT)

    assert len(stored()) == 1


def test_undoing_goes_backwards_and_only_inside_an_action():
    done = []

    @action
    def fail():
        if_rolled_back(lambda: done.append(1))
        if_rolled_back(lambda: done.append(2))
        nothing_to_do()
        raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert done == [2, 1]
    with pytest.raises(RuntimeError, match="inside an action only"):
        if_rolled_back(list)


def test_a_removed_file_is_gone_when_it_is_sure(django_capture_on_commit_callbacks):
    attachment = attach_file(thing=FinnishPlaceFactory(), upload=upload(), by=None, at=AT)

    with django_capture_on_commit_callbacks() as callbacks:
        remove_file(attachment=attachment, by=None, at=AT)
    assert len(stored()) == 1

    callbacks[0]()
    assert (stored(), Attachment.objects.count()) == ([], 0)


@pytest.mark.parametrize("number", [1, 3])
def test_files_of_many_things_take_one_query(number, django_assert_num_queries):
    places = FinnishPlaceFactory.create_batch(number)
    files = [attach_file(thing=place, upload=upload(), by=None, at=AT) for place in places]

    with django_assert_num_queries(1):
        found = attachments_of(places)

    assert found == {str(place.pk): [file] for place, file in zip(places, files, strict=True)}


def test_no_things_have_no_files():
    assert attachments_of([]) == {}
