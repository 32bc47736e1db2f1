"""Pages of panels: leading one, judging on one, and what everybody reads of it."""

from vuoksi.loop.juries.views.judging import (
    decline,
    discuss,
    my_panels,
    order,
    review,
)
from vuoksi.loop.juries.views.leading import (
    assign,
    conclude,
    lock,
    open_panel,
    rank,
    remind,
    reopen,
)
from vuoksi.loop.juries.views.making import (
    change_rules,
    choose,
    create,
    criteria,
    edit,
    jurors,
    panels,
    remove_juror,
)
from vuoksi.loop.juries.views.reading import (
    feedback,
    panel,
    ranking_csv,
    results,
    scores_csv,
    standings,
)

__all__ = [
    "assign",
    "change_rules",
    "choose",
    "conclude",
    "create",
    "criteria",
    "decline",
    "discuss",
    "edit",
    "feedback",
    "jurors",
    "lock",
    "my_panels",
    "open_panel",
    "order",
    "panel",
    "panels",
    "rank",
    "ranking_csv",
    "remind",
    "remove_juror",
    "reopen",
    "results",
    "review",
    "scores_csv",
    "standings",
]
