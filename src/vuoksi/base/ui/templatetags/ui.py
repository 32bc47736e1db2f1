"""Small pieces that pages need in templates."""

from django import template

register = template.Library()


@register.filter
def get(mapping: dict[str, object], key: str) -> object:
    """Look up a key that is a variable."""
    return mapping.get(key)
