"""What stands beside and in place of a moderated text; built in, so that every page has it."""

from typing import Any

from django import template
from django.db.models import Model
from django.template import Context
from django.urls import reverse
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext

from vuoksi.base.moderation.registry import kind_of
from vuoksi.base.moderation.words import reason_label
from vuoksi.base.people.rules import is_moderating
from vuoksi.base.texts.models import LEFT, Visibility

register = template.Library()


@register.simple_tag
def tombstone(thing: Any) -> SafeString:
    """Say when and why a text is not shown, in its place."""
    words = {
        Visibility.MEND: gettext(
            "Hidden by the moderators on %(date)s until its author has mended it: %(reason)s"
        ),
        Visibility.REMOVED: gettext("Removed by the moderators on %(date)s: %(reason)s"),
    }.get(thing.visibility, gettext("Hidden by the moderators on %(date)s: %(reason)s"))
    if thing.hidden_reason == LEFT:
        words = gettext("Removed on %(date)s: its author has left and taken it along.")
    day = date_format(timezone.localtime(thing.hidden_at), "DATE_FORMAT")
    reason = format_html("<bdi>{}</bdi>", reason_label(thing.hidden_reason))
    return format_html(
        words.replace("%(date)s", "{date}").replace("%(reason)s", "{reason}"),
        date=day,
        reason=reason,
    )


@register.simple_tag(takes_context=True)
def moderation_links(context: Context, thing: Model, name: str = "") -> SafeString:
    """Lead readers to the report form, and moderators to a case. `name` tells one link from the next."""
    if kind_of(thing) is None:
        return SafeString("")
    request: Any = getattr(context, "request", None)
    args = [thing._meta.label_lower, thing.pk]
    links = []
    if getattr(thing, "visibility", "") == Visibility.SHOWN:
        links.append((reverse("moderation:report", args=args), gettext("Report"), name))
    if request is not None and is_moderating.test(request.user):
        links.append((reverse("moderation:look", args=args), gettext("Moderate"), name))
    return format_html_join(
        " ", '<a href="{}" rel="nofollow">{}<span class="unseen">: {}</span></a>', links
    )
