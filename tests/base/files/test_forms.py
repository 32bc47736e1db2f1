import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.base.files import samples
from tests.base.files.test_pictures import SECRET, png_that_says, with_secrets
from vuoksi.base.files.forms import UploadField
from vuoksi.base.files.intake import examine
from vuoksi.base.files.refusals import MESSAGES
from vuoksi.base.files.rules import MOST_BYTES


class Form(forms.Form):
    file = UploadField(required=False)


def sent(name, content):
    return Form({}, {"file": SimpleUploadedFile(name, content)})


def test_a_good_file_can_be_read_from_its_beginning():
    form = sent("plan.pdf", samples.PDF)

    assert form.is_valid()
    assert form.cleaned_data["file"].read() == samples.PDF


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("plan.pdf", samples.EXE, "disguised"),
        ("plan.exe", samples.EXE, "kind"),
        ("plan.svg", samples.SVG, "kind"),
        ("plan.pdf", b"", "empty"),
        ("plan.pdf", samples.PDF + bytes(MOST_BYTES), "too_large"),
        ("photo.jpg", samples.JPEG[:-40], "broken"),
        ("photo.png", png_that_says(8_000, 6_251), "pixels"),
    ],
)
def test_a_refused_file_is_told_at_its_field(name, content, code):
    assert sent(name, content).errors == {"file": [str(MESSAGES[code])]}


def test_a_picture_leaves_the_form_without_its_hidden_data_and_is_not_drawn_twice():
    form = sent("photo.jpg", with_secrets("JPEG"))

    assert form.is_valid()
    kept = form.cleaned_data["file"]
    assert SECRET.encode() not in kept.read()
    assert examine(kept) is kept


def test_the_field_says_what_is_removed():
    assert "we remove where it was taken and other hidden data" in str(Form()["file"].help_text)


def test_no_file_is_no_error_where_none_is_needed():
    assert Form({}, {}).is_valid()
