"""Writing an idea: with an account, with a link sent by e-mail, or for somebody else."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.files.queries import attachments_of
from vuoksi.base.files.refusals import FileRefused
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import NotAllowed
from vuoksi.base.texts.models import Visibility
from vuoksi.loop.calls import actions, queries, rules
from vuoksi.loop.calls.engine import entry_window
from vuoksi.loop.calls.forms import BehalfForm, EntryForm, FileForm, LinkForm
from vuoksi.loop.calls.forms.entries import initial_of, initial_of_new
from vuoksi.loop.calls.models import Call, Entry, EntryLink
from vuoksi.loop.calls.refusals import CallClosed, Incomplete, LinkExpired
from vuoksi.loop.calls.views.doors import find_call, find_entry, link_in, take_version


@dataclass(frozen=True, slots=True)
class Desk:
    """All that one request needs for writing."""

    request: HttpRequest
    call: Call
    at: datetime
    entry: Entry | None = None
    link: EntryLink | None = None
    behalf: BehalfForm | None = None

    @property
    def wish(self) -> str:
        """What the person pressed: save (the draft), send, or nothing (the page saves by itself)."""
        return self.request.POST.get("do", "save")


@never_cache
def enter(request: HttpRequest, slug: str) -> HttpResponse:
    """Begin an idea."""
    at = timezone.now()
    call = find_call(request, slug)
    link = None if request.user.is_authenticated else link_in(request, call, at)
    desk = Desk(request, call, at, link=link)
    if request.method == "POST":
        return _write(desk)
    if not queries.is_open(call, at):
        return _closed(desk)
    if not request.user.is_authenticated and link is None:
        return ways(request, call, LinkForm())
    rules.check_enter(request.user, call)
    if link is not None and link.entry is not None:
        return redirect("calls:edit_entry", slug, link.entry.pk)
    return _page(desk, EntryForm(call=call, initial=_new()))


@never_cache
@login_required
def enter_for(request: HttpRequest, slug: str) -> HttpResponse:
    """Enter an idea for somebody else, e.g. from paper or a telephone call."""
    at = timezone.now()
    call = find_call(request, slug)
    rules.check_enter_for(request.user, call)
    desk = Desk(request, call, at, behalf=BehalfForm(request.POST or None))
    if request.method == "POST":
        return _write(desk)
    if not queries.is_open(call, at):
        return _closed(desk)
    return _page(desk, EntryForm(call=call, initial=_new()))


@never_cache
def edit(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Go on writing an idea."""
    at = timezone.now()
    held = find_entry(request, slug, pk, at)
    desk = Desk(request, held.entry.call, at, held.entry, held.link)
    if request.method == "POST":
        return _write(desk)
    rules.check_edit_entry(request.user, held)
    form = EntryForm(call=held.entry.call, initial=initial_of(held.entry))
    return _page(desk, form)


@never_cache
def preview(request: HttpRequest, slug: str, pk: int) -> HttpResponse:
    """Look a draft over as others will read it, with what is like it, before it is sent."""
    at = timezone.now()
    held = find_entry(request, slug, pk, at)
    rules.check_edit_entry(request.user, held)
    entry = held.entry
    draft = queries.Draft(entry.title, entry.summary, entry.language, str(entry.pk))
    context = {
        "call": entry.call,
        "entry": entry,
        "responses": queries.responses_of(entry),
        "similar": queries.similar_to(draft),
        "lacking": [
            (form_label(entry, name), said) for name, said in queries.what_is_wrong(entry).items()
        ],
        "is_open": queries.is_open(entry.call, at),
        "form": EntryForm(call=entry.call, initial=initial_of(entry)),
    }
    return render(request, "calls/preview.html", context)


@never_cache
@require_POST
def similar(request: HttpRequest, slug: str) -> HttpResponse:
    """The part of the page that shows what is like the idea being written."""
    find_call(request, slug)
    data = request.POST
    known = queries.entry_by_key(key) if (key := _key_in(data.get("key", ""))) else None
    draft = queries.Draft(
        data.get("title", "")[:160],
        data.get("summary", "")[:5000],
        data.get("language", "en"),
        str(known.pk) if known is not None else "",
    )
    context = {"similar": queries.similar_to(draft), "is_typing": True}
    return render(request, "calls/parts/similar.html", context)


