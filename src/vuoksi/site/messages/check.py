"""What is wrong with a catalogue, in words that name the language and the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message

from vuoksi.site.messages.catalogues import brought_up_to_date, catalogue_path, read_catalogue

# Languages that the whole interface speaks. All others speak at least the pages that residents read and write:
# the shell, the first page with its figures, calls and ideas, talk, files and the chain.
WHOLE = ("fi", "sv")
RESIDENTS_FILES = (
    "base/files/",
    "base/lists/pages.py",
    "base/lists/questions.py",
    "base/talk/",
    "base/texts/templatetags/",
    "base/ui/",
    "indicators/words.py",
    "loop/calls/",
    "loop/decisions/models.py",
    "loop/decisions/pictures/chain.py",
    "loop/decisions/tables.py",
    "loop/decisions/templates/",
    "site/settings.py",
    "site/templates/",
    "strategy/templates/strategy/figure.html",
)
# Among those, what only staff and developers see.
STAFF_FILES = (
    "base/ui/samples.py",
    "base/ui/templates/ui/design.html",
    "loop/calls/api/__init__.py",
    "loop/calls/forms/calls.py",
    "loop/calls/forms/questions.py",
    "loop/calls/forms/texts.py",
    "loop/calls/templates/calls/categories.html",
    "loop/calls/templates/calls/edit.html",
    "loop/calls/templates/calls/invite.html",
    "loop/calls/templates/calls/manage.html",
    "loop/calls/templates/calls/new.html",
    "loop/calls/templates/calls/phases.html",
    "loop/calls/templates/calls/questions.html",
    "loop/calls/templates/calls/waiting.html",
    "loop/calls/templates/calls/ways.html",
    "loop/calls/views/coordination.py",
    "loop/decisions/templates/decisions/form.html",
    "loop/decisions/templates/decisions/publish.html",
    "site/templates/site/api_docs.html",
)

NAMED = re.compile(r"%\((\w+)\)|\{(\w*)\}")
UNNAMED = re.compile(r"%[#0\-+]*(?:\d+)?(?:\.\d+)?[diouxXeEfFgGcrs]")


@dataclass(frozen=True, slots=True)
class Problem:
    language: str
    fault: str
    text: str

    def __str__(self) -> str:
        return f"{self.language}: {self.fault}: {self.text!r}"


def problems(locale: Path, language: str, source: Catalog) -> list[Problem]:
    """Everything that is wrong with the catalogue of `language`."""
    path = catalogue_path(locale, language)
    if not path.exists():
        return [Problem(language, "there is no catalogue", str(path.name))]
    catalogue = read_catalogue(locale, language)
    found = [
        *(Problem(language, fault, text) for fault, text in _faults(catalogue, language)),
        *(
            Problem(language, "obsolete", _shown(message))
            for message in catalogue.obsolete.values()
        ),
    ]
    if path.read_text() != brought_up_to_date(read_catalogue(locale, language), source):
        found.append(Problem(language, "not up to date, run `vuoksi messages update`", path.name))
    return found


def _faults(catalogue: Catalog, language: str) -> Iterator[tuple[str, str]]:
    for message in catalogue:
        if not message.id:
            continue
        if message.fuzzy:
            yield "fuzzy", _shown(message)
        is_whole = all(_translations(message))
        if not is_whole and (language in WHOLE or is_for_residents(message)):
            yield "missing", _shown(message)
        if is_whole and not has_right_placeholders(message):
            yield "wrong placeholders", _shown(message)


def is_for_residents(message: Message) -> bool:
    return any(
        file.startswith(RESIDENTS_FILES) and file not in STAFF_FILES
        for file, _line in message.locations
    )


def has_right_placeholders(message: Message) -> bool:
    """Does the translation hold exactly what the program will fill in?

    A plural form may leave out the number ("one reply"), but the form for many may not.
    """
    sources = _forms(message.id)
    known = frozenset().union(*map(placeholders, sources))
    forms = _translations(message)
    if len(sources) == 1:
        return placeholders(forms[0]) == known
    return placeholders(forms[-1]) == placeholders(sources[-1]) and all(
        placeholders(form) <= known for form in forms
    )


def placeholders(text: str) -> frozenset[str]:
    plain = text.replace("%%", "")
    named = {"".join(groups) for groups in NAMED.findall(plain)}
    in_order = {f"{n} {found}" for n, found in enumerate(UNNAMED.findall(plain))}
    return frozenset(named | in_order)


def _translations(message: Message) -> tuple[str, ...]:
    return _forms(message.string)


def _shown(message: Message) -> str:
    return _forms(message.id)[0]


def _forms(text: Any) -> tuple[str, ...]:
    """A plain text as its only form, a plural as its several ones."""
    return tuple(text) if isinstance(text, tuple | list) else (str(text or ""),)
