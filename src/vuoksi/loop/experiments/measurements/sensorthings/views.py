"""The door itself: who asks, what is answered, and every refusal as JSON."""

import base64
import binascii
import json
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from django.core.exceptions import RequestDataTooBig, ValidationError
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.csrf import csrf_exempt
from ninja.errors import AuthenticationError

from vuoksi.base.people.actions import note_use
from vuoksi.base.people.models import ApiToken
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.people.tokens import living_token
from vuoksi.loop.experiments.measurements import actions, queries
from vuoksi.loop.experiments.measurements.engine import (
    AskedWrongly,
    NotOffered,
    Options,
    Segment,
    key_of,
    options_of,
    path_of,
)
from vuoksi.loop.experiments.measurements.refusals import (
    Elsewhere,
    MeasuredAlready,
    NotAgreed,
)
from vuoksi.loop.experiments.measurements.sensorthings import reading, writing
from vuoksi.loop.experiments.measurements.sensorthings.entities import (
    OBSERVATIONS,
    SETS,
    Missing,
    set_named,
)
from vuoksi.loop.experiments.measurements.sensorthings.shown import Reader

SCOPE_TO_WRITE, SCOPE_TO_READ = "measurements:write", "read"
# Requirements that are met as a whole: without historical locations, two relations of the data model are not.
CONFORMANCE = [
    f"http://www.opengis.net/spec/iot_sensing/1.1/req/{name}"
    for name in (
        *(f"datamodel/{entity}/properties" for entity in ("thing", "location")),
        *(
            f"datamodel/{entity}/{what}"
            for entity in ("datastream", "sensor", "observed-property", "observation", "feature-of-interest")
            for what in ("properties", "relations")
        ),
        "datamodel/entity-control-information/common-control-information",
        "resource-path/resource-path-to-entities",
        *(
            f"request-data/{name}"
            for name in (
                "order", "expand", "select", "status-code", "query-status-code", "orderby", "top", "skip", "count",
                "filter", "built-in-filter-operations", "pagination",
            )
        ),
        *(
            f"create-update-delete/{name}"
            for name in ("create-entity", "link-to-existing-entities", "deep-insert", "deep-insert-status-code")
        ),
        "data-array/data-array",
    )
]  # fmt: skip
# What is open without a cookie may be read by a page of any other house, as dashboards are.
FROM_ANY_PAGE = {
    "Access-Control-Allow-Origin": "*",
    "Access-Control-Allow-Methods": "GET, HEAD, POST, OPTIONS",
    "Access-Control-Allow-Headers": "Authorization, Content-Type",
    "Access-Control-Expose-Headers": "Location",
}
READING = frozenset({"GET", "HEAD"})
View = Callable[..., HttpResponse]


# Why something is refused, and the status that says it. The first that fits is taken.
STATUSES: tuple[tuple[type[Exception], int], ...] = (
    (AuthenticationError, 401),
    (NotAllowed, 403),
    (Missing, 404),
    (MeasuredAlready, 409),
    (RequestDataTooBig, 413),
    (NotOffered, 501),
    (ValidationError, 400),
    (AskedWrongly, 400),
    (Elsewhere, 400),
    (NotAgreed, 409),
)


def in_json(view: View) -> View:
    """Answer every refusal as the standard's clients read it: a status, and why."""

    @csrf_exempt  # no cookie opens this door, so that no page elsewhere can make a browser open it
    @wraps(view)
    def answered(request: HttpRequest, *args: Any, **named: Any) -> HttpResponse:
        try:
            response = _without_a_view(request) or view(request, *args, **named)
        except tuple(kind for kind, _status in STATUSES) as refusal:
            status = next(code for kind, code in STATUSES if isinstance(refusal, kind))
            response = _refused(status, _words_of(refusal))
        if response.status_code == 401:
            response.headers["WWW-Authenticate"] = 'Basic realm="API token as password"'
        # Observations come without an audit row, so that no kept page would know of them.
        response.headers["Cache-Control"] = "no-cache"
        for name, value in FROM_ANY_PAGE.items():
            response.headers[name] = value
        return response

    return answered


