"""Writes stand only in actions, actions are decorated and keyword-only, and the admin shows without changing."""

import ast
from pathlib import Path

import pytest
from django.contrib import admin

from tests.architecture.tree import SOURCE, parse, plant, sources
from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.base.audit.models import AuditEntry

# Methods of models, managers, query sets and related managers that change the database.
ALWAYS = {
    "save", "asave", "bulk_create", "abulk_create", "bulk_update", "abulk_update", "get_or_create",
    "aget_or_create", "update_or_create", "aupdate_or_create", "acreate", "aupdate", "adelete",
}  # fmt: skip
# Names that dicts, sets and form fields have too: a write only when a manager or a query set is before it.
BEHIND_A_MANAGER = {"create", "update", "delete", "add", "remove", "set", "clear"}
MANAGERS = {"objects", "_default_manager", "_base_manager"}
QUERY_SET_STEPS = {"filter", "exclude", "all", "select_for_update", "order_by", "annotate"}


def may_write(path: Path, package: Path) -> bool:
    parts = path.relative_to(package).with_suffix("").parts
    # What an engine saves is no row: it cannot reach a database (the contract of pure engines).
    return not {"actions", "migrations", "engine"}.isdisjoint(parts)


def writes(package: Path) -> list[str]:
    """Each write outside actions and migrations, as file, line and what is called."""
    return [
        f"{path.relative_to(package)}:{call.lineno}: {ast.unparse(call.func)}"
        for path in sources(package)
        if not may_write(path, package)
        for call in ast.walk(parse(path))
        if isinstance(call, ast.Call) and is_write(call)
    ]


def is_write(call: ast.Call) -> bool:
    if not isinstance(call.func, ast.Attribute):
        return False
    if call.func.attr in ALWAYS:
        return True
    # A model's own `delete()` takes nothing; related managers are named by a relation: `thing.testers.add(x)`.
    if call.func.attr == "delete" and not call.args and not call.keywords:
        return True
    return call.func.attr in BEHIND_A_MANAGER and has_manager(call.func.value)


def has_manager(node: ast.expr) -> bool:
    """Is `node` a manager, or a query set that was made from one?"""
    if isinstance(node, ast.Attribute):
        return node.attr in MANAGERS or node.attr.endswith("_set") or has_manager(node.value)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
        return node.func.attr in QUERY_SET_STEPS or has_manager(node.func)
    return False


def loose_actions(package: Path) -> list[str]:
    """Public functions in actions that lack `@action` or take something by position."""
    return [
        f"{path.relative_to(package)}:{node.lineno}: {node.name}"
        for path in sources(package)
        if "actions" in path.relative_to(package).with_suffix("").parts
        and path != package / "base" / "audit" / "actions.py"  # it defines what an action is
        for node in parse(path).body
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef)
        and not node.name.startswith("_")
        and (node.args.posonlyargs or node.args.args or not is_action(node))
    ]


def is_action(node: ast.FunctionDef | ast.AsyncFunctionDef) -> bool:
    return any(
        isinstance(decorator, ast.Name) and decorator.id == "action"
        for decorator in node.decorator_list
    )


def test_writes_stand_only_in_actions_and_migrations():
    assert writes(SOURCE) == []


@pytest.mark.parametrize(
    "code",
    [
        "thing.save()",
        "thing.delete()",
        "Thing.objects.create(name='x')",
        "Thing.objects.filter(pk=1).update(name='x')",
        "type(thing)._default_manager.all().delete()",
        "Thing.objects.bulk_create([])",
        "Thing.objects.update_or_create(pk=1)",
        "call.entry_set.add(entry)",
        "call.entries.all().order_by('pk').update(rank=1)",
    ],
)
def test_planted_write_is_caught(tmp_path, code):
    plant(tmp_path, "base/planted/views.py", code)

    assert [found.split(":")[:2] for found in writes(tmp_path)] == [["base/planted/views.py", "2"]]


@pytest.mark.parametrize(
    "path",
    ["base/planted/actions.py", "base/planted/actions/open.py", "base/planted/engine/draw.py"],
)
def test_actions_may_write_and_engines_save_what_is_no_row(tmp_path, path):
    plant(tmp_path, path, "thing.save()")

    assert writes(tmp_path) == []


def test_dicts_and_sets_are_not_the_database(tmp_path):
    plant(tmp_path, "base/planted/views.py", "seen.add(1)\nwords.update(a=1)\nwords.clear()")

    assert writes(tmp_path) == []


def test_public_actions_are_decorated_and_keyword_only():
    assert loose_actions(SOURCE) == []


@pytest.mark.parametrize(
    "code",
    [
        "def open_call(*, call, by, at): ...",
        "@action\ndef open_call(call, *, by, at): ...",
        "@action\nasync def open_call(call, /, *, by, at): ...",
    ],
)
def test_planted_loose_action_is_caught(tmp_path, code):
    plant(tmp_path, "loop/planted/actions.py", code)

    assert [found.split(": ")[1] for found in loose_actions(tmp_path)] == ["open_call"]


def exempt_from_audit(package: Path) -> list[str]:
    """Files that let a row of their own stand for the audit row."""
    return sorted(
        {
            str(path.relative_to(package))
            for path in sources(package)
            for node in ast.walk(parse(path))
            if isinstance(node, ast.Call) and ast.unparse(node.func).endswith("told_by")
        }
    )


def test_only_batches_of_measured_rows_are_their_own_audit():
    assert exempt_from_audit(SOURCE) == ["base/series/actions.py"]


def test_planted_exemption_is_caught(tmp_path):
    plant(tmp_path, "loop/planted/actions.py", "audit.told_by(thing)")

    assert exempt_from_audit(tmp_path) == ["loop/planted/actions.py"]


def changing_admins(site: admin.AdminSite, request) -> list[str]:
    """Models of which the admin lets even a superuser add, change or delete something."""
    return [
        model._meta.label
        for model, shown in site._registry.items()
        if shown.has_add_permission(request)
        or shown.has_change_permission(request)
        or shown.has_delete_permission(request)
        or shown.get_actions(request)
    ]


@pytest.fixture
def of_superuser(rf, django_user_model):
    request = rf.get("/admin/")
    request.user = django_user_model(is_superuser=True, is_staff=True, is_active=True)
    return request


def test_the_admin_is_read_only(of_superuser):
    admin.site.get_urls()  # a lazy site registers when it is first asked

    assert changing_admins(admin.site, of_superuser) == []
    assert all(shown.has_view_permission(of_superuser) for shown in admin.site._registry.values())


def test_own_admin_classes_say_that_they_are_read_only():
    own = {
        m: shown for m, shown in admin.site._registry.items() if m.__module__.startswith("vuoksi.")
    }

    assert [m.__name__ for m, shown in own.items() if not isinstance(shown, ReadOnlyAdmin)] == []


def test_planted_changing_admin_is_caught(of_superuser):
    site = admin.AdminSite()
    site.register(AuditEntry, admin.ModelAdmin)

    assert changing_admins(site, of_superuser) == ["audit.AuditEntry"]
