"""Words of this app that stand in more than one place."""

from django.utils.translation import gettext_lazy as _

from vuoksi.loop.experiments.participants.models import ConsentVersion, Participant, Recruitment

RECRUITMENT_TONES = {
    Recruitment.State.DRAFT: "neutral",
    Recruitment.State.OPEN: "good",
    Recruitment.State.CLOSED: "neutral",
}
PARTICIPANT_TONES = {
    Participant.State.APPLIED: "warn",
    Participant.State.WAITING: "info",
    Participant.State.OFFERED: "warn",
    Participant.State.JOINED: "good",
    Participant.State.COMPLETED: "good",
    Participant.State.NO_SHOW: "neutral",
    Participant.State.WITHDRAWN: "neutral",
    Participant.State.LAPSED: "neutral",
}
CONSENT_TONES = {
    ConsentVersion.State.DRAFT: "neutral",
    ConsentVersion.State.PUBLISHED: "good",
    ConsentVersion.State.REPLACED: "neutral",
}
SCALES = {
    "who5": _("WHO-5 Well-Being Index"),
    "sus": _("System Usability Scale (SUS)"),
    "ucla3": _("UCLA three-item loneliness scale"),
    "own": _("the mean of our own questions"),
}
UNREADY = {
    "consent": _("A consent text must be in force first."),
    "ended": _("The experiment has ended: it takes nobody in any more."),
    "last_day": _("The last day to join is over. Choose a later one first."),
    "texts": _("Write the text in at least one language first."),
    "items": _("Write at least one question first."),
    "wording": _("Every question needs its wording."),
    "scale": _("A scale must be asked with all of its questions, or not at all."),
}
ANSWER_FAULTS = {
    "required": _("Answer this question."),
    "invalid": _("Choose one of the answers."),
}
