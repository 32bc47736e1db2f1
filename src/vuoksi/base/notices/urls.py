from django.urls import path

from vuoksi.base.notices import views

app_name = "notices"
urlpatterns = [
    path("", views.notices, name="notices"),
    path("read/", views.mark_all_read, name="mark_all_read"),
    path("letters/<str:token>/", views.letters, name="letters"),
    path("settings/", views.preferences, name="settings"),
    path("follows/", views.follows, name="follows"),
    path("waiting/", views.waiting, name="waiting"),
    path("told/<str:kind>/<str:pk>/", views.told, name="told"),
    path("<int:pk>/", views.open_notice, name="open"),
    path("<int:pk>/read/", views.mark_read, name="mark_read"),
]
