"""The API: every app's router under /api/, one form for every refusal, its own page of documentation."""

from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import version
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.module_loading import import_string
from django.utils.translation import gettext
from ninja import NinjaAPI
from ninja.errors import AuthenticationError, HttpError, ValidationError
from ninja.openapi.docs import DocsBase
from ninja.openapi.schema import OpenAPISchema

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.answers import FieldError, Refusal
from vuoksi.base.people.rules import NotAllowed
from vuoksi.lib.transitions import NotPossible

# Lowest storey first, as in the settings. An app that gets an `api.py` is named here.
ROUTERS = {
    "organisations": "vuoksi.base.organisations.api.router",
    "runs": "vuoksi.base.runs.api.router",
    "places": "vuoksi.base.places.api.router",
    "search": "vuoksi.base.search.api.router",
    "indicators": "vuoksi.indicators.api.router",
    "strategy": "vuoksi.strategy.api.router",
    "calls": "vuoksi.loop.calls.api.router",
    "entries": "vuoksi.loop.calls.api.entries_router",
    "panels": "vuoksi.loop.juries.api.router",
    "testbeds": "vuoksi.loop.experiments.testbeds.api.router",
    "recruitments": "vuoksi.loop.experiments.participants.api.router",
    "experiments": "vuoksi.loop.experiments.analyses.api.router",
    "evidence": "vuoksi.loop.experiments.analyses.api.evidence_router",
    "questions": "vuoksi.loop.experiments.analyses.api.questions_router",
    "decisions": "vuoksi.loop.decisions.api.router",
    "portfolio": "vuoksi.loop.decisions.api.portfolio_router",
}


class OwnPage(DocsBase):
    """The documentation as a page of this site: it needs no script and reads well aloud."""

    def render_page(self, request: HttpRequest, api: NinjaAPI, **kwargs: Any) -> HttpResponse:
        return render(request, "site/api_docs.html", {"operations": list(operations_of(api))})


@dataclass(frozen=True, slots=True)
class Operation:
    """One line of the documentation. `scope` is what a token needs, empty when no key is asked."""

    group: str
    method: str
    path: str
    summary: str
    description: str
    parameters: list[dict[str, Any]]
    answers: list[tuple[str, str]]
    has_body: bool
    scope: str


def operations_of(api: NinjaAPI) -> Iterator[Operation]:
    """What the OpenAPI says of each operation, in its order."""
    for path, methods in api.get_openapi_schema()["paths"].items():
        for method, said in methods.items():
            scope = said.get("x-scope", "")
            yield Operation(
                group=(said.get("tags") or [""])[0],
                method=method.upper(),
                path=path,
                summary=said.get("summary", ""),
                description=said.get("description", "").removesuffix(scope_words(scope)).strip(),
                parameters=said.get("parameters", []),
                answers=[(str(code), a["description"]) for code, a in said["responses"].items()],
                has_body="requestBody" in said,
                scope=scope,
            )


def scope_words(scope: str) -> str:
    """Say in the OpenAPI what a token must be allowed to do; our own page says it in the reader's language."""
    return f"Needs a token with the scope `{scope}`." if scope else ""


class Api(NinjaAPI):
    """An operation that writes says in its description which scope it needs: not every reader shows `x-scope`."""

    def get_openapi_schema(self, **options: Any) -> OpenAPISchema:
        schema = super().get_openapi_schema(**options)
        for methods in schema["paths"].values():
            for said in methods.values():
                words = scope_words(said.get("x-scope", ""))
                said["description"] = f"{said.get('description', '')}\n\n{words}".strip()
        return schema


api = Api(
    title="Vuoksi",
    version=version("vuoksi"),
    description="Reading what is public needs no key. Writing needs a token: Authorization: Bearer …",
    docs=OwnPage(),
    urls_namespace="api",
)
for prefix, dotted in ROUTERS.items():
    api.add_router(f"/{prefix}", import_string(dotted))


def _refuse(
    request: HttpRequest, status: int, detail: str, errors: list[FieldError] | None = None
) -> HttpResponse:
    refusal = Refusal(detail=str(detail), errors=errors or [])
    return api.create_response(request, refusal, status=status)


@api.exception_handler(NotAllowed)
def not_allowed(request: HttpRequest, refusal: NotAllowed) -> HttpResponse:
    return _refuse(request, 403, str(refusal.reason))


@api.exception_handler(PermissionDenied)
def permission_denied(request: HttpRequest, refusal: PermissionDenied) -> HttpResponse:
    return _refuse(request, 403, gettext("You may not do this."))


@api.exception_handler(NotPossible)
def not_possible(request: HttpRequest, refusal: NotPossible) -> HttpResponse:
    return _refuse(request, 409, gettext("This is not possible now: the state has changed."))


@api.exception_handler(EditedMeanwhile)
def edited_meanwhile(request: HttpRequest, refusal: EditedMeanwhile) -> HttpResponse:
    return _refuse(request, 409, gettext("Somebody else changed this meanwhile. Read it again."))


@api.exception_handler(Http404)
def not_found(request: HttpRequest, refusal: Http404) -> HttpResponse:
    return _refuse(request, 404, gettext("There is nothing here."))


@api.exception_handler(AuthenticationError)
def not_known(request: HttpRequest, refusal: AuthenticationError) -> HttpResponse:
    said = refusal.message
    if said == "Unauthorized":
        said = gettext("Send an API token in a header: Authorization: Bearer …")
    response = _refuse(request, 401, said)
    response.headers["WWW-Authenticate"] = "Bearer"
    return response


@api.exception_handler(HttpError)
def refused(request: HttpRequest, refusal: HttpError) -> HttpResponse:
    return _refuse(request, refusal.status_code, str(refusal))


@api.exception_handler(ValidationError)
def not_valid(request: HttpRequest, refusal: ValidationError) -> HttpResponse:
    errors = [
        FieldError(field=_field(error.get("loc", ())), message=str(error.get("msg", "")))
        for error in refusal.errors
    ]
    return _refuse(request, 422, gettext("What was sent has mistakes."), errors)


def _field(place: tuple[Any, ...]) -> str:
    """Name the field as its sender knows it: without where ninja found it ("body", "payload")."""
    named = [str(part) for part in place]
    return ".".join(named[2:] or named[-1:])
