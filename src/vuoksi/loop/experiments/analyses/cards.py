"""On the first page: what is being tried now."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from vuoksi.base.ui.cards import Card, home_card
from vuoksi.loop.experiments.analyses.queries import public_evidence


@home_card("try", order=90)
def evidence_so_far(request: HttpRequest) -> Card | None:
    """How much the city has learnt, good results and bad."""
    count = public_evidence().count()
    if not count:
        return None
    words = ngettext("%(count)s result published", "%(count)s results published", count)
    return Card(
        title=gettext("What experiments have shown"),
        url=f"{reverse('experiments:experiments')}?state=decided",
        body=words % {"count": count},
        meta=gettext("Results that disappointed are shown like those that pleased."),
    )
