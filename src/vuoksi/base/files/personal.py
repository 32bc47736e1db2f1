"""What files keep about people."""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

# Whose thing a file belongs to also removes it: see `personal.py` there.
kept(
    "files.Attachment",
    _("Files that I uploaded"),
    fields=("uploaded_by",),
    columns=(
        "id",
        "name",
        "media_type",
        "size_bytes",
        "digest",
        "uploaded_at",
        "content_type__model",
        "object_id",
    ),
    file="file",
)
