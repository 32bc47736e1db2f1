"""How an API says no: the same form everywhere, declared with every endpoint; and how it names choices."""

from collections.abc import Iterable

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from ninja import Schema
from pydantic import WithJsonSchema


class FieldError(Schema):
    field: str
    message: str


class Refusal(Schema):
    """`detail` says what is wrong in words; `errors` names the fields it concerns, if any."""

    detail: str
    errors: list[FieldError] = []


def one_of(choices: type[TextChoices]) -> WithJsonSchema:
    """Choices written out where they stand.

    Left to themselves they become a part of the description under the name of their class, and two kinds of things
    have a `Kind` each: only one of them would be described.
    """
    return WithJsonSchema({"type": "string", "enum": list(choices.values), "title": "Kind"})


# What an endpoint that reads may answer besides its result, and one that writes.
READ_REFUSALS = {404: Refusal, 422: Refusal}
WRITE_REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422), Refusal)


def mistakes(found: Iterable[tuple[str, object]], detail: str = "") -> Refusal:
    """What was sent is wrong: pairs of a field and what is wrong there, in words."""
    errors = [FieldError(field=field, message=str(words)) for field, words in found]
    return Refusal(detail=detail or _("What was sent has mistakes."), errors=errors)
