from django.http import FileResponse, Http404, HttpRequest
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from vuoksi.base.files import rules
from vuoksi.base.files.models import Attachment


@require_safe
def download(request: HttpRequest, pk: int) -> FileResponse:
    """Hand a file out to be saved, never to be opened inside the site."""
    attachment = get_object_or_404(Attachment, pk=pk)
    rules.check_read_file(request.user, attachment)
    try:
        content = attachment.file.open("rb")
    except FileNotFoundError as lost:
        raise Http404 from lost
    response = FileResponse(
        content,
        as_attachment=True,
        filename=attachment.name,
        content_type=attachment.media_type,
    )
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response
