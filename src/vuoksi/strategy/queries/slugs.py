"""Addresses made from titles."""

from typing import Any

from django.db.models import Model
from django.utils.text import slugify

LONGEST = 50


def free_slug(model: type[Model], title: str, **within: Any) -> str:
    """Give a slug that no thing of `model` (within these fields) has yet: the title's, with a number if need be."""
    base = _short(slugify(title)) or model._meta.model_name or "thing"
    taken = set(
        model._default_manager.filter(slug__startswith=base, **within).values_list(
            "slug", flat=True
        )
    )
    number = 1
    while (slug := base if number == 1 else f"{base}-{number}") in taken:
        number += 1
    return slug


def _short(slug: str) -> str:
    """Cut a long slug between two words."""
    if len(slug) <= LONGEST:
        return slug
    return slug[: LONGEST + 1].rpartition("-")[0] or slug[:LONGEST]
