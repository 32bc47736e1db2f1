"""A refusal becomes a page that says why, and a form that came back with faults is answered as one everywhere."""

from collections.abc import Callable
from http import HTTPStatus

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.response import TemplateResponse

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import NotAllowed
from vuoksi.lib.transitions import NotPossible


class RefusalMiddleware:
    """Not allowed, not possible now, changed by somebody else meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        # No word with a NUL names anything, and PostgreSQL would not even look for it.
        if "\0" in request.path:
            return render(request, "404.html", status=HTTPStatus.NOT_FOUND)
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, NotPossible | EditedMeanwhile):
            return render(request, "409.html", {"refusal": exception}, status=409)
        return None


class FaultsMiddleware:
    """Forms of packages (signing in, passwords, keys) answer as ours do: 422 when they came back with faults."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_template_response(
        self, request: HttpRequest, response: TemplateResponse
    ) -> TemplateResponse:
        form = (response.context_data or {}).get("form")
        if request.method == "POST" and response.status_code == HTTPStatus.OK:
            response.status_code = status_of(form)
        return response
