from django.urls import path

from vuoksi.loop.experiments.testbeds import feeds
from vuoksi.loop.experiments.testbeds.views import (
    agreements,
    booking,
    checklists,
    keeping,
    reading,
)

app_name = "testbeds"

# Words that stand where the address of a testbed's place stands: new, bookings, templates.
urlpatterns = [
    path("testbeds/", reading.testbeds, name="testbeds"),
    path("testbeds/new/", keeping.create, name="create"),
    path("testbeds/templates/", keeping.templates, name="templates"),
    path("testbeds/bookings/", booking.queue, name="queue"),
    path("testbeds/bookings/<uuid:key>/", booking.booking, name="booking"),
    path("testbeds/bookings/<uuid:key>/approve/", booking.approve, name="approve"),
    path("testbeds/bookings/<uuid:key>/refuse/", booking.refuse, name="refuse"),
    path("testbeds/bookings/<uuid:key>/withdraw/", booking.withdraw, name="withdraw"),
    path("testbeds/bookings/<uuid:key>/cancel/", booking.cancel, name="cancel"),
    path("my/bookings/", booking.mine, name="mine"),
    path("testbeds/<slug:slug>/", reading.testbed, name="testbed"),
    path("testbeds/<slug:slug>/edit/", keeping.edit, name="edit"),
    path("testbeds/<slug:slug>/publish/", keeping.publish, name="publish"),
    path("testbeds/<slug:slug>/close/", keeping.close, name="close"),
    path("testbeds/<slug:slug>/reopen/", keeping.reopen, name="reopen"),
    path("testbeds/<slug:slug>/booked/", reading.booked, name="booked"),
    path("testbeds/<slug:slug>/calendar.ics", feeds.calendar, name="calendar"),
    path("testbeds/<slug:slug>/offerings/new/", keeping.add_offering, name="add_offering"),
    path("testbeds/<slug:slug>/<int:pk>/", reading.offering, name="offering"),
    path("testbeds/<slug:slug>/<int:pk>/edit/", keeping.edit_offering, name="edit_offering"),
    path("testbeds/<slug:slug>/<int:pk>/book/", booking.book, name="book"),
    path("experiments/<slug:slug>/bookings/", booking.of_experiment, name="of_experiment"),
    path("experiments/<slug:slug>/agreements/", agreements.agreements, name="agreements"),
    path("experiments/<slug:slug>/agreements/<int:pk>/", agreements.agreement, name="agreement"),
    path(
        "experiments/<slug:slug>/agreements/<int:pk>/text.txt",
        agreements.text,
        name="agreement_text",
    ),
    path(
        "experiments/<slug:slug>/agreements/<int:pk>/<int:party>/sign/",
        agreements.sign,
        name="sign",
    ),
    path(
        "experiments/<slug:slug>/agreements/<int:pk>/<int:party>/decline/",
        agreements.decline,
        name="decline",
    ),
    path("experiments/<slug:slug>/checklist/", checklists.checklist, name="checklist"),
    path("experiments/<slug:slug>/checklist/fill/", checklists.fill, name="fill"),
    path("experiments/<slug:slug>/checklist/sign/", checklists.sign_off, name="sign_off"),
    path("experiments/<slug:slug>/checklist/reopen/", checklists.reopen, name="reopen_checklist"),
]
