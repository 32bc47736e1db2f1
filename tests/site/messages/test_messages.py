"""Texts are found in both kinds of file, and each fault of a catalogue is named."""

import gettext
from pathlib import Path

import pytest
from babel.messages.catalog import Message
from django.core.management import call_command
from django.core.management.base import CommandError

from vuoksi.site.messages.catalogues import (
    brought_up_to_date,
    catalogue_path,
    compile_all,
    read_catalogue,
)
from vuoksi.site.messages.check import has_right_placeholders, problems
from vuoksi.site.messages.extract import source_catalogue

PYTHON = """
from django.utils.translation import gettext_lazy as _, ngettext, pgettext
LABEL = _("A call " "for ideas")
def said(n):
    return ngettext("%(n)s reply", "%(n)s replies", n) % {"n": n}
UNIT = pgettext("unit", "points")
"""
TEMPLATE = """{% load i18n %}
    <h1>{% translate "Take part" %}</h1>
  {% if who %}<p>{% blocktranslate trimmed count n=total %}
      One "quoted" idea by {{ who }}
    {% plural %}
      {{ n }} ideas by {{ who }}
    {% endblocktranslate %}</p>{% endif %}
{# Translators: the button below a form #}
<button>{% translate "Send" context "form" %}</button> 100 % plain {{ x|default:_("nothing") }}
"""
FINNISH = {
    "A call for ideas": "Ideahaku",
    ("%(n)s reply", "%(n)s replies"): ("%(n)s vastaus", "%(n)s vastausta"),
    "points": "pistettä",
    "Take part": "Osallistu",
    ('One "quoted" idea by %(who)s', "%(n)s ideas by %(who)s"): ("Yksi: %(who)s", "%(n)s: %(who)s"),
    "Send": "Lähetä",
    "nothing": "ei mitään",
}


@pytest.fixture
def source(tmp_path) -> Path:
    folder = tmp_path / "source"
    (folder / "base/ui/templates/ui").mkdir(parents=True)
    (folder / "base/models.py").write_text(PYTHON)
    (folder / "base/ui/templates/ui/page.html").write_text(TEMPLATE)
    (folder / "base/migrations").mkdir()
    (folder / "base/migrations/0001_initial.py").write_text('_("not of the interface")')
    return folder


@pytest.fixture
def locale(tmp_path) -> Path:
    return tmp_path / "locale"


def write(locale: Path, language: str, source: Path, translations: dict) -> Path:
    """Write an up-to-date catalogue with these translations."""
    catalogue = read_catalogue(locale, language)
    catalogue.update(source_catalogue(source), no_fuzzy_matching=True)
    for message in catalogue:
        key = message.id
        if key and key in translations:
            message.string = translations[key]
    path = catalogue_path(locale, language)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(brought_up_to_date(catalogue, source_catalogue(source)))
    return path


def test_texts_are_found_in_python_and_templates(source):
    found = {(message.context, message.id) for message in source_catalogue(source) if message.id}

    contexts = {"Send": "form", "points": "unit"}
    assert found == {(contexts.get(text), text) for text in FINNISH}


def test_a_text_names_its_files_and_the_note_for_translators(source):
    catalogue = source_catalogue(source)

    assert catalogue["A call for ideas"].locations == [("base/models.py", 1)]
    assert catalogue.get("Send", "form").auto_comments == ["Translators: the button below a form"]


def test_a_whole_catalogue_has_no_fault(source, locale):
    write(locale, "fi", source, FINNISH)

    assert problems(locale, "fi", source_catalogue(source)) == []


def test_a_catalogue_is_the_same_when_made_again(source, locale):
    path = write(locale, "fi", source, FINNISH)
    before = path.read_text()

    again = brought_up_to_date(read_catalogue(locale, "fi"), source_catalogue(source))

    assert again == before
    assert "Generated-By" not in before


def faults(locale: Path, language: str, source: Path) -> list[tuple[str, str]]:
    return [(p.fault, p.text) for p in problems(locale, language, source_catalogue(source))]


def test_no_catalogue_is_a_fault(source, locale):
    assert faults(locale, "fi", source) == [("there is no catalogue", "django.po")]


def test_missing_text_is_named(source, locale):
    write(locale, "fi", source, {**FINNISH, "Take part": ""})

    assert faults(locale, "fi", source) == [("missing", "Take part")]


