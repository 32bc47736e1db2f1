"""`{% text thing "title" %}`: a text in the reader's language, its language and direction said to machines too."""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils.html import conditional_escape, format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import get_language_info, gettext

from vuoksi.base.texts.queries import ORIGINAL, Rendered, in_language
from vuoksi.base.texts.registry import kind_of
from vuoksi.base.texts.rules import may_translate

register = template.Library()


@register.simple_tag(takes_context=True)
def text(context: Context, thing: Model, field: str) -> SafeString:
    """Show a short text. The mark says so when it is not in the reader's language."""
    return written(context, in_language(thing, field))


@register.simple_tag(takes_context=True)
def written(context: Context, value: Any) -> SafeString:
    """Show a short text that somebody has already looked up; any other value as it is."""
    if not isinstance(value, Rendered):
        return conditional_escape(value)
    shown = _for_reader(context, value)
    return format_html(
        "{}{}", in_its_language(conditional_escape(shown.text), shown, "span"), mark(shown)
    )


@register.simple_tag
def plain_text(thing: Model, field: str) -> str:
    """Give the text alone, for titles of pages and attributes."""
    return in_language(thing, field).text


@register.simple_tag(takes_context=True)
def long_text(context: Context, thing: Model, field: str) -> SafeString:
    """Show a text of several paragraphs."""
    shown = _for_reader(context, in_language(thing, field))
    if not shown.text:
        return SafeString("")
    paragraphs = SafeString(linebreaks(shown.text, autoescape=True))
    return format_html("{}{}", mark(shown), in_its_language(paragraphs, shown, "div"))


@register.simple_tag(takes_context=True)
def translate_link(context: Context, thing: Model) -> SafeString:
    """Lead those who may translate `thing` to its translations; nothing for others."""
    request = _request_of(context)
    if request is None or not may_translate(request.user, thing):
        return SafeString("")
    address = reverse("texts:languages", args=[kind_of(thing), thing.pk])
    return format_html('<a href="{}">{}</a>', address, gettext("Translations"))


def in_its_language(content: SafeString, shown: Rendered, tag: str) -> SafeString:
    if shown.is_translated:
        return content
    direction = "rtl" if get_language_info(shown.language)["bidi"] else "ltr"
    return format_html(
        '<{0} lang="{1}" dir="{2}">{3}</{0}>', SafeString(tag), shown.language, direction, content
    )


def mark(shown: Rendered) -> SafeString:
    """Say at the text what the reader must know of it; nothing when all is well."""
    if shown.state == ORIGINAL:
        return SafeString("")
    if not shown.is_translated:
        return _note("untranslated", gettext("not translated"))
    if shown.is_behind:
        return _note("behind", gettext("the original has changed since this was translated"))
    return SafeString("")


def _for_reader(context: Context, found: Rendered) -> Rendered:
    """Give the translation, or the original where the reader asks for it (`?texts=original`).

    That a machine translated is said once, at the foot of the page: so the page is told.
    """
    request = _request_of(context)
    if request is None:
        return found
    if request.GET.get("texts") == ORIGINAL:
        return found.original
    if found.is_by_machine:
        request.has_machine_texts = True
    return found


def _request_of(context: Context) -> Any:
    """Snippets included with `only` have no `request` among their values, but still know it."""
    return context.get("request") or getattr(context, "request", None)


def _note(kind: str, words: str) -> SafeString:
    return format_html(' <small class="text-mark" data-mark="{}">{}</small>', kind, words)
