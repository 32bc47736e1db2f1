"""The command that makes the first account of an installation."""

import pytest
from django.core.management import CommandError, call_command

from vuoksi.base.people.models import Role
from vuoksi.base.people.queries import person_by_email
from vuoksi.base.people.rules import roles_of

pytestmark = pytest.mark.django_db
MAIJA = ("administrator", "maija@example.org", "--name", "Maija")


def test_the_password_is_shown_and_signs_in(capsys):
    call_command(*MAIJA, "--language", "fi", "--generate")

    shown, said = capsys.readouterr().out.splitlines()
    person = person_by_email("maija@example.org")
    assert (person.name, person.language) == ("Maija", "fi")
    assert roles_of(person) == {Role.RESIDENT, Role.ADMINISTRATOR}
    assert person.check_password(shown.removeprefix("The password, shown this once: "))
    assert said == "maija@example.org is an administrator."


def test_somebody_who_is_there_keeps_name_and_password(capsys):
    call_command(*MAIJA, "--generate")
    before = person_by_email("maija@example.org")
    capsys.readouterr()

    call_command("administrator", "maija@example.org", "--name", "Another")

    after = person_by_email("maija@example.org")
    assert (after.name, after.password) == (before.name, before.password)
    assert capsys.readouterr().out == "maija@example.org is an administrator.\n"


@pytest.mark.parametrize(
    ("words", "fault"),
    [
        (("nonsense", "--name", "Maija"), "nonsense is not an e-mail address"),
        ((*MAIJA[1:], "--language", "xx"), "invalid choice: 'xx'"),
    ],
)
def test_nonsense_is_refused(words, fault):
    with pytest.raises(CommandError, match=fault):
        call_command("administrator", *words)
