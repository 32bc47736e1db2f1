"""Links between documents: each file and each heading that is pointed at must be there."""

import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

LINK = re.compile(r"!?\[[^\]]*\]\(\s*<?([^)\s>]+)>?[^)]*\)")
FENCE = re.compile(r"^(```|~~~).*?^\1", re.MULTILINE | re.DOTALL)
CODE = re.compile(r"`[^`\n]*`")
HEADING = re.compile(r"^#{1,6}\s+(.*?)\s*#*$", re.MULTILINE)
OUTSIDE = ("http://", "https://", "mailto:")


def documents(root: Path) -> list[Path]:
    """The project's own documents."""
    folders = [*root.glob("*.md"), *(root / "docs").rglob("*.md"), *(root / "src").rglob("*.md")]
    return sorted(folders)


def broken_links(root: Path) -> list[str]:
    """Every link inside the project that leads nowhere, as file and link."""
    return [
        f"{document.relative_to(root)}: {link}"
        for document in documents(root)
        for link in links(document)
        if not leads_somewhere(document, link)
    ]


def links(document: Path) -> Iterator[str]:
    text = CODE.sub("", FENCE.sub("", document.read_text()))
    return (link for link in LINK.findall(text) if not link.startswith(OUTSIDE))


def leads_somewhere(document: Path, link: str) -> bool:
    file, _, anchor = unquote(link).partition("#")
    target = document.parent / file if file else document
    if not target.exists():
        return False
    return not anchor or target.suffix != ".md" or anchor in anchors(target)


def anchors(document: Path) -> set[str]:
    """The names of headings as a code host makes them; headings of the same text are counted on."""
    found: set[str] = set()
    counts: dict[str, int] = {}
    for heading in HEADING.findall(FENCE.sub("", document.read_text())):
        plain = re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-")
        n = counts.get(plain, 0)
        counts[plain] = n + 1
        found.add(f"{plain}-{n}" if n else plain)
    return found
