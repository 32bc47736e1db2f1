"""Every address of the site. Each app owns its own; this file only puts them together."""

from django.contrib import admin
from django.urls import include, path

from vuoksi.site import views
from vuoksi.site.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("accounts/", include("allauth.urls")),
    path("language/", include("django.conf.urls.i18n")),
    path("", include("vuoksi.base.ui.urls")),
    path("", include("vuoksi.loop.calls.urls")),
    path("admin/", admin.site.urls),
    path("api/", api.urls),
]
