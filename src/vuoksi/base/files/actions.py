import secrets
from datetime import datetime
from hashlib import sha256
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.files.base import ContentFile
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.db.models import Model

from vuoksi.base.audit.actions import Actor, action, if_rolled_back, record
from vuoksi.base.files import engine, rules
from vuoksi.base.files.models import Attachment
from vuoksi.base.files.refusals import refusal


@action
def attach_file(
    *, thing: Model, upload: "UploadedFile[Any]", by: Actor, at: datetime
) -> Attachment:
    """Keep `upload` with `thing`, under a random name. Who may do it is the thing's own rule.

    Raises FileRefused for a file that is too large, of a kind that is not accepted or disguised, or one too many.
    """
    name, content, kind = _examined(upload)
    about = _about(thing)
    # Two uploads in one moment are counted one after the other.
    type(thing)._default_manager.select_for_update().get(pk=thing.pk)
    if Attachment.objects.filter(**about).count() >= rules.MOST_FILES:
        raise refusal("too_many")
    attachment = Attachment(
        **about,
        name=name,
        media_type=kind.media_type,
        size_bytes=len(content),
        digest=sha256(content).hexdigest(),
        uploaded_by_id=by.pk if by is not None else None,
        uploaded_at=at,
    )
    storage = attachment.file.storage
    stored_as = f"{secrets.token_hex(16)}.{kind.extensions[0]}"
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


def _examined(upload: "UploadedFile[Any]") -> tuple[str, bytes, engine.FileType]:
    if (upload.size or 0) > rules.MOST_BYTES:
        raise refusal("too_large")
    name = engine.safe_name(upload.name or "")
    upload.seek(0)
    content = upload.read()
    try:
        kind = engine.recognise(name, content)
    except engine.Unacceptable as unacceptable:
        raise refusal(unacceptable.code) from unacceptable
    return name, content, kind


def _about(thing: Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}
