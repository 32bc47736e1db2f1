"""The page of commands: each of our own, with its options and what they do."""

from argparse import SUPPRESS, Action

from django.core.management import get_commands, load_command_class
from django.core.management.base import BaseCommand

ENGINE = (
    "engine",
    "Run one engine without Django: `vuoksi engine NAME < problem.json` writes its result as JSON.",
)
ROSTERS = (
    "roster-benchmark",
    "Make rosters of public instances without Django, and print cost, bound, gap and times: "
    "`vuoksi roster-benchmark [--seconds 60] [--seed 1] [--write FOLDER] FILE…`.",
)


def commands() -> dict[str, BaseCommand]:
    """Our own commands by name."""
    return {
        name: load_command_class(app, name)
        for name, app in sorted(get_commands().items())
        if isinstance(app, str) and app.startswith("vuoksi.")
    }


def commands_page() -> str:
    parts = [
        "# Commands",
        "",
        "`vuoksi NAME`, or `python -m vuoksi NAME`. Django's own commands (`migrate`, `createsuperuser` …) work too.",
        "",
    ]
    for name, words in (ENGINE, ROSTERS):
        parts += [f"## {name}", "", words, ""]
    for name, command in commands().items():
        parts += [f"## {name}", "", command.help, ""]
        options = [_line(option) for option in _own_options(name, command)]
        parts += [*options, ""] if options else []
    return "\n".join(parts)


def undescribed() -> list[str]:
    """Commands and options that do not say what they do."""
    silent = [f"{name} has no help" for name, command in commands().items() if not command.help]
    for name, command in commands().items():
        silent += [
            f"{name}: {_names(option)} has no help"
            for option in _own_options(name, command)
            if not option.help
        ]
    return silent


def _own_options(name: str, command: BaseCommand) -> list[Action]:
    """The options that are not every command's."""
    common = {option.dest for option in BaseCommand().create_parser("vuoksi", "any")._actions}
    options = command.create_parser("vuoksi", name)._actions
    return [o for o in options if o.dest not in common and o.help != SUPPRESS]


def _line(option: Action) -> str:
    choices = f" ({', '.join(map(str, option.choices))})" if option.choices else ""
    return f"- `{_names(option)}`{choices}: {option.help}"


def _names(option: Action) -> str:
    return ", ".join(option.option_strings) or str(option.metavar or option.dest).upper()
