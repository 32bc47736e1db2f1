"""Every address of the site. Each app owns its own; this file only puts them together."""

from allauth.account.decorators import secure_admin_login
from django.contrib import admin
from django.urls import include, path
from django.views.generic import RedirectView

from vuoksi.site import views
from vuoksi.site.api import api

# The admin has no door of its own: whoever reads it came in with two steps like everybody else.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]  # wrapped on purpose

urlpatterns = [
    path("", views.home, name="home"),
    path("about/", views.words, {"page": "about"}, name="about"),
    path("accessibility/", views.words, {"page": "accessibility"}, name="accessibility"),
    path("contact/", views.words, {"page": "contact"}, name="contact"),
    path("", include("vuoksi.base.people.urls")),
    path("accounts/", include("allauth.urls")),
    path("", include("vuoksi.base.organisations.urls")),
    path("", include("vuoksi.base.runs.urls")),
    path("", include("vuoksi.base.places.urls")),
    path("", include("vuoksi.base.search.urls")),
    path("", include("vuoksi.base.ui.urls")),
    path("translate/", include("vuoksi.base.texts.urls")),
    path("talk/", include("vuoksi.base.talk.urls")),
    path("files/", include("vuoksi.base.files.urls")),
    path("moderation/", include("vuoksi.base.moderation.urls")),
    path("", include("vuoksi.base.privacy.urls")),
    path("me/notices/", include("vuoksi.base.notices.urls")),
    path("", include("vuoksi.loop.juries.urls")),
    path("", include("vuoksi.loop.calls.urls")),
    path("indicators/", include("vuoksi.indicators.urls")),
    path("", include("vuoksi.loop.decisions.urls")),
    path("strategy/", include("vuoksi.strategy.urls")),
    path("", include("vuoksi.loop.experiments.testbeds.urls")),
    path("", include("vuoksi.loop.experiments.participants.urls")),
    path("experiments/", include("vuoksi.loop.experiments.analyses.urls")),
    path("sta/v1.1/", include("vuoksi.loop.experiments.measurements.sensorthings.urls")),
    path("admin/", admin.site.urls),
    path("api/", RedirectView.as_view(pattern_name="api:openapi-view")),
    path("api/", api.urls),
]
