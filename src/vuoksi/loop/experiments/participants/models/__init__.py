"""Recruitment, consents, participants and their key, surveys."""

from vuoksi.loop.experiments.participants.models.consents import (
    CONSENT_STATES,
    LONGEST_RETENTION_DAYS,
    Consent,
    ConsentText,
    ConsentVersion,
)
from vuoksi.loop.experiments.participants.models.participants import (
    PARTICIPANT_STATES,
    Key,
    Participant,
    Place,
)
from vuoksi.loop.experiments.participants.models.recruiting import (
    RECRUITMENT_STATES,
    Invitation,
    KeyKeeper,
    Question,
    Recruitment,
)
from vuoksi.loop.experiments.participants.models.surveys import (
    SURVEY_STATES,
    Item,
    Response,
    Survey,
)

__all__ = [
    "CONSENT_STATES",
    "LONGEST_RETENTION_DAYS",
    "PARTICIPANT_STATES",
    "RECRUITMENT_STATES",
    "SURVEY_STATES",
    "Consent",
    "ConsentText",
    "ConsentVersion",
    "Invitation",
    "Item",
    "Key",
    "KeyKeeper",
    "Participant",
    "Place",
    "Question",
    "Recruitment",
    "Response",
    "Survey",
]
