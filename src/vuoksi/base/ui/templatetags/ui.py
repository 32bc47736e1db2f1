"""Small pieces that pages need in templates."""

from collections.abc import Iterable
from datetime import date, datetime
from typing import Any

from django import template
from django.conf import settings
from django.middleware.csrf import get_token
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format, number_format
from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from vuoksi.base.places.models import Place
from vuoksi.base.texts.queries import in_language
from vuoksi.base.ui.maps import Feature, Map

register = template.Library()


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """Look up a key that is a variable."""
    return mapping.get(key)


@register.simple_tag
def tag(label: object, tone: str = "") -> SafeString:
    """Draw a tag. Long lists use this outright: the snippet ui/tag.html costs a context of its own each time."""
    return format_html('<span class="tag" data-tone="{}">{}</span>', tone or "neutral", label)


@register.filter
def shortened(text: str, most: int) -> str:
    """Cut a text after its last whole word within `most` characters; a word that is longer is cut itself."""
    if len(text) <= most:
        return text
    whole, space, _rest = text[:most].rpartition(" ")
    return f"{whole if space else text[: most - 1]}…"


@register.filter
def shown(value: Any) -> Any:
    """Show any value: dates in the reader's manner and for machines too, yes and no in words, nothing as a dash."""
    if value is None or value == "":
        return format_html('<span class="nothing" aria-label="{}">–</span>', gettext("nothing"))
    if isinstance(value, bool):
        return gettext("yes") if value else gettext("no")
    if isinstance(value, date):
        return moment(value)
    return figure(value) if isinstance(value, int | float) else value


def figure(value: float) -> str:
    """Write a number in the reader's manner; five digits and more in groups, so that a year stays a year."""
    rounded = float(f"{value:.10g}")
    plain = int(rounded) if rounded.is_integer() else rounded
    return str(number_format(plain, use_l10n=True, force_grouping=abs(value) >= 10_000))


def moment(value: date) -> SafeString:
    """Draw a date, or a date with its time in the city's zone."""
    if isinstance(value, datetime):
        local = timezone.localtime(value) if timezone.is_aware(value) else value
        words = date_format(local, "SHORT_DATETIME_FORMAT")
        return format_html('<time datetime="{}">{}</time>', local.isoformat(), words)
    words = date_format(value, "SHORT_DATE_FORMAT")
    return format_html('<time datetime="{}">{}</time>', value.isoformat(), words)


@register.simple_tag(takes_context=True)
def form_token(context: Context) -> SafeString:
    """Draw the form's token where `{% csrf_token %}` cannot: in a snippet included with `only`."""
    request: Any = getattr(context, "request", None)
    if request is None:
        return SafeString("")
    return format_html(
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">', get_token(request)
    )


@register.simple_tag
def loop_steps() -> list[dict[str, Any]]:
    """Give the steps of the loop, each with the page that shows it."""
    return [
        {"label": label, "words": words, "url": reverse(name)}
        for label, words, name in settings.LOOP
    ]


@register.inclusion_tag("ui/map.html")
def map_of(title: str, places: Iterable[Place]) -> dict[str, Map]:
    """Draw places on a map, with their list; the places' own pages stand below ui and know no maps."""
    features = [
        Feature(
            id=place.slug,
            label=in_language(place, "name").text,
            url=place.get_absolute_url(),
            geometry=place.geometry,
            kind=place.get_kind_display(),
        )
        for place in places
    ]
    return {"map": Map(title, features)}
