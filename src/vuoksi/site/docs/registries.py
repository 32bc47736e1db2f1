"""Pages of what the apps register: indicators, permissions, states, the API."""

import ast
import json
import re
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path

import rules
from django.apps import apps
from django.utils import translation
from django.utils.module_loading import module_has_submodule

from vuoksi.base.people.rules import TABLE
from vuoksi.indicators.registry import REGISTERED
from vuoksi.lib.transitions import Machine, mermaid
from vuoksi.site.api import api


def indicators_page() -> str:
    rows = [
        f"| `{entry.key}` | {entry.label} | {entry.unit} | {entry.better} | {entry.source} |"
        for entry in sorted(REGISTERED, key=lambda entry: entry.key)
    ]
    table = ["| key | what | unit | better | source |", "|---|---|---|---|---|", *rows]
    return _page(
        "Indicators",
        "What the platform's own systems measure. Staff make further ones in the interface.",
        table if rows else ["No system registers an indicator yet."],
    )


def permissions_page() -> str:
    """The permission table: everything that a rule decides."""
    _load("rules")
    rows = [f"| `{name}` | `{_who(name)}` | {reason} |" for name, reason in sorted(TABLE.items())]
    return _page(
        "Permissions",
        "Who may do what. The reason is what a person reads who may not.",
        ["| permission | who or when | reason given |", "|---|---|---|", *rows],
    )


def _who(name: str) -> str:
    """Write the predicate as words: "(is_coordinator | is_administrator)" is "is_coordinator or is_administrator"."""
    predicate = str(rules.permissions.permissions[name].name)
    if predicate.startswith("("):
        # The library puts the whole of what was combined in brackets.
        predicate = predicate[1:-1]
    return predicate.replace(" | ", " or ").replace(" & ", " and ").replace("|", "\\|")


def states_pages(source: Path) -> dict[str, str]:
    """One page a machine, by the name of its file, and the list of them."""
    found = sorted(machines(source), key=lambda machine: machine.name)
    pages = {f"{_slug(machine.name)}.md": state_page(machine) for machine in found}
    listed = [f"- [{machine.name}]({_slug(machine.name)}.md)" for machine in found]
    pages["README.md"] = _page(
        "States", "The states of things and what leads from one to another.", listed
    )
    return pages


def state_page(machine: Machine) -> str:
    rows = [
        f"| {name} | {', '.join(sorted(sources))} | {target} |"
        for name, sources, target in ((t.name, t.sources, t.target) for t in machine.transitions)
    ]
    return _page(
        f"States: {machine.name}",
        f"It begins as `{machine.initial}`. The picture is drawn from the table that the program obeys.",
        [
            "```mermaid",
            mermaid(machine),
            "```",
            "",
            "| transition | from | to |",
            "|---|---|---|",
            *rows,
        ],
    )


def machines(source: Path) -> Iterator[Machine]:
    """Every table of states that stands in a module below `source`."""
    for path in sorted(source.rglob("*.py")):
        for name in _machine_names(ast.parse(path.read_text())):
            dotted = ".".join((source.name, *path.relative_to(source).with_suffix("").parts))
            machine = getattr(import_module(dotted.removesuffix(".__init__")), name)
            if isinstance(machine, Machine):
                yield machine


def openapi() -> str:
    """The whole API as OpenAPI, in English."""
    with translation.override("en"):
        schema = api.get_openapi_schema(path_prefix="/api/")
        return json.dumps(schema, indent=1, sort_keys=True, ensure_ascii=False, default=str) + "\n"


def _machine_names(tree: ast.Module) -> Iterator[str]:
    for node in tree.body:
        targets = node.targets if isinstance(node, ast.Assign) else []
        if isinstance(node, ast.AnnAssign):
            targets = [node.target]
        value = getattr(node, "value", None)
        if targets and isinstance(value, ast.Call) and getattr(value.func, "id", "") == "Machine":
            yield from (target.id for target in targets if isinstance(target, ast.Name))


def _load(module: str) -> None:
    """Import the module of this name of every app that has one."""
    for app in apps.get_app_configs():
        if app.name.startswith("vuoksi.") and module_has_submodule(app.module, module):
            import_module(f"{app.name}.{module}")


def _slug(name: str) -> str:
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def _page(title: str, lead: str, lines: list[str]) -> str:
    return "\n".join([f"# {title}", "", lead, "", *lines, ""])
