"""How an API says no: the same form everywhere, declared with every endpoint."""

from collections.abc import Iterable

from django.utils.translation import gettext as _
from ninja import Schema


class FieldError(Schema):
    field: str
    message: str


class Refusal(Schema):
    """`detail` says what is wrong in words; `errors` names the fields it concerns, if any."""

    detail: str
    errors: list[FieldError] = []


# What an endpoint that reads may answer besides its result, and one that writes.
READ_REFUSALS = {404: Refusal, 422: Refusal}
WRITE_REFUSALS = dict.fromkeys((400, 401, 403, 404, 409, 422), Refusal)


def mistakes(found: Iterable[tuple[str, object]], detail: str = "") -> Refusal:
    """What was sent is wrong: pairs of a field and what is wrong there, in words."""
    errors = [FieldError(field=field, message=str(words)) for field, words in found]
    return Refusal(detail=detail or _("What was sent has mistakes."), errors=errors)
