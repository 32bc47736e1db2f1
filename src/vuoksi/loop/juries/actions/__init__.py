"""Every write of panels, their reviews, orders and rankings."""

from vuoksi.loop.juries.actions.criteria import CriterionWords, change_rules, set_criteria
from vuoksi.loop.juries.actions.exports import HEADER, export_scores
from vuoksi.loop.juries.actions.orders import place_finalists
from vuoksi.loop.juries.actions.panels import (
    add_juror,
    choose_finalists,
    create_panel,
    edit_panel,
    keep_names_hidden,
    remove_juror,
)
from vuoksi.loop.juries.actions.rankings import keep_ranking
from vuoksi.loop.juries.actions.remarks import make_remark
from vuoksi.loop.juries.actions.reviews import (
    ask_reviews,
    decline_review,
    remind_jurors,
    save_review,
    send_review,
    set_aside_conflicts,
)
from vuoksi.loop.juries.actions.stages import (
    conclude_panel,
    lock_panel,
    open_panel,
    reopen_panel,
)

__all__ = [
    "HEADER",
    "CriterionWords",
    "add_juror",
    "ask_reviews",
    "change_rules",
    "choose_finalists",
    "conclude_panel",
    "create_panel",
    "decline_review",
    "edit_panel",
    "export_scores",
    "keep_names_hidden",
    "keep_ranking",
    "lock_panel",
    "make_remark",
    "open_panel",
    "place_finalists",
    "remind_jurors",
    "remove_juror",
    "reopen_panel",
    "save_review",
    "send_review",
    "set_aside_conflicts",
    "set_criteria",
]
