import os
from datetime import UTC, datetime, timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.management import call_command

from tests.base.files import samples
from tests.factories.places import FinnishPlaceFactory
from vuoksi.base.files.actions import attach_file, sweep_strays
from vuoksi.base.files.models import Attachment

NOW = datetime.now(UTC)
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _files_on_a_disk(settings, tmp_path):
    disk = {"BACKEND": "django.core.files.storage.FileSystemStorage"}
    settings.STORAGES = {**settings.STORAGES, "default": disk}
    settings.MEDIA_ROOT = tmp_path


def aged(path, hours):
    then = (NOW - timedelta(hours=hours)).timestamp()
    os.utime(default_storage.path(path), (then, then))
    return path


def kept(hours):
    upload = SimpleUploadedFile("plan.pdf", samples.PDF)
    attachment = attach_file(thing=FinnishPlaceFactory(), upload=upload, by=None, at=NOW)
    return aged(attachment.file.name, hours)


def killed_upload(hours):
    """What is left of an upload whose process was killed: the file is written, its row is not."""
    attachment = Attachment(name="plan.pdf")
    attachment.file.save("0123.pdf", ContentFile(samples.PDF), save=False)
    return aged(attachment.file.name, hours)


def is_there(*paths):
    return [default_storage.exists(path) for path in paths]


def test_tick_deletes_what_no_row_names_after_a_day(caplog):
    old_file, stray, fresh = kept(400), killed_upload(25), killed_upload(23)

    call_command("tick")

    assert is_there(old_file, stray, fresh) == [True, False, True]
    assert [r.getMessage() for r in caplog.records if "no row names" in r.getMessage()] == [
        f"deleted the file {stray}, which no row names"
    ]


def test_an_empty_database_beside_a_full_folder_deletes_nothing():
    stray = killed_upload(400)

    call_command("tick")

    assert is_there(stray) == [True]


def test_a_tick_without_any_files_asks_the_database_nothing(django_assert_num_queries):
    with django_assert_num_queries(2):  # the transaction that each action opens and closes
        assert sweep_strays(at=NOW) == 0
