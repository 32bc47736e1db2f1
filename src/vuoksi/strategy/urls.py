from django.urls import path

from vuoksi.strategy import feeds, views

app_name = "strategy"
urlpatterns = [
    path("", views.overview, name="strategy"),
    path("actions/", views.actions_list, name="actions"),
    path("actions/updates.atom", feeds.Updates(), name="updates_feed"),
    path("actions/dates.ics", feeds.dates, name="dates"),
    path("actions/new/<slug:goal>/", views.open_action, name="open_action"),
    path("actions/<slug:slug>/", views.action, name="action"),
    path("actions/<slug:slug>/edit/", views.edit_action, name="edit_action"),
    path("actions/<slug:slug>/update/", views.post_update, name="post_update"),
    path("roadmaps/new/", views.create_roadmap, name="create_roadmap"),
    path("roadmaps/<slug:slug>/", views.roadmap, name="roadmap"),
    path("roadmaps/<slug:slug>/edit/", views.edit_roadmap, name="edit_roadmap"),
    path("goals/new/", views.create_goal, name="create_goal"),
    path("goals/<slug:slug>/", views.goal, name="goal"),
    path("goals/<slug:slug>/edit/", views.edit_goal, name="edit_goal"),
    path("goals/<slug:slug>/targets/new/", views.set_target, name="set_target"),
    path("targets/<int:pk>/edit/", views.edit_target, name="edit_target"),
    path("targets/<int:pk>/remove/", views.remove_target, name="remove_target"),
    path("maps/new/", views.create_impact_map, name="create_impact_map"),
    path("maps/<slug:slug>/", views.impact_map, name="impact_map"),
    path("maps/<slug:slug>/edit/", views.edit_impact_map, name="edit_impact_map"),
    path("maps/<slug:slug>/steps/new/", views.add_step, name="add_step"),
    path("maps/<slug:slug>/steps/<slug:step>/", views.edit_step, name="edit_step"),
    path("maps/<slug:slug>/steps/<slug:step>/remove/", views.remove_step, name="remove_step"),
    path("story/<slug:slug>/", views.story, name="story"),
    path("story/<slug:slug>/<slug:chapter>/edit/", views.edit_chapter, name="edit_chapter"),
    path("story/<slug:slug>/<slug:chapter>/comments/", views.feedback, name="feedback"),
]
