from django.urls import path

from vuoksi.loop.decisions import feeds
from vuoksi.loop.decisions.views import decisions as views
from vuoksi.loop.decisions.views import follow, portfolio

app_name = "decisions"
urlpatterns = [
    path("decisions/", views.decisions, name="decisions"),
    path("decisions/feed/", feeds.Decisions(), name="feed"),
    path("decisions/on/<slug:slug>/", views.draft, name="draft"),
    path("decisions/money/<slug:slug>/", follow.money, name="money"),
    path(
        "decisions/money/<slug:slug>/<int:pk>/take-back/",
        follow.take_back_money,
        name="take_back_money",
    ),
    path("decisions/<slug:slug>/", views.decision, name="decision"),
    path("decisions/<slug:slug>/edit/", views.edit, name="edit"),
    path("decisions/<slug:slug>/publish/", views.publish, name="publish"),
    path("decisions/<slug:slug>/steps/", follow.add_step, name="add_step"),
    path("decisions/<slug:slug>/steps/procurement/", follow.procurement, name="procurement"),
    path("decisions/<slug:slug>/steps/<int:pk>/", follow.settle_step, name="settle_step"),
    path("decisions/<slug:slug>/follow-up/", follow.follow_up, name="follow_up"),
    path("chain/<slug:kind>/<slug:key>/", views.chain, name="chain"),
    path("portfolio/", portfolio.portfolio, name="portfolio"),
    path("portfolio/feed/", feeds.FollowUps(), name="follow_up_feed"),
    path("portfolio/pilots/", portfolio.pilots, name="pilots"),
    path("portfolio/figures/", portfolio.numbers, name="figures"),
    path("portfolio/places/", portfolio.places, name="places"),
    path("portfolio/report/<int:year>/", portfolio.yearly, name="report"),
]
