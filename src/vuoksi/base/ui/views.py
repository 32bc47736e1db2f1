from django.core.signing import BadSignature
from django.http import HttpRequest, HttpResponse, HttpResponseBadRequest, HttpResponseRedirect
from django.shortcuts import render
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.text import slugify
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST, require_safe
from django.views.i18n import set_language

from vuoksi.base.ui import drawing, samples
from vuoksi.base.ui.context import THEMES

YEAR_S = 365 * 24 * 3600
CHART_FILES = {
    "csv": ("text/csv; charset=utf-8", drawing.as_csv),
    "json": ("application/json", drawing.as_json),
    "png": ("image/png", drawing.as_png),
}


@require_safe
def design(request: HttpRequest) -> HttpResponse:
    """Show every part that pages are made of."""
    return render(request, "ui/design.html", samples.samples(request))


# How a page looks is no secret, and a token in these two forms would make every page differ from the next reader's.
@csrf_exempt
@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Remember the language a reader wants."""
    return set_language(request)


@csrf_exempt
@require_POST
def theme(request: HttpRequest) -> HttpResponse:
    """Remember whether the reader wants light or dark; anything else means as the device has it."""
    wanted, back = request.POST.get("theme", ""), request.POST.get("next", "/")
    is_ours = url_has_allowed_host_and_scheme(
        back, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    )
    response = HttpResponseRedirect(back if is_ours else "/")
    if wanted in THEMES:
        response.set_cookie(
            "theme", wanted, max_age=YEAR_S, samesite="Lax", secure=request.is_secure()
        )
    else:
        response.delete_cookie("theme", samesite="Lax")
    return response


@csrf_exempt  # it changes nothing: it turns a parcel that we signed ourselves into a file
@require_POST
def chart_file(request: HttpRequest) -> HttpResponse:
    """Give a chart as a file; the parcel in the form holds all of it, so that no server must remember the chart."""
    form = request.POST.get("format", "")
    try:
        content = drawing.unpacked(request.POST.get("parcel", ""))
    except BadSignature:
        content = {}
    if form not in CHART_FILES or not content:
        return HttpResponseBadRequest(render(request, "400.html").content)
    kind, make = CHART_FILES[form]
    response = HttpResponse(make(content), content_type=kind)
    name = slugify(content["title"]) or "chart"
    response["Content-Disposition"] = f'attachment; filename="{name}.{form}"'
    return response
