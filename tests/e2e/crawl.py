"""Which pages there are for somebody: by following every link, one address of each kind of page."""

import re

from django.urls import Resolver404, resolve

# Others' interfaces, files and the admin are no pages of ours.
OTHERS = ("/static/", "/admin/", "/api/", "/sta/")
# Of a kind whose first address gives no page (a file, another address) so many are tried.
MOST_TRIED = 4
LINK = re.compile(r'href="(/[^"#]*)')


def pages_for(page) -> dict[str, str]:
    """Give an address for each kind of page that whoever is signed in on `page` reaches by links, from the first page on."""
    found, tried, ahead, known = {}, {}, ["/"], {"/"}
    while ahead:
        path = ahead.pop(0)
        name = _kind(path)
        if name is None or tried.get(name, 0) >= MOST_TRIED:
            continue
        tried[name] = tried.get(name, 0) + 1
        answer = page.request.get(path)
        if not answer.ok or not answer.headers.get("content-type", "").startswith("text/html"):
            continue
        found.setdefault(name, path)
        for link in LINK.findall(answer.text()):
            other = link.partition("?")[0]
            if other not in known and not other.startswith(OTHERS):
                known.add(other)
                ahead.append(other)
    return found


def _kind(path: str) -> str | None:
    try:
        return resolve(path).view_name
    except Resolver404:
        return None
