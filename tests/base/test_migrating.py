"""Tables made in one step: the same as those made one after another, and taken away again."""

import pytest
from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState
from django.db.migrations.writer import OperationWriter

from vuoksi.base.migrating import CreateTables


def key() -> tuple[str, models.Field]:
    return "id", models.BigAutoField(primary_key=True)


def quay() -> migrations.CreateModel:
    return migrations.CreateModel("Quay", [key()])


def boat() -> migrations.CreateModel:
    berth = models.ForeignKey("harbour.quay", models.CASCADE)
    return migrations.CreateModel("Boat", [key(), ("quay", berth)])


def harbour() -> CreateTables:
    return CreateTables(models=[quay(), boat()])


def tables() -> set[str]:
    return {name for name in connection.introspection.table_names() if name.startswith("harbour_")}


def test_the_state_is_the_same_as_after_one_model_at_a_time():
    at_once, one_by_one = ProjectState(), ProjectState()
    harbour().state_forwards("harbour", at_once)
    for each in (quay(), boat()):
        each.state_forwards("harbour", one_by_one)

    assert at_once == one_by_one


def test_a_picture_of_models_that_was_made_before_knows_the_new_ones():
    state = ProjectState()
    quay().state_forwards("harbour", state)
    before = state.apps.get_model("harbour", "quay")
    CreateTables(models=[boat()]).state_forwards("harbour", state)

    related = state.apps.get_model("harbour", "quay")._meta.related_objects
    assert [one.name for one in related] == ["boat"]
    assert [one.name for one in before._meta.related_objects] == []


@pytest.mark.django_db(transaction=True)
def test_tables_come_and_go():
    empty, full = ProjectState(), ProjectState()
    harbour().state_forwards("harbour", full)
    with connection.schema_editor() as editor:
        harbour().database_forwards("harbour", editor, empty, full)
    assert tables() == {"harbour_quay", "harbour_boat"}

    with connection.schema_editor() as editor:
        harbour().database_backwards("harbour", editor, full, empty)
    assert tables() == set()


def test_a_migration_is_written_with_it():
    written, imports = OperationWriter(harbour(), indentation=0).serialize()

    assert written.startswith("vuoksi.base.migrating.CreateTables(\n    models=[\n")
    assert written.count("migrations.CreateModel(") == 2
    assert "import vuoksi.base.migrating" in imports


def test_it_says_what_it_does():
    assert harbour().describe() == "Create 2 tables"
