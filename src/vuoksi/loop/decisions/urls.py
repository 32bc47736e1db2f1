from django.urls import path

from vuoksi.loop.decisions import feeds, views

app_name = "decisions"
urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/feed/", feeds.Decisions(), name="feed"),
    path("decisions/on/<slug:slug>/", views.draft, name="draft"),
    path("decisions/<slug:slug>/", views.decision, name="decision"),
    path("decisions/<slug:slug>/edit/", views.edit, name="edit"),
    path("decisions/<slug:slug>/publish/", views.publish, name="publish"),
    path("chain/<slug:kind>/<slug:key>/", views.chain, name="chain"),
]
