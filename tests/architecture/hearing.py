"""Which actions tell somebody, read from the code: directly, or by a function that they call."""

import ast
from collections.abc import Iterator
from pathlib import Path

SOURCE = Path(__file__).resolve().parents[2] / "src" / "vuoksi"
APPS = ("indicators", "strategy", "loop/*", "loop/experiments/*")
# Ways of telling: everyone upstream, people who are named, those without an account.
WAYS = {
    "tell_upstream": "upstream",
    "tell": "people",
    "tell_of_comment": "people",
    "write_to_authors": "letter",
}


def hearers() -> dict[str, frozenset[str]]:
    """Each action of the loop, the strategy and the indicators, with the ways in which it tells somebody."""
    functions = dict(_functions())
    return {
        name: frozenset(_ways(name, functions, set()))
        for name, function in functions.items()
        if _is_action(function)
    }


def _functions() -> Iterator[tuple[str, ast.FunctionDef]]:
    """Functions of all `actions`, by app and name: `calls.publish_call`."""
    for app in APPS:
        for folder in sorted(SOURCE.glob(app)):
            files = [folder / "actions.py", *sorted(folder.glob("actions/*.py"))]
            for file in (file for file in files if file.exists()):
                for node in ast.parse(file.read_text()).body:
                    if isinstance(node, ast.FunctionDef):
                        yield f"{folder.name}.{node.name}", node


def _is_action(function: ast.FunctionDef) -> bool:
    return any(
        isinstance(mark, ast.Name) and mark.id == "action" for mark in function.decorator_list
    )


def _ways(name: str, functions: dict[str, ast.FunctionDef], seen: set[str]) -> Iterator[str]:
    seen.add(name)
    app = name.partition(".")[0]
    for called in _called(functions[name]):
        if called in WAYS:
            yield WAYS[called]
        elif called.startswith("letters."):
            yield "letter"
        # A function of the same app first; another app's by the name under which it was imported.
        for other in (f"{app}.{called}", *(key for key in functions if key.endswith(f".{called}"))):
            if other in functions and other not in seen:
                yield from _ways(other, functions, seen)
                break


def _called(function: ast.FunctionDef) -> Iterator[str]:
    """What a function calls, or hands on to be called later (`partial(letters.answered, …)`)."""
    for node in ast.walk(function):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
            if node.value.id == "letters":
                yield f"letters.{node.attr}"
            elif node.value.id == "actions":
                yield node.attr
        elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
            yield node.func.id
