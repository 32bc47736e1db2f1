"""Which pages there are for somebody: by following every link, one address of each kind of page."""

import re
from collections.abc import Callable

from django.urls import Resolver404, resolve

# Others' interfaces, files and the admin are no pages of ours.
OTHERS = ("/static/", "/admin/", "/api/", "/sta/")
# Of a kind whose first address gives no page (a file, another address) so many are tried.
MOST_TRIED = 4
LINK = re.compile(r'href="(/[^"#]*)')


def pages_for(page) -> dict[str, str]:
    """Give an address for each kind of page that whoever is signed in on `page` reaches by links."""

    def read(path: str) -> str | None:
        answer = page.request.get(path)
        is_page = answer.headers.get("content-type", "").startswith("text/html")
        return answer.text() if answer.ok and is_page else None

    return {name: path for name, (path, _text) in reached(read).items()}


def reached(
    read: Callable[[str], str | None], most: int = MOST_TRIED
) -> dict[str, tuple[str, str]]:
    """Give address and text of a page of each kind, from the first page on.

    `read(path)` gives the text of a page, None for all else; `most` addresses of a kind are read.
    """
    found, tried, ahead, known = {}, {}, ["/"], {"/"}
    while ahead:
        path = ahead.pop(0)
        name = kind_of(path)
        if name is None or tried.get(name, 0) >= most:
            continue
        tried[name] = tried.get(name, 0) + 1
        text = read(path)
        if text is None:
            continue
        found.setdefault(name, (path, text))
        for link in LINK.findall(text):
            other = link.partition("?")[0]
            if other not in known and not other.startswith(OTHERS):
                known.add(other)
                ahead.append(other)
    return found


def kind_of(path: str) -> str | None:
    """The name of the view that answers at this address."""
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
