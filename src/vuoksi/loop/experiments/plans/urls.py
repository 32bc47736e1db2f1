from django.urls import path

from vuoksi.loop.experiments.plans import feeds, views

urlpatterns = [
    path("new/<int:entry>/", views.create, name="create"),
    path("calendar.ics", feeds.calendar, name="calendar"),
    path("<slug:slug>/edit/", views.edit, name="edit"),
    path("<slug:slug>/start/", views.start, name="start"),
    path("<slug:slug>/end/", views.end, name="end"),
    path("<slug:slug>/cancel/", views.cancel, name="cancel"),
    path("<slug:slug>/plan.json", views.plan_file, name="plan_file"),
]
