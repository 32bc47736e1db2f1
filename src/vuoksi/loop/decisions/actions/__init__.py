from vuoksi.loop.decisions.actions.decisions import (
    WITHOUT_EVIDENCE,
    Named,
    NewAction,
    Objection,
    Words,
    draft_decision,
    edit_decision,
    publish_decision,
)
from vuoksi.loop.decisions.actions.follow import (
    Finding,
    Wanted,
    add_step,
    add_steps,
    record_follow_up,
    remind_of_follow_up,
    settle_step,
)
from vuoksi.loop.decisions.actions.money import (
    Amount,
    record_money,
    take_back_money,
    take_over_money,
)
from vuoksi.loop.decisions.refusals import NeedsWhy, NoEvidence, NotFinished, NotYet

__all__ = [
    "WITHOUT_EVIDENCE",
    "Amount",
    "Finding",
    "Named",
    "NeedsWhy",
    "NewAction",
    "NoEvidence",
    "NotFinished",
    "NotYet",
    "Objection",
    "Wanted",
    "Words",
    "add_step",
    "add_steps",
    "draft_decision",
    "edit_decision",
    "publish_decision",
    "record_follow_up",
    "record_money",
    "remind_of_follow_up",
    "settle_step",
    "take_back_money",
    "take_over_money",
]
