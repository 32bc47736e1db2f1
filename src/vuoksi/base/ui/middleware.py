"""A refusal becomes a page that says why: not allowed, not possible now, changed by somebody else meanwhile."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.people.rules import NotAllowed
from vuoksi.lib.transitions import NotPossible


class RefusalMiddleware:
    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        if isinstance(exception, NotAllowed):
            return render(request, "403.html", {"reason": exception.reason}, status=403)
        if isinstance(exception, NotPossible | EditedMeanwhile):
            return render(request, "409.html", {"refusal": exception}, status=409)
        return None
