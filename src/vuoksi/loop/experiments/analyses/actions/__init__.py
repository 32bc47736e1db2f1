"""Writing: what is planned before the start, effects and evidence after it, and questions over all."""

from vuoksi.loop.experiments.analyses.actions.effects import (
    analyse,
    ask_analysis,
    keep_analysis,
    look_on_the_way,
    publish_evidence,
    record_deviation,
)
from vuoksi.loop.experiments.analyses.actions.planning import (
    Wanted,
    add_measure,
    make_groups,
    plan_sample_size,
    remove_measure,
)
from vuoksi.loop.experiments.analyses.actions.questions import (
    ask_question,
    edit_question,
    set_experiments_of_question,
)
from vuoksi.loop.experiments.analyses.actions.withdrawals import forget_unit

__all__ = [
    "Wanted",
    "add_measure",
    "analyse",
    "ask_analysis",
    "ask_question",
    "edit_question",
    "forget_unit",
    "keep_analysis",
    "look_on_the_way",
    "make_groups",
    "plan_sample_size",
    "publish_evidence",
    "record_deviation",
    "remove_measure",
    "set_experiments_of_question",
]
