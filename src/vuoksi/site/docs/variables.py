"""The page of settings: every environment variable that the code reads, with its default and its meaning."""

import ast
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

NAME = re.compile(r"VUOKSI_[A-Z_]+|DATABASE_URL")

# What reads a variable, and what it makes of it.
KINDS = {"text": "text", "flag": "yes or no", "words": "list", "get": "text", "getenv": "text"}

MEANINGS = {
    "DATABASE_URL": "The database: `sqlite:///path/to/file` or `postgresql://user:password@host:port/name`.",
    "VUOKSI_APPEAL_DAYS": "Within how many days after a moderator's decision one can appeal.",
    "VUOKSI_BEHIND_PROXY": "Yes if a proxy before Vuoksi sets `X-Forwarded-Proto`, `X-Forwarded-Host` and `X-Forwarded-For`.",
    "VUOKSI_CASE_DAYS": "After how many days of waiting all moderators are told of a case.",
    "VUOKSI_CITY": "The name of the city, shown on every page and in the subject of letters.",
    "VUOKSI_CONTACT_ADDRESS": "The postal address of whoever answers for the site, shown on the contact page.",
    "VUOKSI_CONTACT_EMAIL": "The e-mail address for questions, privacy and accessibility feedback. Without it the sender of letters.",
    "VUOKSI_CONTACT_NAME": "Who answers for the site: the controller of personal data. Without it the city.",
    "VUOKSI_DEBUG": "Yes shows error pages with details. Never where others can reach it.",
    "VUOKSI_DEMO": "Yes marks every page as demo data, and `vuoksi serve` prints the demo accounts.",
    "VUOKSI_EMAIL_BACKEND": "Django's class that sends e-mail. The default writes letters to `VUOKSI_VAR/post`.",
    "VUOKSI_EMAIL_FROM": "The sender of letters.",
    "VUOKSI_EMAIL_HOST": "The mail server.",
    "VUOKSI_EMAIL_PASSWORD": "The password at the mail server.",
    "VUOKSI_EMAIL_PORT": "The mail server's port.",
    "VUOKSI_EMAIL_TLS": "Yes speaks to the mail server with STARTTLS.",
    "VUOKSI_EMAIL_USER": "The name to sign in with at the mail server.",
    "VUOKSI_ERASURE_DAYS": "How many days pass between asking for erasure and erasing; it can be cancelled meanwhile.",
    "VUOKSI_EXPORT_DAYS": "For how many days a person can download the file of all their data.",
    "VUOKSI_HOLD_LINKS": "From how many links on a text is looked at before it shows.",
    "VUOKSI_HOSTS": "The host names under which the site may be asked for, separated by commas.",
    "VUOKSI_KEEP_PAGES_S": "How many seconds a public page is given again unless something changed; 0 makes each anew.",
    "VUOKSI_MAP_TILES_URL": "The address of map tiles. Without it maps show the city's own shapes only.",
    "VUOKSI_NEW_HOURS": "For how many hours an account is new: its first text with a link is looked at before it shows.",
    "VUOKSI_OIDC": "OpenID Connect providers as a JSON list of `id`, `name`, `server_url`, `client_id`, `secret`.",
    "VUOKSI_PORT": "The port that `vuoksi serve` listens on.",
    "VUOKSI_REDIS_URL": "The address of Redis: background jobs go there instead of to the database.",
    "VUOKSI_REPORTS_AN_HOUR": "How many texts one person can report within an hour.",
    "VUOKSI_SECRET_KEY": "The key that signs sessions and links. Without it one is made and kept in `VUOKSI_VAR`.",
    "VUOKSI_TEXTS_A_DAY": "After how many texts within 24 hours the next is looked at before it shows.",
    "VUOKSI_TIME_ZONE": "The time zone in which dates and times are shown.",
    "VUOKSI_URL": "The address that people type, used in letters. With https all cookies are for https only.",
    "VUOKSI_VAR": "The folder of all that Vuoksi keeps: SQLite database, files, letters, collected static files.",
}


@dataclass(frozen=True, slots=True)
class Variable:
    name: str
    kind: str
    default: str


def variables(source: Path) -> list[Variable]:
    """Every environment variable that the code below `source` reads, by name."""
    found: dict[str, Variable] = {}
    for path in sorted(source.rglob("*.py")):
        for variable in _read_in(ast.parse(path.read_text())):
            found.setdefault(variable.name, variable)
    return [found[name] for name in sorted(found)]


def settings_page(source: Path) -> str:
    rows = [
        f"| `{variable.name}` | {variable.kind} | {variable.default} | {MEANINGS.get(variable.name, '')} |"
        for variable in variables(source)
    ]
    return "\n".join(
        [
            "# Settings",
            "",
            "Vuoksi is set by environment variables. Yes is `1`, `true`, `yes` or `on`; anything else is no.",
            "",
            "| variable | kind | default | what it decides |",
            "|---|---|---|---|",
            *rows,
            "",
        ]
    )


def undescribed(source: Path) -> list[str]:
    """Variables without a meaning, and meanings without a variable."""
    read = {variable.name for variable in variables(source)}
    return [
        *(f"{name} is read and not described" for name in sorted(read - MEANINGS.keys())),
        *(f"{name} is described and not read" for name in sorted(MEANINGS.keys() - read)),
    ]


def _read_in(tree: ast.Module) -> Iterator[Variable]:
    for node in ast.walk(tree):
        if not (
            isinstance(node, ast.Call) and node.args and isinstance(node.args[0], ast.Constant)
        ):
            continue
        name, reader = node.args[0].value, _name_of(node.func)
        if isinstance(name, str) and NAME.fullmatch(name) and reader in KINDS:
            yield Variable(name, KINDS[reader], _default(node))


def _name_of(function: ast.expr) -> str:
    return function.attr if isinstance(function, ast.Attribute) else getattr(function, "id", "")


def _default(call: ast.Call) -> str:
    given = [*call.args[1:], *(word.value for word in call.keywords)]
    if not given:
        return "no" if _name_of(call.func) == "flag" else "–"
    default = given[0]
    if isinstance(default, ast.JoinedStr):
        return f"`{_template(default)}`"
    return f"`{str(default.value) if isinstance(default, ast.Constant) else ast.unparse(default)}`"


def _template(text: ast.JoinedStr) -> str:
    """An f-string as people read it: `sqlite:///{VAR}/vuoksi.sqlite3`."""
    return "".join(
        str(part.value) if isinstance(part, ast.Constant) else f"{{{ast.unparse(part.value)}}}"
        for part in text.values
        if isinstance(part, ast.Constant | ast.FormattedValue)
    )
