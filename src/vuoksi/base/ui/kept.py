"""Public pages that were made a moment ago are given again instead of being made again.

Only what every reader without an account sees alike is kept, and only as long as nothing in the city changed: every
write leaves an audit row, so the trail's newest rows tell the version of all data. Time passes too (a call opens, a
day is over), so that a page is kept for `KEEP_PAGES_S` seconds at most.
"""

from collections.abc import Callable
from hashlib import sha256

from django.conf import settings
from django.core.cache import caches
from django.http import HttpRequest, HttpResponse
from django.utils.cache import patch_vary_headers
from django.utils.translation import get_language

from vuoksi.base.audit.queries import data_version
from vuoksi.base.ui.context import theme_of

LARGEST_BYTES = 1_000_000
# What a page may differ by; all of it is part of the key, except the cookies that `_may_be_shared` asks about.
KNOWN_VARY = {"accept-language", "cookie", "hx-request"}
HTMX_HEADERS = ("HX-Request", "HX-Target", "HX-History-Restore-Request")


class KeptPages:
    """Stands inside what adds security headers and knows the language, and outside sessions' and forms' secrets."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not settings.KEEP_PAGES_S or not _may_be_shared(request):
            return self.get_response(request)
        # The version is read before the page is made: a page may be newer than its key says, never older.
        key = _key(request)
        kept: tuple[int, dict[str, str], bytes] | None = caches["pages"].get(key)
        if kept is not None:
            status, headers, content = kept
            return HttpResponse(content, status=status, headers=headers)
        response = self.get_response(request)
        if _may_be_kept(response):
            # A cache between us and the reader must know too that another cookie may mean another page.
            patch_vary_headers(response, ["Cookie"])
            caches["pages"].set(
                key,
                (response.status_code, dict(response.items()), response.content),
                settings.KEEP_PAGES_S,
            )
        return response


def _may_be_shared(request: HttpRequest) -> bool:
    """Whether this reader is anybody: not signed in, no token, no message waiting."""
    return (
        request.method == "GET"
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
    )


def _may_be_kept(response: HttpResponse) -> bool:
    """Whether this page is the same for the next reader; a form's secret would have come with a cookie."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    vary = {name.strip().lower() for name in response.get("Vary", "").split(",") if name.strip()}
    return (
        not response.has_header("Cache-Control")
        and vary <= KNOWN_VARY
        and len(response.content) <= LARGEST_BYTES
    )


def _key(request: HttpRequest) -> str:
    parts = (
        request.get_host(),
        request.get_full_path(),
        get_language() or "",
        theme_of(request),
        *(request.headers.get(name, "") for name in HTMX_HEADERS),
        data_version(),
    )
    return sha256("\n".join(parts).encode()).hexdigest()