def _without_a_view(request: HttpRequest) -> HttpResponse | None:
    """What is answered alike at every address: a browser's question beforehand, and what nobody can do here."""
    if request.method == "OPTIONS":
        return HttpResponse(
            status=204, headers={"Allow": FROM_ANY_PAGE["Access-Control-Allow-Methods"]}
        )
    if request.method in {"PATCH", "PUT", "DELETE"}:
        raise NotOffered("Entities are made and read here; nothing is changed or deleted.")
    return None


@in_json
def root(request: HttpRequest) -> HttpResponse:
    """What the service has (clause 9.2.1)."""
    if request.method not in READING:
        return _only("GET")
    address = _root_of(request)
    sets = [{"name": name, "url": f"{address}/{name}"} for name in [*SETS, OBSERVATIONS]]
    return JsonResponse({"value": sets, "serverSettings": {"conformance": CONFORMANCE}})


@in_json
def resource(request: HttpRequest, path: str) -> HttpResponse:
    segments = path_of(path)
    if request.method in READING:
        return _read(request, segments)
    if request.method == "POST":
        return _create(request, segments)
    return _only("GET, POST")


@in_json
def create_observations(request: HttpRequest) -> HttpResponse:
    """Take in many observations at once (clause 13): for each its address, or “error”."""
    if request.method != "POST":
        return _only("POST")
    token, at = _token(request, SCOPE_TO_WRITE), timezone.now()
    rows = list(writing.data_array(writing.json_of(request.body), at))
    known = queries.known_datastreams({row["datastream"] for row in rows if row is not None})
    places = [n for n, row in enumerate(rows) if row is not None and row["datastream"] in known]
    sent = [row for row in rows if row is not None and row["datastream"] in known]
    refused = _sent(sent, token, at) if sent else set()
    reader = Reader(_root_of(request), token.user)
    links = ["error"] * len(rows)
    for place, (number, row) in zip(places, enumerate(sent), strict=True):
        if number not in refused:
            links[place] = reader.observation_link(_key(row))
    return JsonResponse(links, safe=False, status=201)


def _read(request: HttpRequest, path: tuple[Segment, ...]) -> HttpResponse:
    token = _token(request, SCOPE_TO_READ) if "Authorization" in request.headers else None
    reader = Reader(_root_of(request), token.user if token is not None else None)
    given = request.GET.dict()
    options = options_of(given, timezone.now())
    address = request.build_absolute_uri(request.path)
    found = reading.answer(path, reading.Asked(address, given, options), reader)
    if path[-1].name == "$value":
        return _bare(found)
    return JsonResponse(found, safe=False, json_dumps_params={"ensure_ascii": False})


def _bare(value: Any) -> HttpResponse:
    if value is None:
        return HttpResponse(status=204)
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)
    return HttpResponse(text, content_type="text/plain; charset=utf-8")


def _create(request: HttpRequest, path: tuple[Segment, ...]) -> HttpResponse:
    token = _token(request, SCOPE_TO_WRITE)
    reader = Reader(_root_of(request), token.user)
    parent = reading.one_at(path[:-1], reader) if len(path) > 1 else None
    if path[-1].key is not None:
        raise AskedWrongly("a new entity is posted to a set")
    body = writing.json_of(request.body)
    if path[-1].name == OBSERVATIONS:
        return _create_observation(body, parent, token, reader)
    return _create_entity(path[-1].name, body, parent, token, reader)


