import pytest
from django import forms
from django.core.files.uploadedfile import SimpleUploadedFile

from tests.base.files import samples
from vuoksi.base.files.forms import UploadField
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
    ],
)
def test_a_refused_file_is_told_at_its_field(name, content, code):
    assert sent(name, content).errors == {"file": [str(MESSAGES[code])]}


def test_no_file_is_no_error_where_none_is_needed():
    assert Form({}, {}).is_valid()
