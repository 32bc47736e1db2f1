"""The data-protection and ethics checklist as versioned data, and what follows from its answers.

Sources of the questions (facts; the words are our own and stand in `words.py`):

- `article_35`: GDPR (EU) 2016/679, Article 35(3) a–c: each alone demands an impact assessment;
- `wp248`: Article 29 Working Party, WP 248 rev.01 (4 October 2017), nine criteria: two of them mean in most cases that
  an assessment is needed, one may mean it;
- `finland`: Office of the Data Protection Ombudsman, list under Article 35(4), 21 December 2018
  (https://tietosuoja.fi/en/list-of-processing-operations-which-require-dpia). Some of its items ask for one more
  criterion beside them; here each is enough alone, the stricter reading;
- `tenk`: Finnish National Board on Research Integrity, guidelines 3/2019, section 4.2: any of six elements demands an
  ethical review before data are collected.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Literal

Answer = Literal["yes", "no", "na"]
Group = Literal["first", "article_35", "wp248", "finland", "tenk"]
Need = Literal["needed", "maybe", "not_needed"]
Fault = Literal["missing", "unknown", "contradiction", "note_missing"]

DATA_GROUPS = frozenset({"article_35", "wp248", "finland"})


@dataclass(frozen=True, slots=True)
class Question:
    """`key` never changes its meaning: a question that means something else gets another key."""

    key: str
    group: Group


@dataclass(frozen=True, slots=True)
class Checklist:
    version: int
    questions: tuple[Question, ...]

    @property
    def keys(self) -> tuple[str, ...]:
        return tuple(question.key for question in self.questions)

    def of(self, group: str) -> tuple[str, ...]:
        return tuple(question.key for question in self.questions if question.group == group)


@dataclass(frozen=True, slots=True)
class Given:
    """One answer with the note that explains it."""

    answer: Answer
    note: str = ""


@dataclass(frozen=True, slots=True)
class Outcome:
    """What follows: `reasons` are the keys of the questions that led there."""

    assessment: Need
    assessment_reasons: tuple[str, ...]
    review: Need
    review_reasons: tuple[str, ...]


def _group(group: Group, *keys: str) -> tuple[Question, ...]:
    return tuple(Question(key, group) for key in keys)


CHECKLISTS = {
    1: Checklist(
        1,
        (
            *_group("first", "personal_data", "people_studied"),
            *_group(
                "article_35", "extensive_profiling", "special_at_scale", "public_area_at_scale"
            ),
            *_group(
                "wp248",
                "scoring",
                "automated_decisions",
                "systematic_monitoring",
                "sensitive_data",
                "large_scale",
                "matching",
                "vulnerable_people",
                "new_technology",
                "bars_a_right",
            ),
            *_group(
                "finland",
                "biometric_data",
                "genetic_data",
                "location_data",
                "people_not_informed",
                "whistleblowing",
            ),
            *_group(
                "tenk",
                "without_consent",
                "physical_integrity",
                "under_15_without_guardian",
                "strong_stimuli",
                "mental_harm",
                "safety_risk",
            ),
        ),
    )
}
NEWEST = max(CHECKLISTS)


def faults(checklist: Checklist, given: Mapping[str, Given]) -> dict[str, Fault]:
    """What keeps the answers from being signed off, by question."""
    wrong: dict[str, Fault] = {key: "unknown" for key in given if key not in checklist.keys}
    wrong |= {key: "missing" for key in checklist.keys if key not in given}
    if "personal_data" in given and given["personal_data"].answer != "yes":
        keys = [key for group in DATA_GROUPS for key in checklist.of(group)]
        wrong |= dict.fromkeys(_yes(keys, given), "contradiction")
    if "people_studied" in given and given["people_studied"].answer != "yes":
        wrong |= dict.fromkeys(_yes(checklist.of("tenk"), given), "contradiction")
    unexplained = [key for key in _to_explain(checklist, given) if not given[key].note.strip()]
    return wrong | {key: "note_missing" for key in unexplained if key not in wrong}


def outcome(checklist: Checklist, given: Mapping[str, Given]) -> Outcome:
    """Say what follows from the answers so far."""
    alone = _yes((*checklist.of("article_35"), *checklist.of("finland")), given)
    criteria = _yes(checklist.of("wp248"), given)
    assessment: Need = "not_needed"
    if alone or len(criteria) >= 2:
        assessment = "needed"
    elif criteria:
        assessment = "maybe"
    review = _yes(checklist.of("tenk"), given)
    return Outcome(assessment, (*alone, *criteria), "needed" if review else "not_needed", review)


def _yes(keys: Sequence[str], given: Mapping[str, Given]) -> tuple[str, ...]:
    return tuple(key for key in keys if key in given and given[key].answer == "yes")


def _to_explain(checklist: Checklist, given: Mapping[str, Given]) -> tuple[str, ...]:
    """One criterion alone leaves it to judgement whether an assessment is made; the judgement is written down."""
    found = outcome(checklist, given)
    return found.assessment_reasons if found.assessment == "maybe" else ()
