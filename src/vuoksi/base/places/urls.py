from django.urls import path

from vuoksi.base.places import views

urlpatterns = [
    path("places/", views.places, name="places"),
    path("places/new/", views.new_place, name="new_place"),
    path("places/import/", views.import_places, name="import_places"),
    path("places/<slug:slug>/", views.place, name="place"),
    path("places/<slug:slug>/edit/", views.edit_place, name="edit_place"),
]
