"""The product's settings, with what tests need otherwise: nothing is kept, nothing waits."""

import os
import tempfile

os.environ.setdefault("VUOKSI_VAR", tempfile.mkdtemp(prefix="vuoksi-tests-"))
os.environ.setdefault("VUOKSI_SECRET_KEY", "only for tests")
os.environ.setdefault("VUOKSI_URL", "http://localhost:8000")

from vuoksi.site.settings import *  # noqa: F403 - all of the settings, with the changes below

# Tests write rows that no action told of, so a kept page would not know of them.
KEEP_PAGES_S = 0
PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.InMemoryStorage"},
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
WHITENOISE_AUTOREFRESH = True
TASKS = {"default": {"BACKEND": "django_tasks.backends.immediate.ImmediateBackend"}}

# A browser test has a server in another thread: both must see one database, so SQLite's is a file; and connections
# that outlive their request would keep the test database from being removed.
DATABASES["default"]["CONN_MAX_AGE"] = 0  # noqa: F405 - from the settings
if "sqlite" in DATABASES["default"]["ENGINE"]:  # noqa: F405 - from the settings
    DATABASES["default"]["TEST"] = {"NAME": str(VAR / "test.sqlite3")}  # noqa: F405 - from the settings
