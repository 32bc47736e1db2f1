import pytest
from django import forms
from django.core.exceptions import ValidationError
from hypothesis import given
from hypothesis import strategies as st

from vuoksi.base.texts.forms import PlainTextField, plain_text
from vuoksi.base.texts.queries import one_newline, seal


@pytest.mark.parametrize("text", ["a < b", "I <3 trees", "x & y", "5 > 4", "a<b", "çäö العربية"])
def test_plain_text_passes(text):
    assert plain_text(text) is None


@pytest.mark.parametrize(
    "text", ["<b>bold</b>", "<script>alert(1)</script>", "hello <img src=x onerror=y>", "</p>"]
)
def test_html_is_refused_at_its_field(text):
    class Form(forms.Form):
        text = PlainTextField()

    form = Form({"text": text})

    assert form.errors == {
        "text": ["Write plain text: HTML such as <b> or <a href> is not accepted here."]
    }


@given(st.sampled_from(["b", "script", "a", "div", "svg", "iframe"]), st.text(max_size=20))
def test_no_element_gets_through(name, words):
    with pytest.raises(ValidationError):
        plain_text(f"{words} <{name}>{words}</{name}>")


@given(st.text(alphabet="ab \n", min_size=1).filter(str.strip))
def test_line_ends_of_a_browser_change_nothing(text):
    assert seal(text.replace("\n", "\r\n"), "human") == seal(one_newline(text), "human")
