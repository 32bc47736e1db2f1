from typing import Any

from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.db.models import Model
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import get_language_info, gettext

from vuoksi.base.audit.actions import EditedMeanwhile
from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.models import User
from vuoksi.base.texts import actions, queries, registry, rules
from vuoksi.base.texts.forms import Change, TranslationForm
from vuoksi.base.texts.models import Translation


@login_required
def languages(request: HttpRequest, kind: str, pk: str) -> HttpResponse:
    """Which languages a thing has, and how far each is."""
    thing = _thing(request, kind, pk)
    codes = [code for code, _name in settings.LANGUAGES]
    rows = [
        {"coverage": coverage, "language": get_language_info(coverage.language)}
        for coverage in queries.coverage_of(thing, codes)
    ]
    return render(request, "texts/languages.html", {**_about(thing, kind), "rows": rows})


@login_required
def translate(request: HttpRequest, kind: str, pk: str, language: str) -> HttpResponse:
    """Write the translation beside its source."""
    thing = _thing(request, kind, pk)
    if language == getattr(thing, "language", "") or language not in dict(settings.LANGUAGES):
        raise Http404
    works = queries.works_of(thing, language)
    form = TranslationForm(request.POST or None, works=works, language=language)
    is_conflict = False
    if request.method == "POST" and form.is_valid():
        try:
            _save(request, thing, language, form.changes())
        except EditedMeanwhile:
            is_conflict = True
            form.begin_again(queries.works_of(thing, language))
        else:
            return redirect("texts:languages", kind, pk)
    context = {
        **_about(thing, kind),
        "form": form,
        "source_language": get_language_info(getattr(thing, "language", "en")),
        "language": get_language_info(language),
        "is_conflict": is_conflict,
    }
    status = status_of(form, meanwhile=is_conflict or None)
    return render(request, "texts/translate.html", context, status=status)


def _save(request: HttpRequest, thing: Model, language: str, changes: list[Change]) -> None:
    if not changes:
        messages.info(request, gettext("Nothing was changed."))
        return
    assert isinstance(request.user, User)
    actions.translate(
        thing=thing,
        language=language,
        texts={change.field: change.text for change in changes},
        state={change.field: Translation.State(change.state) for change in changes},
        seen={change.field: change.seen for change in changes},
        by=request.user,
        at=timezone.now(),
    )
    messages.success(request, gettext("The translation was saved."))


def _thing(request: HttpRequest, kind: str, pk: str) -> Model:
    model = registry.model_of(kind)
    if model is None:
        raise Http404
    try:
        thing: Model = get_object_or_404(model._default_manager.all(), pk=pk)
    except (ValueError, OverflowError) as stray:
        raise Http404 from stray
    rules.check_translate(request.user, thing)
    return thing


def _about(thing: Any, kind: str) -> dict[str, Any]:
    url = thing.get_absolute_url() if hasattr(thing, "get_absolute_url") else ""
    return {"thing": thing, "kind": kind, "thing_url": url}
