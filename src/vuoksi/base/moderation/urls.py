from django.urls import path

from vuoksi.base.moderation import feeds
from vuoksi.base.moderation.views import deciding, public

app_name = "moderation"
urlpatterns = [
    path("", public.log, name="log"),
    path("feed/", feeds.LogFeed(), name="feed"),
    path("rules/", public.house_rules, name="rules"),
    path("report/<str:kind>/<int:pk>/", public.report, name="report"),
    path("link/<str:token>/", public.by_link, name="by_link"),
    path("look/<str:kind>/<int:pk>/", deciding.look, name="look"),
    path("cases/", deciding.queue, name="queue"),
    path("cases/<int:pk>/", deciding.case, name="case"),
    path("cases/<int:pk>/appeal/", public.appeal, name="appeal"),
    path("cases/<int:pk>/mend/", public.mend, name="mend"),
]
