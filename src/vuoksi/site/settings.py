"""The one settings file. Everything that a city changes comes from the environment (docs/reference/settings.md)."""

from pathlib import Path

import django_stubs_ext
from csp.constants import NONE, SELF
from django.conf.locale import LANG_INFO
from django.utils.translation import gettext_lazy as _

from vuoksi.site import environment, identity

django_stubs_ext.monkeypatch()

SOURCE = Path(__file__).resolve().parent.parent
BASE_DIR = SOURCE.parent.parent
VAR = Path(environment.text("VUOKSI_VAR", str(BASE_DIR / "var")))

DEBUG = environment.flag("VUOKSI_DEBUG")
SECRET_KEY = environment.secret_key(VAR)
ALLOWED_HOSTS = environment.words("VUOKSI_HOSTS", "localhost,127.0.0.1,[::1]")
PORT = int(environment.text("VUOKSI_PORT", "8000"))
SITE_URL = environment.text("VUOKSI_URL", f"http://localhost:{PORT}").rstrip("/")
CITY_NAME = environment.text("VUOKSI_CITY", "Espoo")
IS_DEMO = environment.flag("VUOKSI_DEMO")

# Applications, lowest storey first.
SYSTEMS: list[str] = []
INSTALLED_APPS = [
    "vuoksi.base.audit",
    "vuoksi.base.lists",
    "vuoksi.base.people",
    "vuoksi.base.organisations",
    "vuoksi.base.runs",
    "vuoksi.base.series",
    "vuoksi.base.talk",
    "vuoksi.base.texts",
    "vuoksi.base.files",
    "vuoksi.base.places",
    "vuoksi.base.search",
    "vuoksi.base.notices",
    "vuoksi.base.moderation",
    "vuoksi.base.privacy",
    "vuoksi.base.ui",
    "vuoksi.indicators",
    "vuoksi.strategy",
    "vuoksi.loop.calls",
    "vuoksi.loop.juries",
    "vuoksi.loop.experiments.plans",
    "vuoksi.loop.experiments.testbeds",
    "vuoksi.loop.experiments.participants",
    "vuoksi.loop.experiments.measurements",
    "vuoksi.loop.experiments.analyses",
    "vuoksi.loop.decisions",
    *SYSTEMS,
    "vuoksi.site",
    "django.forms",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.openid_connect",
    "axes",
    "csp",
    "django_htmx",
    "django_tasks_db",
    "simple_history",
    "template_partials",
    "vuoksi.base.audit.readonly.ReadOnlyAdminConfig",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.humanize",
    "django.contrib.messages",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "django_permissions_policy.PermissionsPolicyMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.locale.LocaleMiddleware",
    "vuoksi.base.ui.kept.KeptPages",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "simple_history.middleware.HistoryRequestMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "vuoksi.base.ui.middleware.RefusalMiddleware",
    "vuoksi.base.ui.middleware.FaultsMiddleware",
    "axes.middleware.AxesMiddleware",
]

ROOT_URLCONF = "vuoksi.site.urls"
WSGI_APPLICATION = "vuoksi.site.wsgi.application"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.template.context_processors.i18n",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "vuoksi.base.ui.context.shell",
            ],
            "builtins": [
                "django.templatetags.i18n",
                "django.templatetags.static",
                "vuoksi.base.moderation.templatetags.moderation",
                "vuoksi.base.texts.templatetags.texts",
                "vuoksi.base.ui.templatetags.ui",
            ],
        },
    }
]
FORM_RENDERER = "vuoksi.base.ui.renderer.Renderer"

# Data
DATABASES = {
    "default": environment.database(
        environment.text("DATABASE_URL", f"sqlite:///{VAR}/vuoksi.sqlite3")
    )
}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
MEDIA_ROOT = VAR / "files"
SERIES_ROOT = VAR / "series"
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "OPTIONS": {"MAX_ENTRIES": 2000},
    },
    # Pages have a place of their own, so that many of them push out no chart.
    "pages": {
        "BACKEND": "django.core.cache.backends.locmem.LocMemCache",
        "LOCATION": "pages",
        "OPTIONS": {"MAX_ENTRIES": 1000},
    },
}
KEEP_PAGES_S = int(environment.text("VUOKSI_KEEP_PAGES_S", "60"))

# Background work: on the database, or on Redis by one setting.
REDIS_URL = environment.text("VUOKSI_REDIS_URL")
TASKS = {
    "default": {
        "BACKEND": "django_tasks_rq.RQBackend" if REDIS_URL else "django_tasks_db.DatabaseBackend"
    },
}
if REDIS_URL:
    INSTALLED_APPS += ["django_rq"]
    RQ_QUEUES = {"default": {"URL": REDIS_URL}}
    RQ = {"JOB_CLASS": "django_tasks_rq.Job"}

