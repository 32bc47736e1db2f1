import secrets
from collections.abc import Iterable
from datetime import datetime, timedelta
from functools import partial
from typing import IO

from django.conf import settings
from django.core.files import File
from django.db import transaction

from vuoksi.base.audit.actions import Actor, action, if_rolled_back, nothing_to_do, record
from vuoksi.base.people.keeping import RETENTIONS, erasers
from vuoksi.base.people.models import User
from vuoksi.base.privacy import letters, queries, rules
from vuoksi.base.privacy.models import Erasure, Export
from vuoksi.base.runs.actions import start

KIND = "privacy.export"


@action
def ask_export(*, user: User, at: datetime) -> Export:
    """Ask for a file with everything about oneself; one at a time."""
    rules.check_export(user)
    # Two clicks at once are counted one after the other.
    User.objects.select_for_update().get(pk=user.pk)
    known = queries.export_being_made(user)
    if known is not None:
        nothing_to_do()
        return known
    run = start(kind=KIND, problem={}, owner=user, at=at)
    export = Export.objects.create(
        user=user,
        run=run,
        asked_at=at,
        expires_at=at + timedelta(days=settings.EXPORT_DAYS),
    )
    record(actor=user, verb="privacy.ask_export", thing=export, at=at)
    return export


@action
def keep_export(*, export: Export, content: IO[bytes], at: datetime) -> None:
    """Keep the file that a run has made, for some days from now, under a name that nobody guesses."""
    storage = export.file.storage
    export.file.save(f"{secrets.token_hex(16)}.zip", File(content), save=False)
    path = str(export.file.name)
    if_rolled_back(lambda: storage.delete(path))
    export.size_bytes = export.file.size
    export.expires_at = at + timedelta(days=settings.EXPORT_DAYS)
    export.save(update_fields=["file", "size_bytes", "expires_at"])
    record(actor=None, verb="privacy.keep_export", thing=export, at=at)


@action
def note_download(*, export: Export, by: Actor, at: datetime) -> None:
    """Keep that the file was opened."""
    record(actor=by, verb="privacy.download", thing=export, at=at)


@action
def drop_exports(*, days: int, at: datetime) -> int:
    """Forget files whose days are over; each says itself until when it is kept."""
    old = list(Export.objects.filter(expires_at__lte=at))
    for export in old:
        _drop(export)
    nothing_to_do()
    return len(old)


@action
def drop_exports_of(*, users: Iterable[User], at: datetime) -> int:
    """Delete the files of these people: something was erased that still stands in them. They can ask for new ones."""
    found = list(Export.objects.filter(user__in=list(users)).exclude(file=""))
    for export in found:
        record(actor=None, verb="privacy.drop_export", thing=export, at=at)
        _drop(export)
    nothing_to_do()
    return len(found)


@action
def ask_erasure(*, user: User, keep_texts: bool, at: datetime) -> Erasure:
    """Ask to be forgotten. It is done after some days, unless the person thinks better of it."""
    rules.check_ask_erasure(user)
    User.objects.select_for_update().get(pk=user.pk)
    known = queries.waiting_erasure(user)
    if known is not None:
        nothing_to_do()
        return known
    due_at = at + timedelta(days=settings.ERASURE_DAYS)
    erasure = Erasure.objects.create(user=user, keep_texts=keep_texts, asked_at=at, due_at=due_at)
    record(actor=user, verb="privacy.ask_erasure", thing=erasure, at=at, keep_texts=keep_texts)
    transaction.on_commit(partial(letters.asked, erasure), robust=True)
    return erasure


@action
def cancel_erasure(*, erasure: Erasure, by: User, at: datetime) -> None:
    row = Erasure.objects.select_for_update().get(pk=erasure.pk)
    rules.check_cancel_erasure(by, row)
    row.cancelled_at = at
    row.save(update_fields=["cancelled_at"])
    record(actor=by, verb="privacy.cancel_erasure", thing=row, at=at)


@action
def erase(*, erasure: Erasure, at: datetime) -> None:
    """Forget a person everywhere, in one transaction. What was asked and cancelled meanwhile is left."""
    row = Erasure.objects.select_for_update().select_related("user").get(pk=erasure.pk)
    if row.cancelled_at is not None or row.done_at is not None or row.due_at > at:
        return nothing_to_do()
    user, address, language = row.user, row.user.email, row.user.language
    for export in Export.objects.filter(user=user):
        _drop(export)
    for forget in erasers():
        forget(user=user, keep_texts=row.keep_texts, at=at)
    row.done_at = at
    row.save(update_fields=["done_at"])
    record(actor=None, verb="privacy.erase", thing=row, at=at)
    transaction.on_commit(partial(letters.done, address, language), robust=True)


@action
def drop_erasures(*, days: int, at: datetime) -> int:
    """Forget that somebody asked to be forgotten and thought better of it."""
    before = at - timedelta(days=days)
    count, _models = Erasure.objects.filter(cancelled_at__lt=before).delete()
    nothing_to_do()
    return count


@action
def keep_no_longer(*, at: datetime) -> dict[str, int]:
    """Forget whatever has been kept long enough, kind by kind; give how much of each was forgotten."""
    counts = {key: kept.purge(days=kept.days, at=at) for key, kept in RETENTIONS.items()}
    nothing_to_do()
    return counts


def _drop(export: Export) -> None:
    storage, path = export.file.storage, str(export.file.name)
    export.delete()
    if path:
        transaction.on_commit(lambda: storage.delete(path))
