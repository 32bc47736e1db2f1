"""To an OpenID Connect provider and back: allauth's two views, with what a browser and a provider that is away need."""

from collections.abc import Callable
from functools import wraps

from allauth.socialaccount.adapter import get_adapter
from allauth.socialaccount.helpers import render_authentication_error
from allauth.socialaccount.providers.openid_connect import views
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from requests import RequestException

View = Callable[[HttpRequest, str], HttpResponse]


def explained(view: View) -> View:
    """Show a page where the provider does not answer."""

    @wraps(view)
    def answer(request: HttpRequest, provider_id: str) -> HttpResponse:
        try:
            return view(request, provider_id)
        except RequestException as error:
            provider = get_adapter().get_provider(request, provider_id)
            page: HttpResponse = render_authentication_error(request, provider, exception=error)
            return page

    return answer


@explained
def go(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Lead to the provider by a page of our own.

    A browser holds our policy on forms (CSP form-action) against every redirect that follows a form, so a redirect
    would be stopped: at the provider, or at the next one if it passes people on.
    """
    response: HttpResponse = views.login(request, provider_id)
    if response.status_code != 302:
        return response
    provider = get_adapter().get_provider(request, provider_id)
    return render(
        request, "people/to_provider.html", {"address": response["Location"], "name": provider.name}
    )


@explained
def come_back(request: HttpRequest, provider_id: str) -> HttpResponse:
    """Sign in whom the provider sends back."""
    response: HttpResponse = views.callback(request, provider_id)
    return response
