"""What a page with forms answers, and which numbers can be keys of rows."""

import pytest
from django import forms
from django.core.exceptions import ValidationError
from django.http import QueryDict

from tests.factories.people import UserFactory
from vuoksi.base.lists.conflicts import version_in
from vuoksi.base.lists.fields import SeveralField, is_key
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.models import User


class NameForm(forms.Form):
    name = forms.CharField()


NEW, WRONG, RIGHT = NameForm(), NameForm({"name": ""}), NameForm({"name": "Aino"})
Rows = forms.formset_factory(NameForm, extra=1)


@pytest.mark.parametrize(
    ("shown", "more", "status"),
    [
        ((), {}, 200),
        ((NEW, None), {}, 200),
        ((RIGHT,), {}, 200),
        ((RIGHT, WRONG), {}, 422),
        ((Rows({"form-TOTAL_FORMS": "x"}),), {}, 422),
        ((RIGHT,), {"refused": "has answers"}, 422),
        ((RIGHT,), {"refused": ""}, 200),
        ((WRONG,), {"meanwhile": []}, 409),
    ],
)
def test_the_status_says_what_became_of_the_forms(shown, more, status):
    assert status_of(*shown, **more) == status


@pytest.mark.parametrize(
    ("text", "can_be"),
    [
        ("7", True),
        ("9" * 18, True),
        ("9" * 19, False),
        ("-1", False),
        ("²", False),
        ("٣", False),
        ("", False),
    ],
)
def test_a_key_is_a_number_that_a_row_can_have(text, can_be):
    assert is_key(text) == can_be


@pytest.mark.parametrize(
    ("sent", "version"), [("3", 3), ("nu\0ll", -1), ("9" * 5000, -1), ("", -1)]
)
def test_a_version_that_makes_no_sense_is_that_of_nobody(sent, version):
    data = QueryDict(mutable=True)
    data["version"] = sent

    assert version_in(data) == version


@pytest.mark.django_db
class TestSeveral:
    def test_rows_are_found_by_their_numbers(self):
        one = UserFactory()

        assert list(SeveralField(User.objects.all()).clean([str(one.pk)])) == [one]

    def test_what_is_needed_must_be_chosen(self):
        with pytest.raises(ValidationError) as refused:
            SeveralField(User.objects.all()).clean([])
        assert refused.value.code == "required"

    @pytest.mark.parametrize("key", ["1" + "0" * 400, "-99999999999999999999", "nu\0ll"])
    def test_what_no_row_can_have_is_no_choice(self, key):
        with pytest.raises(ValidationError) as refused:
            SeveralField(User.objects.all()).clean([key])
        assert refused.value.code == "invalid_choice"
