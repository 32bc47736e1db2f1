"""What the page shell shows on every page."""

from dataclasses import dataclass
from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import SimpleLazyObject
from django.utils.translation import get_language, get_language_info
from django.utils.translation import gettext_lazy as _

from vuoksi.base.lists.columns import Text
from vuoksi.base.notices.models import Notice

THEMES = ("light", "dark")
# What a reader is told of the interface's translation (settings.LANGUAGE_STATES); a reviewed one needs no words.
TRANSLATION_WORDS: dict[str, Text] = {
    "machine": _("The interface was translated by a machine and nobody has reviewed it yet."),
    "human": _("The interface was translated by a person and nobody has reviewed it yet."),
}


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of the main menu. `is_here` on its own page and on those below it."""

    label: Text
    address: str
    is_here: bool


@dataclass(frozen=True, slots=True)
class Language:
    """A language by its own name, with the direction it is written in."""

    code: str
    name: str
    direction: str


def shell(request: HttpRequest) -> dict[str, Any]:
    """Give the shell's context; what costs a query is asked only if a template shows it."""
    return {
        "city_name": settings.CITY_NAME,
        "is_demo": settings.IS_DEMO,
        "map_tiles_url": settings.MAP_TILES_URL,
        "menu": [_entry(label, name, request.path) for label, name in settings.MENU],
        "foot_menu": [_entry(label, name, request.path) for label, name in settings.FOOT_MENU],
        "languages": languages(),
        "translation_words": translation_words(),
        "theme": theme_of(request),
        "unread_notices": SimpleLazyObject(lambda: _unread(request)),
    }


def languages() -> list[Language]:
    return [_language(code) for code, _name in settings.LANGUAGES]


def translation_words() -> Text:
    """Say who translated the interface of this page; empty in its own language and where it is reviewed."""
    state = settings.LANGUAGE_STATES.get(get_language() or "", "reviewed")
    return TRANSLATION_WORDS.get(state, "")


def theme_of(request: HttpRequest) -> str:
    """Give "light" or "dark" when the reader has chosen; empty means as the reader's device has it."""
    theme = request.COOKIES.get("theme", "")
    return theme if theme in THEMES else ""


def _language(code: str) -> Language:
    info = get_language_info(code)
    return Language(code, info["name_local"], "rtl" if info["bidi"] else "ltr")


def _entry(label: Text, url_name: str, path: str) -> Entry:
    address = reverse(url_name)
    is_here = path == address or (address != reverse("home") and path.startswith(address))
    return Entry(label, address, is_here)


def _unread(request: HttpRequest) -> int:
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return 0
    return Notice.objects.filter(user=user, read_at=None).count()
