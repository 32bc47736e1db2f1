"""Every write of calls: the call itself, entries, their authors, links by e-mail, and the city's answers."""

from vuoksi.loop.calls.actions.answers import answer_entry, give_award
from vuoksi.loop.calls.actions.attachments import attach_to_entry, detach_from_entry
from vuoksi.loop.calls.actions.authors import accept_invitation, invite_co_author, remove_co_author
from vuoksi.loop.calls.actions.calls import (
    close_call,
    create_call,
    edit_call,
    hide_names,
    publish_call,
    reopen_call,
    set_phases,
)
from vuoksi.loop.calls.actions.comparing import forget_words, refresh_compared, refresh_words
from vuoksi.loop.calls.actions.entries import (
    Behalf,
    EntryText,
    save_entry,
    submit_entry,
    withdraw_entry,
)
from vuoksi.loop.calls.actions.freezing import freeze_call, hold_rules, publish_change
from vuoksi.loop.calls.actions.leaving import drop_invitations, drop_links, forget_person
from vuoksi.loop.calls.actions.links import renew_link, send_link
from vuoksi.loop.calls.actions.past import record_past_call, record_past_entry
from vuoksi.loop.calls.actions.questions import (
    ASKED,
    Asking,
    Naming,
    set_categories,
    set_questions,
)
from vuoksi.loop.calls.actions.sealing import tell_overdue, unseal_call
from vuoksi.loop.calls.actions.shares import decide_share
from vuoksi.loop.calls.actions.starting import add_languages, start_from_template
from vuoksi.loop.calls.actions.talk import comment_on_entry, support_entry

__all__ = [
    "ASKED",
    "Asking",
    "Behalf",
    "EntryText",
    "Naming",
    "accept_invitation",
    "add_languages",
    "answer_entry",
    "attach_to_entry",
    "close_call",
    "comment_on_entry",
    "create_call",
    "decide_share",
    "detach_from_entry",
    "drop_invitations",
    "drop_links",
    "edit_call",
    "forget_person",
    "forget_words",
    "freeze_call",
    "give_award",
    "hide_names",
    "hold_rules",
    "invite_co_author",
    "publish_call",
    "publish_change",
    "record_past_call",
    "record_past_entry",
    "refresh_compared",
    "refresh_words",
    "remove_co_author",
    "renew_link",
    "reopen_call",
    "save_entry",
    "send_link",
    "set_categories",
    "set_phases",
    "set_questions",
    "start_from_template",
    "submit_entry",
    "support_entry",
    "tell_overdue",
    "unseal_call",
    "withdraw_entry",
]
