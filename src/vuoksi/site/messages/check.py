"""What is wrong with a catalogue, in words that name the language and the text."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from babel.messages.catalog import Catalog, Message

from vuoksi.site.messages.catalogues import brought_up_to_date, catalogue_path, read_catalogue

# Languages that the whole interface speaks, and the templates that residents need in all the others.
WHOLE = ("fi", "sv")
# Begun: what is missing is shown in English, and said here until residents' templates are whole.
BEGUN = ("ar",)
RESIDENTS_TEMPLATES = (
    "base/ui/templates/",
    "base/talk/templates/",
    "site/templates/",
    "loop/calls/templates/",
    "loop/decisions/templates/",
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
        if not is_whole and is_needed(message, language):
            yield "missing", _shown(message)
        if is_whole and not has_right_placeholders(message):
            yield "wrong placeholders", _shown(message)


def is_needed(message: Message, language: str) -> bool:
    """Must `message` be translated into `language` already?"""
    return language in WHOLE or (language not in BEGUN and is_for_residents(message))


def is_for_residents(message: Message) -> bool:
    return any(file.startswith(RESIDENTS_TEMPLATES) for file, _line in message.locations)


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
