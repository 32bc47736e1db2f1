"""How recruitment hangs together with the experiment: what keeps it from starting, and the ways from its page."""

from collections.abc import Iterable
from datetime import date

from django.db.models import Model
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.links import upstream_of
from vuoksi.base.people.rules import Person
from vuoksi.base.texts.registry import translatable
from vuoksi.loop.calls.downstream import Offer
from vuoksi.loop.experiments.participants import queries, rules
from vuoksi.loop.experiments.participants.models import Item, Question, Recruitment, Survey
from vuoksi.loop.experiments.plans.downstream import offered_on_experiment
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.loop.experiments.plans.registry import Obstacle, start_condition
from vuoksi.loop.experiments.testbeds.queries import checklist_of


@upstream_of(Recruitment)
def experiment_of(recruitment: Recruitment) -> Iterable[Model]:
    return [recruitment.experiment]


@translatable(Recruitment)
def may_read_recruitment(user: Person, recruitment: Recruitment) -> bool:
    return rules.may_read_recruitment(user, recruitment)


@translatable(Question)
def may_read_question(user: Person, question: Question) -> bool:
    return rules.may_read_recruitment(user, question.recruitment)


@translatable(Survey)
def may_read_survey(user: Person, survey: Survey) -> bool:
    return rules.may_lead(user, survey.recruitment)


@translatable(Item)
def may_read_item(user: Person, item: Item) -> bool:
    return rules.may_lead(user, item.survey.recruitment)


@start_condition
def people_are_asked_first(experiment: Experiment, today: date) -> Iterable[Obstacle]:
    """With participants nothing starts before a consent text is in force and the checklist is signed off."""
    recruitment = queries.recruitment_of(experiment)
    if recruitment is None:
        return []
    found, slug = [], [experiment.slug]
    if queries.version_in_force(recruitment) is None:
        words = _("The text that participants agree to must be published.")
        found.append(Obstacle("consent", words, reverse("participants:consents", args=slug)))
    checklist = checklist_of(experiment)
    if checklist is None:
        # Where one was begun, testbeds say themselves that it must be signed.
        words = _("Where people take part, the data-protection and ethics checklist is needed.")
        found.append(
            Obstacle("participants_checklist", words, reverse("testbeds:checklist", args=slug))
        )
    return found


@offered_on_experiment
def ways_to_participants(user: Person, experiment: Experiment) -> list[Offer]:
    recruitment = queries.recruitment_of(experiment)
    slug = [experiment.slug]
    if recruitment is None:
        if not rules.may_begin_recruitment(user, experiment):
            return []
        return [Offer(_("Look for participants"), reverse("participants:create", args=slug))]
    offers = []
    if recruitment.state == Recruitment.State.OPEN:
        offers.append(Offer(_("Take part"), recruitment.get_absolute_url()))
    if rules.may_lead(user, recruitment):
        offers.append(Offer(_("Participants"), reverse("participants:lead", args=slug)))
    return offers
