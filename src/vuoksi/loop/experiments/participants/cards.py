"""On the first page: where residents can take part now."""

from django.http import HttpRequest
from django.urls import reverse
from django.utils.translation import gettext, ngettext

from vuoksi.base.ui.cards import Card, home_card
from vuoksi.loop.experiments.participants.models import Recruitment
from vuoksi.loop.experiments.participants.queries import public_recruitments


@home_card("part", order=60)
def looking_for_people(request: HttpRequest) -> Card | None:
    """How many experiments look for people, if any does."""
    count = public_recruitments().filter(state=Recruitment.State.OPEN).count()
    if not count:
        return None
    words = ngettext(
        "%(count)s experiment looks for people", "%(count)s experiments look for people", count
    )
    return Card(
        title=gettext("Take part in an experiment"),
        url=f"{reverse('participants:recruitments')}?state=open",
        body=words % {"count": count},
        meta=gettext("Try something new before the city decides on it."),
    )
