"""What a page with a form answers. All pages ask here, so none says "fine" above a form that came back with faults."""

from typing import Any

from django.forms import BaseForm, BaseFormSet


def status_of(
    *forms: BaseForm | BaseFormSet[Any] | None,
    refused: object = None,
    meanwhile: object = None,
) -> int:
    """Give the status (RFC 9110) of a page that shows `forms`.

    409 where somebody else saved first, which `meanwhile` shows; 422 where a form came back with what is wrong in it,
    or where `refused` says so above the forms; else 200.
    """
    if meanwhile is not None:
        return 409
    came_back = [form for form in forms if form is not None and form.is_bound]
    return 200 if not refused and all(form.is_valid() for form in came_back) else 422
