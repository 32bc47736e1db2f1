from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from vuoksi.base.ui.context import THEMES

YEAR_S = 365 * 24 * 3600


@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember whether the reader wants light or dark; anything else means as the device has it."""
    wanted, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = redirect(back if is_ours else "/")
    if wanted in THEMES:
        response.set_cookie(
            "theme", wanted, max_age=YEAR_S, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response
