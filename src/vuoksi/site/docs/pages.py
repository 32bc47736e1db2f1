"""All generated pages together, and all that is wrong with the documents."""

from pathlib import Path

from django.utils import translation

from vuoksi.site.docs import commands, links, registries, variables

REFERENCE = Path("docs") / "reference"
# The folder in which every page is generated: a page there without a source is a leftover.
STATES = REFERENCE / "states"


def generated(source: Path) -> dict[Path, str]:
    """The text of every generated page by its place in the project; `source` is the package's folder."""
    with translation.override("en"):
        states = registries.states_pages(source)
        return {
            REFERENCE / "settings.md": variables.settings_page(source),
            REFERENCE / "commands.md": commands.commands_page(),
            REFERENCE / "indicators.md": registries.indicators_page(),
            REFERENCE / "permissions.md": registries.permissions_page(),
            REFERENCE / "openapi.json": registries.openapi(),
            **{STATES / name: text for name, text in states.items()},
        }


def write(root: Path, source: Path) -> list[Path]:
    """Write the generated pages below `root`; give those that changed."""
    pages = generated(source)
    changed = [path for path, text in pages.items() if _text(root / path) != text]
    for path in changed:
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(pages[path])
    for leftover in _leftovers(root, pages):
        (root / leftover).unlink()
    return changed


def faults(root: Path, source: Path) -> list[str]:
    """Everything that the documents lack or say wrongly."""
    pages = generated(source)
    return [
        *(
            f"{path} is behind the code, run `make docs`"
            for path, text in pages.items()
            if _text(root / path) != text
        ),
        *(f"{path} has no source any more, run `make docs`" for path in _leftovers(root, pages)),
        *variables.undescribed(source),
        *commands.undescribed(),
        *(f"systems/{name} has no README.md" for name in systems_without_readme(source)),
        *(f"link to nowhere in {link}" for link in links.broken_links(root)),
    ]


def systems_without_readme(source: Path) -> list[str]:
    systems = (path.parent for path in (source / "systems").glob("*/__init__.py"))
    return sorted(system.name for system in systems if not (system / "README.md").exists())


def _leftovers(root: Path, pages: dict[Path, str]) -> list[Path]:
    there = (path.relative_to(root) for path in sorted((root / STATES).glob("*.md")))
    return [path for path in there if path not in pages]


def _text(path: Path) -> str | None:
    return path.read_text() if path.exists() else None
