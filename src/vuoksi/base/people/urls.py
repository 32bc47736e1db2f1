from django.urls import path, re_path

from vuoksi.base.people import providers, views

urlpatterns = [
    # Before allauth's own views of the same addresses.
    path("accounts/oidc/<str:provider_id>/login/", providers.go, name="openid_connect_login"),
    path(
        "accounts/oidc/<str:provider_id>/login/callback/",
        providers.come_back,
        name="openid_connect_callback",
    ),
    path("me/", views.me, name="me"),
    path("me/tokens/new/", views.new_token, name="new_token"),
    path("me/tokens/<int:pk>/revoke/", views.revoke_token, name="revoke_token"),
    path("people/", views.people, name="people"),
    path("people/<int:pk>/", views.person, name="person"),
    re_path(
        r"^people/(?P<pk>\d{1,18})/(?P<change>grant|withdraw)/$",
        views.change_role,
        name="change_role",
    ),
]
