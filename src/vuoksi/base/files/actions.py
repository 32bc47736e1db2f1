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
from vuoksi.base.files import rules
from vuoksi.base.files.intake import examine
from vuoksi.base.files.models import Attachment
from vuoksi.base.files.refusals import refusal


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


def _about(thing: Model) -> dict[str, Any]:
    return {"content_type": ContentType.objects.get_for_model(thing), "object_id": str(thing.pk)}
