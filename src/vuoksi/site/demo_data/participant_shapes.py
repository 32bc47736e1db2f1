"""What participants.json holds: an experiment that looks for people, what they agree to, and who has come so far."""

from dataclasses import dataclass
from datetime import date

from vuoksi.site.demo_data.shapes import Text


@dataclass(frozen=True)
class Question:
    """`qualifying` are the places of the answers that qualify, from 0."""

    question: Text
    choices: Text
    qualifying: tuple[int, ...]
    unfit: Text


@dataclass(frozen=True)
class Consent:
    legal_basis: str
    on_withdrawal: str
    retention_days: int
    purpose: Text
    gathered: Text
    access: Text
    retention: Text


@dataclass(frozen=True)
class Item:
    """A question of the survey; "-" stands for words that its kind does not have."""

    kind: str
    scale: str
    reversed: bool
    text: Text
    choices: Text
    least: Text
    most: Text


@dataclass(frozen=True)
class Survey:
    title: Text
    intro: Text
    items: tuple[Item, ...]


@dataclass(frozen=True)
class ParticipantStory:
    """An experiment that is planned and open for people; `answers` has a row for each who has come and answered."""

    key: str
    demo: bool
    source: str
    owner: str
    place: str
    goal: str
    begun: date
    opened: date
    starts: date
    ends: date
    title: Text
    summary: Text
    seeking: Text
    tasks: Text
    duration: Text
    reward: Text
    contact: Text
    capacity: int
    youngest: int
    questions: tuple[Question, ...]
    consent: Consent
    survey: Survey
    answers: tuple[tuple[int, ...], ...]