# People
AUTH_USER_MODEL = "people.User"
AUTHENTICATION_BACKENDS = [
    "axes.backends.AxesStandaloneBackend",
    "django.contrib.auth.backends.ModelBackend",
    "allauth.account.auth_backends.AuthenticationBackend",
]
PASSWORD_HASHERS = [
    "django.contrib.auth.hashers.Argon2PasswordHasher",
    "django.contrib.auth.hashers.PBKDF2PasswordHasher",
]
AUTH_PASSWORD_VALIDATORS = [
    {"NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.MinimumLengthValidator",
        "OPTIONS": {"min_length": 12},
    },
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
]
LOGIN_URL = "account_login"
LOGIN_REDIRECT_URL = "home"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*", "password2*"]
ACCOUNT_SIGNUP_FORM_CLASS = "vuoksi.base.people.forms.SignUpForm"
ACCOUNT_ADAPTER = "vuoksi.base.people.adapter.AccountAdapter"
# axes counts failures for each address; allauth only holds back one computer that tries many addresses.
ACCOUNT_RATE_LIMITS = {"login_failed": "30/m/ip"}
SOCIALACCOUNT_ADAPTER = "vuoksi.base.people.adapter.SocialAdapter"
# A provider that a city has named is trusted when it says that an e-mail address is verified.
SOCIALACCOUNT_EMAIL_AUTHENTICATION = True
SOCIALACCOUNT_EMAIL_AUTHENTICATION_AUTO_CONNECT = True
ACCOUNT_EMAIL_VERIFICATION = "mandatory"
ACCOUNT_EMAIL_SUBJECT_PREFIX = f"[Vuoksi {CITY_NAME}] "
ACCOUNT_DEFAULT_HTTP_PROTOCOL = SITE_URL.split(":", 1)[0]
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_PASSKEY_LOGIN_ENABLED = True
MFA_FORMS = {
    "add_webauthn": "vuoksi.base.people.keys.AddKeyForm",
    "edit_webauthn": "vuoksi.base.people.keys.RenameKeyForm",
}
MFA_WEBAUTHN_ALLOW_INSECURE_ORIGIN = SITE_URL.startswith("http://localhost")
SOCIALACCOUNT_PROVIDERS = identity.providers(environment.text("VUOKSI_OIDC"))
AXES_VERBOSE = False  # says at every start that it is there
AXES_FAILURE_LIMIT = 10
AXES_COOLOFF_TIME = 0.25  # hours
AXES_LOCKOUT_PARAMETERS = [["username", "ip_address"]]
AXES_USERNAME_CALLABLE = "vuoksi.base.people.adapter.typed_name"
AXES_LOCKOUT_TEMPLATE = "people/locked_out.html"

# Languages: interface first, residents' pages after.
USE_I18N = True
USE_TZ = True
TIME_ZONE = environment.text("VUOKSI_TIME_ZONE", "Europe/Helsinki")
LANGUAGE_CODE = "en"
LANGUAGES = [("fi", "suomi"), ("sv", "svenska"), ("en", "English"), ("ar", "العربية")]
# Who translated the interface, and whether anybody has reviewed it: "machine", "human" or "reviewed".
# English is the source. The foot of every page says it until a translation is reviewed.
LANGUAGE_STATES = {"fi": "machine", "sv": "machine", "ar": "machine"}
LANG_INFO["so"] = {"bidi": False, "code": "so", "name": "Somali", "name_local": "Soomaali"}
FORMAT_MODULE_PATH = ["vuoksi.site.formats"]
LOCALE_PATHS = [SOURCE / "locale"]

# Files and pages
STATIC_URL = "static/"
STATIC_ROOT = VAR / "static"
NODE_MODULES = BASE_DIR / "node_modules"
STATICFILES_DIRS = [
    ("open-props", NODE_MODULES / "open-props"),
    ("noto-sans", NODE_MODULES / "@fontsource-variable" / "noto-sans" / "files"),
    ("noto-sans-arabic", NODE_MODULES / "@fontsource" / "noto-sans-arabic" / "files"),
    ("maplibre", NODE_MODULES / "maplibre-gl" / "dist"),
]
# Of those folders only these files are used: the packages hold twenty times as much.
STATICFILES_PICKED = {
    "open-props": ("sizes.min.css", "easings.min.css"),
    "noto-sans": (
        "noto-sans-latin-wght-normal.woff2",
        "noto-sans-latin-ext-wght-normal.woff2",
        "noto-sans-cyrillic-wght-normal.woff2",
    ),
    "noto-sans-arabic": (
        "noto-sans-arabic-arabic-400-normal.woff2",
        "noto-sans-arabic-arabic-700-normal.woff2",
    ),
    "maplibre": ("maplibre-gl.mjs", "maplibre-gl-worker.mjs", "maplibre-gl.css"),
}
STATICFILES_FINDERS = [
    "vuoksi.base.ui.finders.PickedFinder",
    "django.contrib.staticfiles.finders.AppDirectoriesFinder",
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "whitenoise.storage.CompressedManifestStaticFilesStorage"},
}
MAP_TILES_URL = environment.text("VUOKSI_MAP_TILES_URL")
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
DATA_UPLOAD_MAX_MEMORY_SIZE = 12 * 1024 * 1024

