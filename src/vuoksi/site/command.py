"""Commands that need no Django (engines), and Django's own behind them."""

import importlib
import os
import sys

ENGINES = {
    "analyses": "vuoksi.loop.experiments.analyses.engine.tasks",
    "experiments": "vuoksi.loop.experiments.analyses.engine.tasks",
    "assignment": "vuoksi.loop.calls.engine.assignment.formats",
    "ranking": "vuoksi.loop.calls.engine.ranking.formats",
    "finals": "vuoksi.loop.calls.engine.finals.formats",
    "libraries": "vuoksi.systems.libraries.engine.formats",
}


def run(argv: list[str]) -> None:
    """Run one command; `argv` is the program's name and its arguments."""
    if argv[1:2] == ["engine"]:
        sys.exit(run_engine(argv[2:]))
    if argv[1:2] == ["roster-benchmark"]:
        sys.exit(importlib.import_module("vuoksi.site.rosters").run(argv[2:]))
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "vuoksi.site.settings")
    from django.core.management import execute_from_command_line  # noqa: PLC0415 - engines run without Django

    execute_from_command_line(argv)


def run_engine(arguments: list[str]) -> int:
    """Read a problem from standard input, write the engine's result as JSON.

    Returns the exit status: 0, 1 for a problem that the engine refuses, 2 for an unknown engine.
    """
    if len(arguments) != 1 or arguments[0] not in ENGINES:
        sys.stderr.write(
            f"usage: vuoksi engine NAME < problem.json\nengines: {', '.join(ENGINES)}\n"
        )
        return 2
    formats = importlib.import_module(ENGINES[arguments[0]])
    try:
        sys.stdout.write(formats.solve_text(sys.stdin.read()) + "\n")
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0
