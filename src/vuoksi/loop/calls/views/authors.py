"""What authors do with their idea beside writing it."""

from datetime import datetime

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.files.queries import attachments_of
from vuoksi.base.files.refusals import FileRefused
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.loop.calls import actions, queries, rules
from vuoksi.loop.calls.forms import FileForm, InviteForm
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, LinkExpired
from vuoksi.loop.calls.views.doors import find_entry

CLOSED = gettext_lazy("The time for sending is over, so the files of your idea stay as they are.")


@never_cache
def withdraw(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Ask first, then take the idea back."""
    at = timezone.now()
    held = find_entry(request, slug, pk, at)
    if request.method != "POST":
        rules.check_withdraw_entry(request.user, held)
        return render(
            request, "calls/withdraw.html", {"entry": held.entry, "call": held.entry.call}
        )
    actions.withdraw_entry(entry=held.entry, by=request.user, at=at, link=held.link)
    messages.success(request, _("Your idea is withdrawn. Only you can read it now."))
    return redirect(held.entry)


@require_POST
@login_required
def invite(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    at = timezone.now()
    entry = find_entry(request, slug, pk, at).entry
    form = InviteForm(request.POST)
    if not form.is_valid():
        context = {"entry": entry, "call": entry.call, "form": form}
        return render(request, "calls/invite.html", context, status=status_of(form))
    actions.invite_co_author(
        entry=entry, email=form.cleaned_data["email"], by=signed_in(request), at=at
    )
    messages.success(request, _("The invitation is sent."))
    return redirect(entry)


@require_POST
@login_required
def remove_co_author(request: HttpRequest, slug: str, pk: int, co_author: int) -> HttpResponse:
    at = timezone.now()
    entry = find_entry(request, slug, pk, at).entry
    row = get_object_or_404(entry.co_authors.select_related("entry"), pk=co_author)
    actions.remove_co_author(co_author=row, by=signed_in(request), at=at)
    messages.success(request, _("Done. The text stays as it is."))
    return redirect("calls:my_entries")


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show an invitation to write together; accept it when the person presses the button."""
    at = timezone.now()
    found = queries.invitation_by_token(token)
    if found is None:
        raise Http404
    is_over = found.accepted_at is not None or found.expires_at <= at
    context = {"invitation": found, "entry": found.entry, "call": found.entry.call}
    if request.method != "POST":
        return render(request, "calls/invitation.html", {**context, "is_over": is_over})
    rules.check_accept(request.user, found)
    try:
        actions.accept_invitation(invitation=found, by=signed_in(request), at=at)
    except LinkExpired:
        return render(request, "calls/invitation.html", {**context, "is_over": True}, status=410)
    messages.success(request, _("You write this idea together now."))
    return redirect("calls:edit_entry", found.entry.call.slug, found.entry.pk)


@require_POST
def attach(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Add a file to the idea; a file that is not taken is said at the field."""
    at = timezone.now()
    held = find_entry(request, slug, pk, at)
    # Looking into a file takes work: only for those who may add one.
    rules.check_edit_entry(request.user, held)
    form = FileForm(request.POST, request.FILES)
    if form.is_valid() and _attached(request, held, form, at):
        messages.success(request, _("The file is added."))
        return redirect("calls:edit_entry", slug, pk)
    context = {"entry": held.entry, "call": held.entry.call, "form": form}
    return render(request, "calls/file.html", context, status=status_of(form))


def _attached(request: HttpRequest, held: rules.Held, form: FileForm, at: datetime) -> bool:
    upload = form.cleaned_data["file"]
    try:
        actions.attach_to_entry(
            entry=held.entry, upload=upload, by=request.user, at=at, link=held.link
        )
    except FileRefused as refusal:
        form.add_error("file", str(refusal.message))
        return False
    except CallClosed:
        form.add_error("file", str(CLOSED))
        return False
    return True


@never_cache
def detach(request: HttpRequest, slug: str, pk: int, attachment: int) -> HttpResponse:
    """Take a file away for good, once the person has said yes."""
    at = timezone.now()
    held = find_entry(request, slug, pk, at)
    files = attachments_of([held.entry]).get(str(pk), [])
    found = next((row for row in files if row.pk == attachment), None)
    if found is None:
        raise Http404
    if request.method != "POST":
        rules.check_edit_entry(request.user, held)
        context = {"call": held.entry.call, "entry": held.entry, "attachment": found}
        return render(request, "calls/detach.html", context)
    try:
        actions.detach_from_entry(
            entry=held.entry, attachment=found, by=request.user, at=at, link=held.link
        )
    except CallClosed:
        messages.error(request, CLOSED)
    except Incomplete:
        words = _("The call asks for this file. Choose another one at its question to replace it.")
        messages.error(request, words)
    else:
        messages.success(request, _("The file is removed."))
    return redirect("calls:edit_entry", slug, pk)
