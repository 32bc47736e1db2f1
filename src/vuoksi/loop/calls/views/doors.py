"""What the views of this app share: finding the thing asked for, the link in the session."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any, cast

from django import forms
from django.http import Http404, HttpRequest, QueryDict
from django.shortcuts import get_object_or_404
from django.utils import timezone
from django.utils.formats import date_format
from django.utils.translation import gettext as _

from vuoksi.loop.calls import actions, queries, rules
from vuoksi.loop.calls.engine import Stage, Window
from vuoksi.loop.calls.models import Call, Entry, EntryLink, Phase

_LINKS = "entry_links"
_STEP = {Stage.CLOSED: "done", Stage.OPEN: "now", Stage.UPCOMING: "next"}


def find_call(request: HttpRequest, slug: str) -> Call:
    """Give a call that this person may read, else 404: that a draft exists is nobody's business."""
    call = get_object_or_404(queries.public_calls(request.user), slug=slug)
    open_seal(call, timezone.now())
    return call


def open_seal(call: Call, at: datetime) -> None:
    """Open what is due to be opened: a clock that stands must not keep a jury waiting."""
    if queries.is_seal_due(call, at):
        actions.unseal_call(call=call, at=at)


def find_entry(request: HttpRequest, slug: str, pk: int, at: datetime) -> rules.Held:
    """Give an entry that this person, or the link in the session, may read, else 404."""
    entry = queries.entry_page(pk)
    if entry is None or entry.call.slug != slug:
        raise Http404
    if queries.is_seal_due(entry.call, at):
        open_seal(entry.call, at)
        entry.refresh_from_db(fields=["state", "visibility"])
    held = rules.Held(entry, link_in(request, entry.call, at))
    if not rules.may_read_entry(request.user, held):
        raise Http404
    return held


def hidden_entry(request: HttpRequest, slug: str, pk: int) -> Entry | None:
    """Give an entry whose place is public though its text is out of sight."""
    entry = queries.entry_page(pk)
    if entry is None or entry.call.slug != slug or entry.hidden_at is None:
        return None
    return entry if rules.is_sent.test(request.user, rules.Held(entry)) else None


def keep_link(request: HttpRequest, link: EntryLink) -> None:
    """Remember an opened link for this browser; the session holds its digest, never the token."""
    request.session[_LINKS] = {**request.session.get(_LINKS, {}), str(link.call_id): link.digest}


def link_in(request: HttpRequest, call: Call, at: datetime) -> EntryLink | None:
    """Give the living link that this browser has opened for `call`."""
    digest = request.session.get(_LINKS, {}).get(str(call.pk))
    link = queries.link_by_digest(digest) if digest else None
    return link if link is not None and link.expires_at > at else None


def phase_steps(windows: Iterable[Window], at: datetime) -> list[dict[str, Any]]:
    """Phases for a timeline."""
    return [
        {
            "label": Phase.Kind(window.kind).label,
            "state": _STEP[window.stage(at)],
            "date": window.opens_at,
            "note": _("until %(moment)s")
            % {
                "moment": date_format(timezone.localtime(window.closes_at), "SHORT_DATETIME_FORMAT")
            },
        }
        for window in windows
    ]


def take_version(form: forms.Form, version: int) -> None:
    """Let the next sending of `form` replace what is shown beside it as the other person's text."""
    data = cast("QueryDict", form.data).copy()
    data["version"] = str(version)
    form.data = data