# Moderation: what is held for a look before it shows, and how long things may take (docs/explanation/moderation.md)
MODERATION_HOLD_LINKS = int(environment.text("VUOKSI_HOLD_LINKS", "3"))
MODERATION_NEW_HOURS = int(environment.text("VUOKSI_NEW_HOURS", "24"))
MODERATION_TEXTS_A_DAY = int(environment.text("VUOKSI_TEXTS_A_DAY", "20"))
MODERATION_REPORTS_AN_HOUR = int(environment.text("VUOKSI_REPORTS_AN_HOUR", "10"))
MODERATION_CASE_DAYS = int(environment.text("VUOKSI_CASE_DAYS", "3"))
MODERATION_APPEAL_DAYS = int(environment.text("VUOKSI_APPEAL_DAYS", "14"))

# Personal data (docs/explanation/personal-data.md)
ERASURE_DAYS = int(environment.text("VUOKSI_ERASURE_DAYS", "14"))
EXPORT_DAYS = int(environment.text("VUOKSI_EXPORT_DAYS", "7"))

# Post
EMAIL_BACKEND = environment.text(
    "VUOKSI_EMAIL_BACKEND", "django.core.mail.backends.filebased.EmailBackend"
)
EMAIL_FILE_PATH = VAR / "post"
EMAIL_HOST = environment.text("VUOKSI_EMAIL_HOST", "localhost")
EMAIL_PORT = int(environment.text("VUOKSI_EMAIL_PORT", "25"))
EMAIL_HOST_USER = environment.text("VUOKSI_EMAIL_USER")
EMAIL_HOST_PASSWORD = environment.text("VUOKSI_EMAIL_PASSWORD")
EMAIL_USE_TLS = environment.flag("VUOKSI_EMAIL_TLS")
DEFAULT_FROM_EMAIL = environment.text("VUOKSI_EMAIL_FROM", "vuoksi@localhost")

# Who answers for this site: shown on the pages about it.
CONTACT = {
    "name": environment.text("VUOKSI_CONTACT_NAME", CITY_NAME),
    "email": environment.text("VUOKSI_CONTACT_EMAIL", DEFAULT_FROM_EMAIL),
    "address": environment.text("VUOKSI_CONTACT_ADDRESS"),
}

# Hardening
IS_HTTPS = SITE_URL.startswith("https://")
SESSION_COOKIE_SECURE = CSRF_COOKIE_SECURE = IS_HTTPS
SESSION_COOKIE_NAME = "__Host-session" if IS_HTTPS else "session"
SESSION_COOKIE_AGE = 14 * 24 * 3600
SESSION_COOKIE_SAMESITE = CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]
SECURE_SSL_REDIRECT = IS_HTTPS
SECURE_HSTS_SECONDS = 365 * 24 * 3600 if IS_HTTPS else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = SECURE_HSTS_PRELOAD = IS_HTTPS
SECURE_REFERRER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if environment.flag("VUOKSI_BEHIND_PROXY"):
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")
    USE_X_FORWARDED_HOST = True
    # Else all people would share the proxy's address, and wrong passwords of one would lock out another.
    AXES_CLIENT_IP_CALLABLE = "vuoksi.base.people.adapter.address_behind_proxy"
    ALLAUTH_TRUSTED_PROXY_COUNT = 1
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "connect-src": [SELF, *([MAP_TILES_URL] if MAP_TILES_URL else [])],
        "font-src": [SELF],
        "img-src": [SELF, "data:"],
        "worker-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "object-src": [NONE],
        "frame-ancestors": [NONE],
    }
}
PERMISSIONS_POLICY: dict[str, list[str]] = {
    "camera": [],
    "microphone": [],
    "geolocation": [],
    "payment": [],
    "usb": [],
    "xr-spatial-tracking": [],
}

LOGGING = {
    "version": 1,
    "disable_existing_loggers": False,
    "formatters": {"plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"}},
    "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "plain"}},
    "root": {"handlers": ["console"], "level": "INFO"},
}

SITE_TITLE = _("Vuoksi")
# The main menu: what it says, and the name of its address.
MENU = [
    (_("Strategy"), "strategy:strategy"),
    (_("Take part"), "calls:calls"),
    (_("Experiments"), "experiments:experiments"),
    (_("Decisions"), "decisions:decisions"),
    (_("Indicators"), "indicators:indicators"),
    (_("Places"), "places"),
]
# The loop on the first page: each step, what it means, and the page that shows it.
LOOP = [
    (_("Need"), _("The city says what it wants to reach"), "strategy:strategy"),
    (_("Idea"), _("Anybody answers a call with an idea"), "calls:calls"),
    (
        _("Experiment"),
        _("It is tried, with a rule fixed before the start"),
        "experiments:experiments",
    ),
    (_("Evidence"), _("What it did is measured and published"), "indicators:indicators"),
    (_("Decision"), _("The city decides, with reasons"), "decisions:decisions"),
]
# The foot of every page, in the same form.
FOOT_MENU = [
    (_("About Vuoksi"), "about"),
    (_("Accessibility"), "accessibility"),
    (_("Contact and privacy"), "contact"),
    (_("Rules of the discussion"), "moderation:rules"),
    (_("Moderation log"), "moderation:log"),
    (_("How long we keep what"), "privacy:retention"),
    (_("Parts of our pages"), "ui:design"),
]
