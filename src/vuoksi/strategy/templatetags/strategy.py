"""What the pages of the strategy need in templates."""

from decimal import Decimal

from django import template
from django.utils.html import format_html, linebreaks
from django.utils.safestring import SafeString
from django.utils.translation import gettext_lazy as _

from vuoksi.base.texts.queries import Rendered
from vuoksi.base.texts.templatetags.texts import in_its_language, mark
from vuoksi.indicators.words import figure

register = template.Library()

DONE = {
    "strategy.open_action": _("opened"),
    "strategy.update_action": _("facts changed"),
    "strategy.post_update": _("update posted"),
    "texts.translate": _("translated"),
    "talk.follow": _("followed"),
    "talk.unfollow": _("no longer followed"),
}


@register.simple_tag
def paragraph_text(shown: Rendered) -> SafeString:
    """Show one paragraph; line breaks stay. The mark of a translation stands once, above the chapter."""
    words = SafeString(linebreaks(shown.text, autoescape=True))
    return in_its_language(words, shown, "div")


@register.simple_tag
def text_mark(shown: Rendered) -> SafeString:
    found = mark(shown)
    return format_html("<p>{}</p>", found) if found else SafeString("")


@register.filter
def euros(value: Decimal) -> str:
    return figure(float(value), "eur")


@register.filter
def done(verb: str) -> str:
    """Say what an audit row tells; a verb without words is left as it is."""
    return str(DONE.get(verb, verb))