def _create_entity(
    name: str, body: Any, parent: reading.One | None, token: ApiToken, reader: Reader
) -> HttpResponse:
    entities, at = set_named(name), timezone.now()
    back = () if parent is None else writing.names_back(entities, parent.entities)
    draft = writing.draft_of(entities, body, at, given=back)
    if parent is not None:
        draft = writing.linked_to(draft, reading.link_of(parent, name), parent.row)
    row = actions.connect(
        draft=draft,
        experiment=writing.experiment_of(draft, parent.row if parent else None, token.user),
        by=token.user,
        at=at,
        sender=_sender(token),
    )
    row.refresh_from_db()
    shown = reader.entities(entities, [row], Options())[0]
    return _created(shown)


def _create_observation(
    body: Any, parent: reading.One | None, token: ApiToken, reader: Reader
) -> HttpResponse:
    """Answer an observation that stood here already as the one it is; another result for it is a conflict."""
    at = timezone.now()
    stream = None
    if parent is not None:
        if parent.entities.name != "Datastreams":
            raise AskedWrongly(
                "an observation is posted to Observations or to those of a Datastream"
            )
        stream = parent.row.pk
    row = writing.observation(body, at, stream)
    if row["datastream"] not in queries.known_datastreams([row["datastream"]]):
        raise AskedWrongly("there is no such Datastream")
    if _sent([row], token, at):
        return _refused(409, "Another result was sent in before for this datastream and time.")
    return _created(reader.observations([row], Options())[0])


def _sent(rows: list[dict[str, Any]], token: ApiToken, at: datetime) -> set[int]:
    """Send rows in; give the places of those for which another result was there before."""
    receipt = actions.add_observations(
        rows=writing.table_of(rows), by=token.user, at=at, sender=_sender(token)
    )
    repeated = [place for place, is_new in enumerate(receipt.is_new) if not is_new]
    if not repeated:
        return set()
    asked = ((rows[place]["datastream"], rows[place]["start"]) for place in repeated)
    stored = {_key(one): (one["result"], one["other"]) for one in queries.stored_results(asked)}
    return {
        place
        for place in repeated
        if stored.get(_key(rows[place])) != (rows[place]["result"], rows[place]["other"])
    }


def _sender(token: ApiToken) -> str:
    return f"token {token.prefix}"


def _key(row: dict[str, Any]) -> str:
    return key_of(row["datastream"], row["start"], row["end"])


def _token(request: HttpRequest, scope: str) -> ApiToken:
    """The token that the client shows, as Bearer or as the password of Basic, which many clients know only."""
    kind, _space, text = request.headers.get("Authorization", "").partition(" ")
    if kind.lower() == "basic":
        try:
            text = base64.b64decode(text, validate=True).decode().partition(":")[2]
        except (binascii.Error, UnicodeDecodeError):
            text = ""
    if not text or kind.lower() not in {"basic", "bearer"}:
        raise AuthenticationError(message="Send an API token: Authorization: Bearer …")
    at = timezone.now()
    token = living_token(text.strip(), at=at)
    if scope not in token.scopes:
        raise NotAllowed("people.use_scope", f"This token lacks the scope “{scope}”.")
    note_use(token=token, at=at)
    return token


def _root_of(request: HttpRequest) -> str:
    return request.build_absolute_uri(reverse("sensorthings:root")).rstrip("/")


def _created(shown: dict[str, Any]) -> HttpResponse:
    response = JsonResponse(shown, status=201, json_dumps_params={"ensure_ascii": False})
    response.headers["Location"] = shown["@iot.selfLink"]
    return response


def _only(methods: str) -> HttpResponse:
    response = _refused(405, f"Only {methods} here.")
    response.headers["Allow"] = methods
    return response


def _words_of(refusal: Exception) -> str:
    if isinstance(refusal, NotAllowed):
        return str(refusal.reason)
    if isinstance(refusal, ValidationError):
        named = refusal.message_dict.items()
        return "; ".join(f"{name}: {' '.join(messages)}" for name, messages in named)
    return str(getattr(refusal, "message", refusal))


def _refused(status: int, message: str) -> HttpResponse:
    body = {"code": status, "type": "error", "message": message}
    return JsonResponse(body, status=status, json_dumps_params={"ensure_ascii": False})
