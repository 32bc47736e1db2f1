"""The product's own settings, so that its own queues are used, and one kind of run to put in them."""

from vuoksi.site.settings import *  # noqa: F403 - all of the settings

INSTALLED_APPS = [*INSTALLED_APPS, "tests.services.counting"]  # noqa: F405 - from the settings
