"""The common doors of talk: they serve every thing that is registered in `about.py`."""

from collections.abc import Callable

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.talk import actions, rules
from vuoksi.base.talk.about import About, about, model_of
from vuoksi.base.talk.forms import CommentForm
from vuoksi.base.talk.models import Comment
from vuoksi.base.texts.models import Visibility


@login_required
def comment(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """Take a comment; with an error, give the form back on a page of its own with all that was typed."""
    return _write(request, _thing(request, kind, pk))


@login_required
def reply(request: HttpRequest, pk: int) -> HttpResponse:
    answered = get_object_or_404(Comment.objects.select_related("author", "reply_to"), pk=pk)
    thing = _visible(request, answered.thing)
    if answered.visibility != Visibility.SHOWN:
        raise Http404
    return _write(request, thing, answered)


@login_required
@require_POST
def support(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    return _stand(request, kind, pk, actions.support, actions.withdraw_support)


@login_required
@require_POST
def follow(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    return _stand(request, kind, pk, actions.follow, actions.unfollow)


def _stand(
    request: HttpRequest,
    kind: str,
    pk: str,
    begin: Callable[..., None],
    end: Callable[..., None],
) -> HttpResponse:
    """`end` in the form says which way, so that a second click does what the first did."""
    thing = _thing(request, kind, pk)
    change = end if request.POST.get("do") == "end" else begin
    change(thing=thing, user=signed_in(request), at=timezone.now())
    if request.headers.get("HX-Request"):
        return render(request, "talk/buttons.html", {"thing": thing})
    return redirect(_about(thing).url)


def _write(request: HttpRequest, thing: Model, answered: Comment | None = None) -> HttpResponse:
    rules.check_comment(request.user, thing)
    may_answer = rules.may_answer(request.user, thing)
    initial = {"anchor": answered.anchor if answered else request.GET.get("anchor", "")}
    form = CommentForm(request.POST or None, may_answer=may_answer, initial=initial)
    if (
        request.method == "POST"
        and form.is_valid()
        and (row := _save(request, form, thing, answered))
    ):
        _say_what_became_of_it(request, row)
        return redirect(_place(row))
    page = {
        "form": form,
        "thing": thing,
        "answered": answered,
        "back": _about(thing).url,
    }
    return render(request, "talk/write.html", page, status=status_of(form))


def _say_what_became_of_it(request: HttpRequest, row: Comment) -> None:
    if row.visibility == Visibility.HELD:
        held = gettext("Your comment is kept. Somebody looks at it before it shows, and tells you.")
        messages.info(request, held)
    else:
        messages.success(request, gettext("Your comment was published."))


def _save(
    request: HttpRequest, form: CommentForm, thing: Model, answered: Comment | None
) -> Comment | None:
    try:
        return actions.join_discussion(
            thing=thing,
            author=signed_in(request),
            reply_to=answered,
            at=timezone.now(),
            **form.cleaned_data,
        )
    except actions.TooManyComments as flood:
        sentence = gettext(
            "You have written %(limit)s comments within %(minutes)s minutes. Your text is kept here; wait a few minutes"
            " and send it again."
        )
        form.add_error("text", sentence % {"limit": flood.limit, "minutes": flood.minutes})
    except actions.WrongReply:
        form.add_error("text", gettext("The comment that you answer cannot be answered any more."))
    return None


def _thing(request: HttpRequest, kind: str, pk: str) -> Model:
    model = model_of(kind)
    if model is None:
        raise Http404
    try:
        thing: Model = get_object_or_404(model._default_manager.all(), pk=pk)
    except (ValueError, OverflowError) as stray:
        raise Http404 from stray
    return _visible(request, thing)


def _visible(request: HttpRequest, thing: object) -> Model:
    """What a person may not read is not there for them."""
    if not isinstance(thing, Model) or about(thing) is None:
        raise Http404
    if not rules.may_read(request.user, thing):
        raise Http404
    return thing


def _about(thing: Model) -> About:
    found = about(thing)
    assert found is not None
    return found


def _place(row: Comment) -> str:
    """Give the address of a comment; the first page when its thing has none."""
    found = about(row.thing) if isinstance(row.thing, Model) else None
    return f"{found.url}#comment-{row.pk}" if found else "/"
