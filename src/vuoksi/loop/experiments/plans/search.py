from django.utils.translation import gettext_lazy as _

from vuoksi.base.search.registry import searchable
from vuoksi.loop.experiments.plans.models import Experiment, Question
from vuoksi.loop.experiments.plans.queries import public_experiments, public_questions

searchable(
    "experiments",
    _("Experiments"),
    queryset=lambda person: public_experiments(),
    fields=("title", "summary", "hypothesis", "users", "fit", "benefit", "measure"),
    url=Experiment.get_absolute_url,
    text=lambda row: row.testbed.name if row.testbed else "",
)
searchable(
    "questions",
    _("Questions"),
    queryset=lambda person: public_questions(),
    fields=("title", "summary"),
    url=Question.get_absolute_url,
)
