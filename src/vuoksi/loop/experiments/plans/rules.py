"""Who may plan and steer experiments. Whether a step is possible in the present state is said by the table of states."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.links import authors
from vuoksi.base.people.rules import Person, is_city_staff, is_steering, permission, predicate
from vuoksi.loop.calls.models import Entry
from vuoksi.loop.experiments.plans.models import Experiment


@predicate
def is_public(user: Person, experiment: Experiment) -> bool:
    return experiment.state != Experiment.State.DRAFT


@predicate
def is_draft(user: Person, experiment: Experiment) -> bool:
    return experiment.state == Experiment.State.DRAFT


@predicate
def has_started(user: Person, experiment: Experiment) -> bool:
    return bool(experiment.frozen_digest)


@predicate
def is_author_of_source(user: Person, experiment: Experiment) -> bool:
    """Whether the person wrote an idea that the experiment is made from."""
    if not user.is_authenticated:
        return False
    return any(user in authors(entry) for entry in experiment.entries.all())


@predicate
def goes_forward(user: Person, entry: Entry | None) -> bool:
    return entry is None or entry.state == Entry.State.ACCEPTED


may_read_experiment, check_read_experiment = permission(
    "experiments.read_experiment",
    is_public | is_city_staff | is_author_of_source,
    reason=_("This experiment is still being planned."),
)
may_create_experiment, check_create_experiment = permission(
    "experiments.create_experiment",
    is_city_staff & goes_forward,
    reason=_("Only city staff can make an experiment, and only from an idea that goes forward."),
)
may_edit_experiment, check_edit_experiment = permission(
    "experiments.edit_experiment",
    is_city_staff & is_draft,
    reason=_("Only city staff can change a plan, and only before the experiment starts."),
)
may_steer_experiment, check_steer_experiment = permission(
    "experiments.steer_experiment",
    is_steering,
    reason=_("Only a coordinator can start, end or cancel an experiment."),
)
may_read_groups, check_read_groups = permission(
    "experiments.read_groups",
    is_public | is_city_staff,
    reason=_("The groups are published when the experiment starts."),
)
may_deviate, check_deviate = permission(
    "experiments.record_deviation",
    has_started & is_city_staff,
    reason=_("Only city staff can record a deviation, and only from a plan that was fixed."),
)
may_ask_question, check_ask_question = permission(
    "experiments.ask_question",
    is_city_staff,
    reason=_("Only city staff can ask a question and say which experiments answer it."),
)
may_discuss, check_discuss = permission(
    "experiments.discuss",
    is_public,
    reason=_("An experiment is discussed once it has started."),
)
