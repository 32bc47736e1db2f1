"""What programs are told of calls and ideas, and what they may send."""

from datetime import date, datetime
from typing import Any, Literal
from uuid import UUID, uuid4

from ninja import Field, Schema

from vuoksi.loop.calls import queries


class PhaseOut(Schema):
    kind: str
    opens_at: datetime
    closes_at: datetime


class FormQuestionOut(Schema):
    id: int
    kind: str
    language: str
    label: str
    hint: str
    choices: list[str]
    is_required: bool
    max_length: int
    low: int | None
    high: int | None
    currency: str
    file_kinds: str
    most_mb: int

    @staticmethod
    def resolve_choices(row: Any) -> list[str]:
        return list(queries.choices_of(row.choices))


class CategoryOut(Schema):
    slug: str
    title: str
    published_entry_count: int | None


class CallOut(Schema):
    """One call. `state` says where it stands at this moment: open, upcoming or closed."""

    slug: str
    language: str
    title: str
    summary: str
    state: str = Field(alias="stage")
    entrants: str
    goal: str | None = Field(None, alias="goal.slug")
    owner: str | None = Field(None, alias="owner.name")
    entries_open_at: datetime | None
    entries_close_at: datetime | None
    published_at: datetime | None
    entry_count: int
    source: str
    is_demo: bool
    kind: str
    is_sealed: bool
    unsealed_at: datetime | None
    answers_due_on: date | None


class RulesOut(Schema):
    """Rules as they were frozen: `text` is the canonical JSON whose SHA-256 is `digest`."""

    number: int
    digest: str
    text: str
    reason: str
    reopened: int
    at: datetime


class WholeCallOut(CallOut):
    need: str
    offer: str
    phases: list[PhaseOut]
    questions: list[FormQuestionOut]
    categories: list[CategoryOut]
    partners: list[str]
    rules: list[RulesOut]


class AnswerOut(Schema):
    outcome: str
    language: str
    text: str
    organisation: str | None = Field(None, alias="organisation.name")
    at: datetime


class ResponseOut(Schema):
    question: int = Field(alias="question_id")
    language: str
    text: str
    file: int | None = Field(alias="attachment_id")


class EntryOut(Schema):
    """One idea. `state` is submitted, accepted or refused; `supports` and `comments` are counts."""

    id: int
    call: str = Field(alias="call.slug")
    category: str | None = Field(None, alias="category.slug")
    language: str
    title: str
    summary: str
    authors: list[str] = Field(alias="names")
    state: str
    award: str
    citation: str
    submitted_at: datetime | None
    supports: int = Field(alias="supports_here")
    comments: int = Field(alias="comments_here")
    source: str
    is_demo: bool


class WholeEntryOut(EntryOut):
    responses: list[ResponseOut]
    answer: AnswerOut | None

    @staticmethod
    def resolve_responses(row: Any) -> list[Any]:
        """All answers; without files, whose names may tell it, while nobody shall know who wrote the idea."""
        answers = row.responses.order_by("question__position")
        return list(answers.filter(attachment=None) if row.call.are_names_hidden else answers)


class DraftIn(Schema):
    """An idea to be kept as a draft. The same `key` sent again changes the same draft, so a retry is safe.

    `version` is that of the text you changed, 0 for a new one; `responses` maps a question's number to the answer.
    """

    key: UUID = Field(default_factory=uuid4)
    version: int = Field(0, ge=0, le=2**31 - 1)
    language: str = Field(description="The language you write in, such as fi")
    title: str = ""
    summary: str = ""
    author_name: str = ""
    category: str = Field("", description="The category's short name")
    responses: dict[str, str] = {}


class DraftOut(Schema):
    id: int
    key: UUID
    version: int
    state: str
    title: str
    edited_at: datetime


class FileOut(Schema):
    id: int
    name: str
    media_type: str
    size_bytes: int
    digest: str


class CallFilter(Schema):
    state: Literal["open", "upcoming", "closed"] | None = None
    goal: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")
    language: str | None = Field(None, max_length=8, pattern=r"^[-\w]+$")


class EntryFilter(Schema):
    state: Literal["submitted", "accepted", "refused"] | None = None
    category: str | None = Field(None, max_length=60, pattern=r"^[-\w]+$")
    language: str | None = Field(None, max_length=8, pattern=r"^[-\w]+$")
