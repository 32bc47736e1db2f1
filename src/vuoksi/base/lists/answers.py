"""How an API says no: the same form everywhere, declared with every endpoint."""

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
