import logging
import secrets
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.storage import Storage
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model

from vuoksi.base.audit.actions import Actor, action, if_rolled_back, nothing_to_do, record
from vuoksi.base.files import rules
from vuoksi.base.files.intake import examine
from vuoksi.base.files.models import FOLDER, Attachment
from vuoksi.base.files.refusals import refusal

logger = logging.getLogger(__name__)

STRAY_AFTER = timedelta(days=1)


@action
def attach_file(
    *, thing: Model, upload: "UploadedFile[Any]", by: Actor, at: datetime
) -> Attachment:
    """Keep `upload` with `thing`, under a random name. Who may do it is the thing's own rule.

    A picture is kept without its hidden data (`engine.pictures`). Raises FileRefused for a file that is too large, of a
    kind that is not accepted, disguised or broken, or one too many.
    """
    examined = examine(upload)
    content = examined.read()
    about = _about(thing)
    # Two uploads in one moment are counted one after the other.
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if Attachment.objects.filter(**about).count() >= rules.MOST_FILES:
        raise refusal("too_many")
    attachment = Attachment(
        **about,
        name=str(examined.name),
        media_type=examined.kind.media_type,
        size_bytes=len(content),
        digest=sha256(content).hexdigest(),
        uploaded_by_id=by.pk if by is not None else None,
        uploaded_at=at,
    )
    storage = attachment.file.storage
    stored_as = f"{secrets.token_hex(16)}.{examined.kind.extensions[0]}"
    attachment.file.save(stored_as, ContentFile(content), save=False)
    path = str(attachment.file.name)
    if_rolled_back(lambda: storage.delete(path))
    attachment.save()
    record(
        actor=by,
        verb="files.attach_file",
        thing=thing,
        at=at,
        attachment=attachment.pk,
        digest=attachment.digest,
    )
    return attachment


@action
def remove_file(*, attachment: Attachment, by: Actor, at: datetime) -> None:
    """Take a file away for good. Who may do it is the thing's own rule."""
    storage, path = attachment.file.storage, str(attachment.file.name)
    record(
        actor=by,
        verb="files.remove_file",
        thing=attachment,
        at=at,
        thing_kind=attachment.content_type.model,
        thing_id=attachment.object_id,
        digest=attachment.digest,
    )
    attachment.delete()
    transaction.on_commit(lambda: storage.delete(path))


@action
def sweep_strays(*, at: datetime) -> int:
    """Delete files that no row names, once they are a day old; give their number.

    Such a file stays behind when the process is killed between the file and its row. The names are random and say
    nothing of anybody, so they may stand in the log. Nothing is swept when no row names any file at all: then an empty
    database was put beside a full folder, and the files wait for their own.
    """
    nothing_to_do()
    storage = Attachment._meta.get_field("file").storage
    # The files first, then the rows: what is uploaded meanwhile is in neither or has its row.
    lying = {f"{FOLDER}{name}" for name in _names_in(storage)}
    named = set(Attachment.objects.values_list("file", flat=True)) if lying else set()
    if not named:
        return 0
    before = at - STRAY_AFTER
    strays = [path for path in sorted(lying - named) if storage.get_modified_time(path) < before]
    for path in strays:
        storage.delete(path)
        logger.warning("deleted the file %s, which no row names", path)
    return len(strays)


def _names_in(storage: Storage) -> list[str]:
    return storage.listdir(FOLDER)[1] if storage.exists(FOLDER) else []


def _about(thing: Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}
