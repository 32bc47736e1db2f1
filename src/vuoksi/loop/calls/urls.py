from django.urls import path

from vuoksi.loop.calls import feeds
from vuoksi.loop.calls.views import (
    answering,
    authors,
    by_link,
    coordination,
    entering,
    reading,
    sharing,
)

app_name = "calls"

# Words that stand where a call's address stands are listed in forms.calls.RESERVED.
urlpatterns = [
    path("my/entries/", reading.my_entries, name="my_entries"),
    path("calls/", reading.calls, name="calls"),
    path("calls/new/", coordination.create, name="create"),
    path("calls/kinds/", coordination.kinds, name="kinds"),
    path("calls/kinds/<slug:kind>/", coordination.start, name="start"),
    path("calls/answers/", answering.waiting, name="waiting"),
    path("calls/entries/", reading.entries, name="entries"),
    path("calls/feed/", feeds.CallFeed(), name="feed"),
    path("calls/calendar.ics", feeds.calendar, name="calendar"),
    path("calls/link/<str:token>/", by_link.open_link, name="open_link"),
    path("calls/link/<str:token>/renew/", by_link.renew_link, name="renew_link"),
    path("calls/invitations/<str:token>/", authors.invitation, name="invitation"),
    path("calls/<slug:slug>/", reading.call, name="call"),
    path("calls/<slug:slug>/feed/", feeds.EntryFeed(), name="entry_feed"),
    path("calls/<slug:slug>/calendar.ics", feeds.call_calendar, name="call_calendar"),
    path("calls/<slug:slug>/awards/", reading.awards, name="awards"),
    path("calls/<slug:slug>/similar/", entering.similar, name="similar"),
    path("calls/<slug:slug>/shares/", sharing.shares, name="shares"),
    path("calls/<slug:slug>/manage/", coordination.manage, name="manage"),
    path("calls/<slug:slug>/edit/", coordination.edit, name="edit"),
    path("calls/<slug:slug>/phases/", coordination.phases, name="phases"),
    path("calls/<slug:slug>/questions/", coordination.questions, name="questions"),
    path("calls/<slug:slug>/categories/", coordination.categories, name="categories"),
    path("calls/<slug:slug>/publish/", coordination.publish, name="publish"),
    path("calls/<slug:slug>/close/", coordination.close, name="close"),
    path("calls/<slug:slug>/reopen/", coordination.reopen, name="reopen"),
    path("calls/<slug:slug>/link/", by_link.ask_link, name="ask_link"),
    path("calls/<slug:slug>/enter/", entering.enter, name="enter"),
    path("calls/<slug:slug>/enter-for/", entering.enter_for, name="enter_for"),
    path("calls/<slug:slug>/entries/<int:pk>/", reading.entry, name="entry"),
    path("calls/<slug:slug>/entries/<int:pk>/edit/", entering.edit, name="edit_entry"),
    path("calls/<slug:slug>/entries/<int:pk>/preview/", entering.preview, name="preview"),
    path("calls/<slug:slug>/entries/<int:pk>/shares/<slug:city>/", sharing.decide, name="decide"),
    path("calls/<slug:slug>/entries/<int:pk>/answer/", answering.answer, name="answer"),
    path("calls/<slug:slug>/entries/<int:pk>/withdraw/", authors.withdraw, name="withdraw"),
    path("calls/<slug:slug>/entries/<int:pk>/files/", authors.attach, name="attach"),
    path(
        "calls/<slug:slug>/entries/<int:pk>/files/<int:attachment>/remove/",
        authors.detach,
        name="detach",
    ),
    path("calls/<slug:slug>/entries/<int:pk>/invite/", authors.invite, name="invite"),
    path(
        "calls/<slug:slug>/entries/<int:pk>/authors/<int:co_author>/remove/",
        authors.remove_co_author,
        name="remove_co_author",
    ),
]
