import pytest
from django.apps import apps
from django.contrib.contenttypes.models import ContentType


@pytest.fixture(autouse=True)
def warm_content_types(request):
    """Content types are asked once a process; a count must not depend on which test runs first."""
    if request.node.get_closest_marker("django_db"):
        request.getfixturevalue("db")
        ContentType.objects.get_for_models(*apps.get_models())
