from django.urls import path

from vuoksi.base.organisations import views

urlpatterns = [
    path("organisations/", views.organisations, name="organisations"),
    path("organisations/new/", views.new_organisation, name="new_organisation"),
    path("organisations/<slug:slug>/", views.organisation, name="organisation"),
    path("organisations/<slug:slug>/edit/", views.edit_organisation, name="edit_organisation"),
    path("organisations/<slug:slug>/members/", views.join, name="join_organisation"),
    path(
        "organisations/<slug:slug>/members/<int:membership>/leave/",
        views.leave,
        name="leave_organisation",
    ),
]
