"""Finds the few files that the pages use in the folders of npm packages."""

from collections.abc import Iterable, Iterator
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import FileSystemFinder


class PickedFinder(FileSystemFinder):
    """Of a folder of STATICFILES_DIRS that STATICFILES_PICKED names, only the files that it lists."""

    def find_location(self, root: str, path: str, prefix: str | None = None) -> str | None:
        name = path.removeprefix(f"{prefix}/") if prefix else path
        if not _is_picked(prefix, name):
            return None
        found: str | None = super().find_location(root, path, prefix)
        return found

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Any]]:
        for path, storage in super().list(ignore_patterns):
            if _is_picked(storage.prefix, path):
                yield path, storage


def _is_picked(prefix: str | None, name: str) -> bool:
    picked = settings.STATICFILES_PICKED.get(prefix or "")
    return picked is None or name in picked
