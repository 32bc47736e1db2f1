"""What authors do with their idea beside writing it; and what others do about it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.talk import actions as talk
from vuoksi.loop.calls import actions, queries, rules
from vuoksi.loop.calls.forms import CommentForm, InviteForm
from vuoksi.loop.calls.refusals import LinkExpired
from vuoksi.loop.calls.views.doors import find_entry, signed_in


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
        return render(request, "calls/invite.html", context, status=422)
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
@login_required
def comment(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    at = timezone.now()
    entry = find_entry(request, slug, pk, at).entry
    form = CommentForm(request.POST)
    if not form.is_valid():
        context = {"entry": entry, "call": entry.call, "form": form}
        return render(request, "calls/comment.html", context, status=422)
    actions.comment_on_entry(entry=entry, by=signed_in(request), at=at, **form.cleaned_data)
    return redirect(f"{entry.get_absolute_url()}#comments")


@require_POST
@login_required
def support(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Support the idea, or take the support back."""
    at, person = timezone.now(), signed_in(request)
    entry = find_entry(request, slug, pk, at).entry
    if request.POST.get("do") == "undo":
        talk.withdraw_support(thing=entry, user=person, at=at)
    else:
        actions.support_entry(entry=entry, by=person, at=at)
    return redirect(entry)


@require_POST
@login_required
def follow(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Follow the idea, or stop following."""
    at, person = timezone.now(), signed_in(request)
    entry = find_entry(request, slug, pk, at).entry
    if request.POST.get("do") == "undo":
        talk.unfollow(thing=entry, user=person, at=at)
    else:
        actions.follow_entry(entry=entry, by=person, at=at)
    return redirect(entry)
