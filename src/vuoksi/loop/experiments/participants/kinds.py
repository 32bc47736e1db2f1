"""What those upstream of an experiment hear of its participants, and what those who take part are told.

Who takes part gets it by letter too.
"""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.notices.kinds import kind

RECRUITMENT_OPENED = kind(
    "participants.recruitment_opened",
    _("People are sought for an experiment that comes from something of mine"),
    _("People are sought who take part: “%(thing)s”."),
)
SUMMARY_PUBLISHED = kind(
    "participants.summary_published",
    _("What people answered in an experiment that comes from something of mine"),
    _("What those who take part have answered is published: “%(thing)s”."),
)
PLACE_OFFERED = kind(
    "participants.place_offered",
    _("A place is free for me in an experiment"),
    _("A place is free for you: “%(thing)s”. Take it before %(until)s."),
)
CONSENT_CHANGED = kind(
    "participants.consent_changed",
    _("I am asked to agree anew in an experiment"),
    _("What you agreed to has changed: “%(thing)s”. Read it and say whether you go on."),
)
SURVEY_OPEN = kind(
    "participants.survey_open",
    _("A survey waits for me in an experiment"),
    _("A survey waits for your answers: “%(thing)s”."),
)
WITHDRAWN = kind(
    "participants.withdrawn",
    _("My withdrawal from an experiment is confirmed"),
    _("You have withdrawn: “%(thing)s”. What was promised for your data is done."),
)
