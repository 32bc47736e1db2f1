from typing import Any

from django.conf import settings
from django.http import HttpRequest


def shell(request: HttpRequest) -> dict[str, Any]:
    """What the page shell shows on every page."""
    return {
        "city_name": settings.CITY_NAME,
        "is_demo": settings.IS_DEMO,
        "map_tiles_url": settings.MAP_TILES_URL,
    }
