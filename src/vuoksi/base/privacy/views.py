from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.keeping import RETENTIONS
from vuoksi.base.people.rules import signed_in
from vuoksi.base.privacy import actions, queries, rules
from vuoksi.base.privacy.forms import ErasureForm
from vuoksi.base.privacy.models import Export


def retention(request: HttpRequest) -> HttpResponse:
    """How long we keep what, made from what the program does."""
    context = {"retentions": RETENTIONS.values(), "erasure_days": settings.ERASURE_DAYS}
    return render(request, "privacy/retention.html", context)


@never_cache
@login_required
def data(request: HttpRequest) -> HttpResponse:
    """What there is about me, and a copy of it."""
    user = signed_in(request)
    context = {
        "kept": queries.kept_about(user),
        "exports": queries.exports_of(user, timezone.now()),
        "export_days": settings.EXPORT_DAYS,
        "erasure": queries.waiting_erasure(user),
    }
    return render(request, "privacy/data.html", context)


@login_required
@require_POST
def ask_export(request: HttpRequest) -> HttpResponse:
    export = actions.ask_export(user=signed_in(request), at=timezone.now())
    return redirect("run", export.run_id)


@never_cache
@login_required
@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Hand out the file to the person it is about; to anybody else it is not there."""
    at = timezone.now()
    export = get_object_or_404(Export, pk=pk)
    if not rules.may_download(request.user, export) or export.expires_at <= at or not export.file:
        raise Http404
    try:
        content = export.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    actions.note_download(export=export, by=signed_in(request), at=at)
    name = f"vuoksi-{export.asked_at:%Y-%m-%d}.zip"
    return FileResponse(content, as_attachment=True, filename=name, content_type="application/zip")


@never_cache
@login_required
def erasure(request: HttpRequest) -> HttpResponse:
    """Ask to be forgotten, or stop it while there is time."""
    user, at = signed_in(request), timezone.now()
    waiting = queries.waiting_erasure(user)
    if waiting is not None:
        return render(request, "privacy/waiting.html", {"erasure": waiting})
    form = ErasureForm(request.POST or None, request=request, user=user, at=at)
    if request.method == "POST" and form.is_valid():
        actions.ask_erasure(user=user, keep_texts=form.keeps_texts(), at=at)
        messages.success(
            request, gettext("Your account will be erased. We have sent you an e-mail about it.")
        )
        return redirect("privacy:erasure")
    context = {
        "form": form,
        "days": settings.ERASURE_DAYS,
        "may_ask": rules.may_ask_erasure(user),
    }
    return render(request, "privacy/erasure.html", context, status=status_of(form))


@login_required
@require_POST
def cancel_erasure(request: HttpRequest) -> HttpResponse:
    user = signed_in(request)
    waiting = queries.waiting_erasure(user)
    if waiting is not None:
        actions.cancel_erasure(erasure=waiting, by=user, at=timezone.now())
        messages.success(request, gettext("Nothing is erased. Your account stays as it is."))
    return redirect("privacy:data")


@never_cache
@login_required
def consents(request: HttpRequest) -> HttpResponse:
    """What a person agreed to, and where to change one's mind."""
    return render(
        request, "privacy/consents.html", {"consents": queries.consents(signed_in(request))}
    )
