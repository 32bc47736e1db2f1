"""How panels hang together with calls and entries."""

from collections.abc import Iterable

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.links import upstream_of
from vuoksi.base.people.rules import Person
from vuoksi.base.texts.registry import translatable
from vuoksi.loop.calls.downstream import Offer, offered_on_call, offered_on_entry
from vuoksi.loop.calls.models import Call, Entry
from vuoksi.loop.juries import queries, rules
from vuoksi.loop.juries.models import Criterion, Panel


@upstream_of(Panel)
def call_of(panel: Panel) -> Iterable[Model]:
    return [panel.call]


@translatable(Panel)
def may_read_panel(user: Person, panel: Panel) -> bool:
    return rules.may_see_panel(user, panel)


@translatable(Criterion)
def may_read_criterion(user: Person, criterion: Criterion) -> bool:
    return rules.may_see_panel(user, criterion.panel)


@offered_on_call
def panels_and_results(user: Person, call: Call) -> list[Offer]:
    offers = []
    if queries.concluded_panels(call).exists():
        offers.append(Offer(_("Results"), reverse("juries:results", args=[call.slug])))
    if rules.may_steer_panel(user):
        offers.append(Offer(_("Panels"), reverse("juries:panels", args=[call.slug])))
    return offers


@offered_on_entry
def what_the_jury_said(user: Person, entry: Entry) -> list[Offer]:
    if not rules.may_read_feedback(user, entry) or not queries.feedback_on(entry):
        return []
    address = reverse("juries:feedback", args=[entry.call.slug, entry.pk])
    return [Offer(_("What the jury said"), address)]
