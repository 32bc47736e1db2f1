"""Every write of testbeds: what they are and offer, bookings, agreements, checklists."""

from vuoksi.loop.experiments.testbeds.actions.agreements import (
    decline_agreement,
    draft_agreement,
    edit_agreement,
    send_agreement,
    sign_agreement,
    write_template,
)
from vuoksi.loop.experiments.testbeds.actions.bookings import (
    approve_booking,
    cancel_booking,
    free_over,
    refuse_booking,
    request_booking,
    withdraw_booking,
)
from vuoksi.loop.experiments.testbeds.actions.checklists import (
    fill_checklist,
    reopen_checklist,
    sign_off_checklist,
)
from vuoksi.loop.experiments.testbeds.actions.testbeds import (
    add_offering,
    close_testbed,
    create_testbed,
    edit_offering,
    edit_testbed,
    publish_testbed,
    reopen_testbed,
)

__all__ = [
    "add_offering",
    "approve_booking",
    "cancel_booking",
    "close_testbed",
    "create_testbed",
    "decline_agreement",
    "draft_agreement",
    "edit_agreement",
    "edit_offering",
    "edit_testbed",
    "fill_checklist",
    "free_over",
    "publish_testbed",
    "refuse_booking",
    "reopen_checklist",
    "reopen_testbed",
    "request_booking",
    "send_agreement",
    "sign_agreement",
    "sign_off_checklist",
    "withdraw_booking",
    "write_template",
]
