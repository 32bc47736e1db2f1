from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import override
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from vuoksi.base.audit.queries import history_of
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.lists.tables import respond
from vuoksi.base.people import actions, queries, rules
from vuoksi.base.people.adapter import speak
from vuoksi.base.people.forms import ProfileForm, RoleForm, TokenForm
from vuoksi.base.people.models import ApiToken, User
from vuoksi.base.people.tables import PEOPLE
from vuoksi.base.people.tokens import new_secret


@login_required
def me(request: HttpRequest) -> HttpResponse:
    """One's own page: what others see, what one may do, what acts in one's name."""
    user = _signed_in(request)
    form = ProfileForm(request.POST or None, initial={"name": user.name, "language": user.language})
    if request.method == "POST" and form.is_valid():
        actions.edit_profile(user=user, at=timezone.now(), **form.cleaned_data)
        with override(user.language):
            messages.success(request, _("Saved."))
        response = redirect("me")
        speak(response, user.language)
        return response
    context = {
        "form": form,
        "roles": user.role_grants.all(),
        "memberships": user.memberships.select_related("organisation"),
        "tokens": queries.tokens_of(user),
        "now": timezone.now(),
    }
    return render(request, "people/me.html", context, status=status_of(form))


@login_required
@never_cache
def new_token(request: HttpRequest) -> HttpResponse:
    """Make a token and show its secret, this once."""
    form = TokenForm(request.POST or None)
    if request.method != "POST" or not form.is_valid():
        return render(request, "people/new_token.html", {"form": form}, status=status_of(form))
    at, secret = timezone.now(), new_secret()
    token = actions.create_token(
        user=_signed_in(request),
        name=form.cleaned_data["name"],
        scopes=form.cleaned_data["scopes"],
        secret=secret,
        expires_at=at + form.lifetime(),
        at=at,
    )
    return render(request, "people/token.html", {"token": token, "secret": secret})


@login_required
def revoke_token(request: HttpRequest, pk: int) -> HttpResponse:
    token = get_object_or_404(ApiToken, pk=pk)
    rules.check_revoke_token(request.user, token)
    if request.method == "POST":
        actions.revoke_token(token=token, by=request.user, at=timezone.now())
        messages.success(request, _("The token no longer works."))
        return redirect("me")
    return render(request, "people/revoke_token.html", {"token": token})


def people(request: HttpRequest) -> HttpResponseBase:
    rules.check_read_people(request.user)
    return respond(request, PEOPLE, queries.people(), "people/people.html")


def person(request: HttpRequest, pk: int) -> HttpResponse:
    rules.check_read_people(request.user)
    shown = _person(pk)
    context = {
        "person": shown,
        "form": RoleForm(),
        "may_change": rules.may_change_roles(request.user, shown),
        "history": history_of(shown)[:50],
    }
    return render(request, "people/person.html", context)


@require_POST
def change_role(request: HttpRequest, pk: int, change: str) -> HttpResponse:
    """Grant or withdraw (`change`) the role in the form."""
    shown = _person(pk)
    rules.check_change_roles(request.user, shown)
    form = RoleForm(request.POST)
    if not form.is_valid():
        context = {"person": shown, "form": form, "may_change": True}
        return render(request, "people/person.html", context, status=status_of(form))
    act = {"grant": actions.grant_role, "withdraw": actions.withdraw_role}[change]
    act(user=shown, role=form.wanted(), by=request.user, at=timezone.now())
    messages.success(request, _("Saved."))
    return redirect("person", pk)


def _person(pk: int) -> User:
    found = queries.person_with_roles(pk)
    if found is None:
        raise Http404
    return found


def _signed_in(request: HttpRequest) -> User:
    assert isinstance(request.user, User)
    return request.user