def _key_in(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


def form_label(entry: Entry, name: str) -> str:
    """What a field of the form is called."""
    return str(EntryForm(call=entry.call).fields[name].label)


def _write(desk: Desk) -> HttpResponse:
    """Save what was written and do what was wished. Whatever goes wrong, the text is shown again."""
    request = desk.request
    form = EntryForm(request.POST, request.FILES, call=desk.call, is_sent=desk.wish == "send")
    if not _is_valid(desk, form):
        form.ask_for_files_again()
        return _trouble(desk, form, status_of(form, desk.behalf))
    try:
        # An idea that was sent is saved whole or not at all, so what it lacks must be there first.
        if desk.entry is not None:
            _attach(desk, form, desk.entry)
        entry = _save(desk, form)
        if desk.entry is None:
            _attach(desk, form, entry)
        if desk.wish == "send":
            actions.submit_entry(
                entry=entry,
                version=entry.version,
                by=desk.request.user,
                at=desk.at,
                link=desk.link,
            )
    except EditedMeanwhile as conflict:
        return _conflict(desk, form, conflict)
    except (CallClosed, FileRefused, Incomplete, LinkExpired, NotAllowed) as refusal:
        return _refused(desk, form, refusal)
    return _done(desk, entry)


def _is_valid(desk: Desk, form: EntryForm) -> bool:
    return form.is_valid() and (desk.behalf is None or desk.behalf.is_valid())


def _attach(desk: Desk, form: EntryForm, entry: Entry) -> None:
    """Keep the files that answer questions; each as soon as it is sent, since a browser does not send it again."""
    for question, upload in form.uploads():
        actions.attach_to_entry(
            entry=entry,
            question=question,
            upload=upload,
            by=desk.request.user,
            at=desk.at,
            link=desk.link,
        )


def _save(desk: Desk, form: EntryForm) -> Entry:
    data = form.cleaned_data
    return actions.save_entry(
        call=desk.call,
        key=data["key"] if desk.entry is None else desk.entry.key,
        text=form.text(),
        version=data["version"],
        writer=data["writer"],
        by=desk.request.user,
        at=desk.at,
        link=desk.link,
        behalf=None if desk.behalf is None else desk.behalf.behalf(),
    )


def _done(desk: Desk, entry: Entry) -> HttpResponse:
    if desk.wish == "autosave":
        return render(desk.request, "calls/parts/saved.html", {"entry": entry, "saved_at": desk.at})
    if desk.wish == "send" and entry.visibility == Visibility.HELD:
        held = _(
            "Thank you! Your idea is kept. Somebody looks at it before it shows, and tells you."
        )
        messages.info(desk.request, held)
        return redirect(entry)
    if desk.wish == "send":
        messages.success(desk.request, _thanks(entry))
        return redirect(entry)
    if desk.wish == "preview":
        return redirect("calls:preview", desk.call.slug, entry.pk)
    messages.success(desk.request, _("Saved. You can go on now or later."))
    return redirect("calls:edit_entry", desk.call.slug, entry.pk)


def _thanks(entry: Entry) -> str:
    if entry.state == Entry.State.SEALED:
        return _(
            "Thank you! Your idea is sealed: only its authors read it until the time for sending is over."
        )
    return _("Thank you! Your idea is sent, and the city will answer.")


def _refused(desk: Desk, form: EntryForm, refusal: Exception) -> HttpResponse:
    """Say at the field, or above the form, why the idea was not sent. The draft is saved if it may be."""
    if isinstance(refusal, Incomplete):
        form.add_wrong(refusal.wrong)
        return _trouble(desk, form, status_of(form, desk.behalf))
    form.add_error(None, _why(refusal))
    return _trouble(desk, form, 403 if isinstance(refusal, NotAllowed) else 409)


def _why(refusal: Exception) -> str:
    if isinstance(refusal, NotAllowed):
        return str(refusal.reason)
    if isinstance(refusal, FileRefused):
        return str(refusal.message)
    if isinstance(refusal, LinkExpired):
        return _("Your link has expired. Copy your text, then ask for a new link.")
    return _("This call takes no ideas now. Your text is kept as a draft and shown below.")


def _trouble(desk: Desk, form: EntryForm, status: int) -> HttpResponse:
    if desk.wish == "autosave":
        # htmx shows only answers that went well; the draft that could not be saved is no accident of the server.
        return render(desk.request, "calls/parts/saved.html", {"entry": None})
    key = form.cleaned_data.get("key")
    saved = queries.entry_by_key(key) if desk.entry is None and key is not None else desk.entry
    if saved is not None:
        take_version(form, saved.version)
    return _page(desk, form, status, entry=saved)


def _conflict(desk: Desk, form: EntryForm, conflict: EditedMeanwhile) -> HttpResponse:
    """Show both texts: the one that stands and the one that was typed. Sending again replaces, knowingly."""
    theirs = conflict.thing
    assert isinstance(theirs, Entry)
    if desk.wish == "autosave":
        return render(desk.request, "calls/parts/saved.html", {"entry": None, "is_conflict": True})
    take_version(form, theirs.version)
    context = {"theirs": theirs, "their_responses": queries.responses_of(theirs)}
    return _page(desk, form, 409, entry=theirs, **context)


def _page(
    desk: Desk, form: EntryForm, status: int = 200, entry: Entry | None = None, **more: Any
) -> HttpResponse:
    shown = entry or desk.entry
    if shown is not None:
        form.show_present(queries.answering_files(shown))
    context = {
        "call": desk.call,
        "form": form,
        "file_form": FileForm(),
        "attachments": attachments_of([shown]).get(str(shown.pk), []) if shown else [],
        "entry": shown,
        "behalf": desk.behalf,
        "link": desk.link,
        "is_open": queries.is_open(desk.call, desk.at),
        "is_sealed": desk.call.is_sealed and desk.call.unsealed_at is None,
        **more,
    }
    return render(desk.request, "calls/write.html", context, status=status)


def _closed(desk: Desk) -> HttpResponse:
    windows = queries.windows_of(desk.call)
    context = {
        "call": desk.call,
        "stage": queries.stage_of(desk.call, windows, desk.at),
        "window": entry_window(windows),
    }
    return render(desk.request, "calls/not_open.html", context)


def ways(request: HttpRequest, call: Call, form: LinkForm) -> HttpResponse:
    context = {
        "call": call,
        "form": form,
        "is_for_anybody": rules.may_enter(request.user, call),
    }
    return render(request, "calls/ways.html", context, status=status_of(form))


def _new() -> dict[str, Any]:
    return initial_of_new(get_language() or "en")
