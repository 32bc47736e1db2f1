"""Links by e-mail: asking for one, opening it, getting a new one when it has expired."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.loop.calls import actions, queries
from vuoksi.loop.calls.forms import LinkForm
from vuoksi.loop.calls.views.doors import find_call, keep_link
from vuoksi.loop.calls.views.entering import ways


@require_POST
def ask_link(request: HttpRequest, slug: str) -> HttpResponse:
    """Send a link. The answer is the same whatever is known of the address."""
    call = find_call(request, slug)
    form = LinkForm(request.POST)
    if not form.is_valid():
        return ways(request, call, form)
    actions.send_link(
        call=call,
        email=form.cleaned_data["email"],
        language=get_language() or "en",
        at=timezone.now(),
    )
    return render(request, "calls/link_sent.html", {"call": call})


@never_cache
def open_link(request: HttpRequest, token: str) -> HttpResponse:
    """Let in the holder of a link: to the idea begun with it, or to a new one."""
    at = timezone.now()
    link = queries.link_by_token(token)
    if link is None or link.expires_at <= at:
        context = {"link": link, "token": token}
        return render(request, "calls/link_expired.html", context, status=410 if link else 404)
    keep_link(request, link)
    if link.entry is not None:
        return redirect("calls:entry", link.call.slug, link.entry.pk)
    return redirect("calls:enter", link.call.slug)


@require_POST
def renew_link(request: HttpRequest, token: str) -> HttpResponse:
    """Send a new link to the address of an expired one."""
    link = queries.link_by_token(token)
    if link is None:
        messages.error(
            request, _("This link is not known. Ask for a new one on the page of the call.")
        )
        return redirect("calls:calls")
    actions.renew_link(link=link, at=timezone.now())
    return render(request, "calls/link_sent.html", {"call": link.call})