def test_missing_plural_form_is_named(source, locale):
    replies = ("%(n)s reply", "%(n)s replies")
    write(locale, "fi", source, {**FINNISH, replies: ("%(n)s vastaus", "")})

    assert faults(locale, "fi", source) == [("missing", "%(n)s reply")]


def test_other_languages_need_only_what_residents_see(source, locale):
    write(locale, "so", source, {})

    assert sorted(faults(locale, "so", source)) == [
        ("missing", 'One "quoted" idea by %(who)s'),
        ("missing", "Send"),
        ("missing", "Take part"),
        ("missing", "nothing"),
    ]


def test_staff_pages_and_other_python_files_need_no_further_language(source, locale):
    for path in ("site/settings.py", "site/views.py", "base/ui/samples.py"):
        (source / path).parent.mkdir(parents=True, exist_ok=True)
        (source / path).write_text(f'_("said by {path}")')
    write(locale, "ar", source, {})

    missing = {text for fault, text in faults(locale, "ar", source) if text.startswith("said")}
    assert missing == {"said by site/settings.py"}


def test_fuzzy_text_is_named(source, locale):
    path = write(locale, "fi", source, FINNISH)
    path.write_text(path.read_text().replace('msgid "Take part"', '#, fuzzy\nmsgid "Take part"'))

    assert faults(locale, "fi", source)[0] == ("fuzzy", "Take part")


def test_obsolete_text_is_named(source, locale):
    path = write(locale, "fi", source, FINNISH)
    path.write_text(path.read_text() + '\n#~ msgid "Gone"\n#~ msgstr "Poissa"\n')

    assert faults(locale, "fi", source)[0] == ("obsolete", "Gone")


def test_catalogue_behind_the_source_is_named(source, locale):
    write(locale, "fi", source, FINNISH)
    (source / "base/forms.py").write_text('_("A new label")')

    ((fault, _file),) = faults(locale, "fi", source)

    assert fault == "not up to date, run `vuoksi messages update`"


def test_wrong_placeholder_is_named(source, locale):
    one = ('One "quoted" idea by %(who)s', "%(n)s ideas by %(who)s")
    write(locale, "fi", source, {**FINNISH, one: ("Yksi: %(kuka)s", "%(n)s: %(who)s")})

    assert faults(locale, "fi", source) == [("wrong placeholders", one[0])]


@pytest.mark.parametrize(
    ("text", "translation", "is_right"),
    [
        ("by %(who)s", "%(who)s", True),
        ("by %(who)s", "who", False),
        ("by {who}", "{kuka}", False),
        ("%s of %s", "%s", False),
        ("100 %% sure", "täysin varma", True),
        ("95 % interval", "95 prosentin väli", True),
        (("%(n)s day", "%(n)s days"), ("yksi päivä", "%(n)s päivää"), True),
        (("%(n)s day", "%(n)s days"), ("%(n)s päivä", "päiviä"), False),
    ],
)
def test_placeholders(text, translation, is_right):
    assert has_right_placeholders(Message(text, translation)) is is_right


def test_compiled_catalogue_is_read_by_gettext(source, locale):
    path = write(locale, "fi", source, FINNISH)

    assert compile_all(locale) == [path.with_suffix(".mo")]
    assert compile_all(locale) == []
    with path.with_suffix(".mo").open("rb") as file:
        texts = gettext.GNUTranslations(file)
    assert texts.gettext("Take part") == "Osallistu"
    assert texts.ngettext("%(n)s reply", "%(n)s replies", 3) == "%(n)s vastausta"


def test_command_updates_checks_and_compiles(settings, source, locale, capsys):
    settings.SOURCE, settings.LOCALE_PATHS = source, [locale]
    settings.LANGUAGES = [("fi", "suomi"), ("en", "English")]

    call_command("messages", "update")
    with pytest.raises(CommandError, match="7 faults in the message catalogues"):
        call_command("messages", "check")
    write(locale, "fi", source, FINNISH)
    call_command("messages", "check")
    call_command("messages", "compile")
    call_command("messages", "extract")

    said = capsys.readouterr().out
    assert "7 texts in 1 languages: no fault" in said
    assert "compiled fi" in said
    assert "'Take part'" in said
