from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.contrib.auth.views import redirect_to_login
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext

from vuoksi.base.lists.statuses import status_of
from vuoksi.base.people.rules import signed_in
from vuoksi.base.talk.actions import TooManyComments
from vuoksi.base.talk.models import Comment
from vuoksi.base.texts.models import Visibility
from vuoksi.base.texts.queries import attach
from vuoksi.strategy import actions, queries, rules
from vuoksi.strategy.forms import ChapterForm, FeedbackForm
from vuoksi.strategy.models import Chapter, Goal, Story
from vuoksi.strategy.queries import ChapterView, ParagraphView
from vuoksi.strategy.views.writing import write


def story(request: HttpRequest, slug: str) -> HttpResponse:
    """The story to be read from beginning to end."""
    row = get_object_or_404(Story, slug=slug)
    attach([row])
    chapters = queries.read_story(row)
    goals = attach(Goal.objects.filter(chapter__story=row).order_by("position", "pk"))
    others = attach(queries.public_stories().exclude(pk=row.pk))
    context = {
        "story": row,
        "chapters": chapters,
        "goals": goals,
        "others": others,
        "editable": {
            one.chapter.pk for one in chapters if rules.may_edit_chapter(request.user, one.chapter)
        },
    }
    return render(request, "strategy/story.html", context)


@login_required
def edit_chapter(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    row = get_object_or_404(Chapter.objects.select_related("story"), story__slug=slug, slug=chapter)
    rules.check_edit_chapter(request.user, row)
    form = ChapterForm(request.POST or None, instance=row)

    def save() -> str:
        actions.edit_chapter(
            chapter=Chapter.objects.get(pk=row.pk),
            version=form.cleaned_data["version"],
            by=signed_in(request),
            at=timezone.now(),
            **form.changes(),
        )
        return row.get_absolute_url()

    return write(request, form, save, heading=gettext("Edit chapter"), up=[row.story])


def feedback(request: HttpRequest, slug: str, chapter: str) -> HttpResponse:
    """What people say about one paragraph (?p=anchor) or about the whole chapter, and what the city answers."""
    try:
        view = queries.chapter_view(slug, chapter)
    except Chapter.DoesNotExist:
        raise Http404 from None
    anchor = request.GET.get("p", "")
    paragraph = view.paragraph(anchor) if anchor and not view.is_whole else None
    if anchor and paragraph is None:
        messages.info(
            request, gettext("This paragraph has been changed since. Here is the whole chapter.")
        )
        if request.method != "POST":
            return redirect(_address(view, ""))
    reply = _thread_answered(request, view)
    form = FeedbackForm(request.POST if request.method == "POST" else None)
    if request.method == "POST":
        if not request.user.is_authenticated:
            return redirect_to_login(request.get_full_path())
        if form.is_valid():
            try:
                return _say(request, view, paragraph, reply, form.cleaned_data)
            except TooManyComments as refusal:
                form.add_error("text", _pause(refusal))
    context = _page(request, view, paragraph, reply, form)
    return render(request, "strategy/feedback.html", context, status=status_of(form))


def _page(
    request: HttpRequest,
    view: ChapterView,
    paragraph: ParagraphView | None,
    reply: Comment | None,
    form: FeedbackForm,
) -> dict[str, Any]:
    attach([view.chapter.story])
    everything = [each for one in view.paragraphs for each in one.feedback] + view.rest
    return {
        "view": view,
        "chapter": view.chapter,
        "paragraph": paragraph,
        "threads": paragraph.feedback if paragraph else everything,
        "reply": reply,
        "form": form,
        "may_give": rules.may_give_feedback(request.user, view.chapter),
        "may_answer": rules.may_answer_feedback(request.user, view.chapter),
        "here": _address(view, paragraph.anchor if paragraph else ""),
    }


def _say(
    request: HttpRequest,
    view: ChapterView,
    paragraph: ParagraphView | None,
    reply: Comment | None,
    said: dict[str, Any],
) -> HttpResponse:
    anchor = paragraph.anchor if paragraph else ""
    whose: dict[str, Any] = {
        "chapter": view.chapter,
        "by": signed_in(request),
        "at": timezone.now(),
    }
    if reply is not None:
        actions.answer_feedback(feedback=reply, **said, **whose)
        messages.success(
            request, gettext("The answer is published, and its writer will hear of it.")
        )
    else:
        given = actions.give_feedback(anchor=anchor, **said, **whose)
        if given.visibility == Visibility.HELD:
            held = gettext(
                "Your comment is kept. Somebody looks at it before it shows, and tells you."
            )
            messages.info(request, held)
        else:
            messages.success(request, gettext("Thank you. Your comment is published."))
    return redirect(_address(view, anchor))


def _thread_answered(request: HttpRequest, view: ChapterView) -> Comment | None:
    """The comment that ?answer= names, if the chapter has it."""
    wanted = request.GET.get("answer", "")
    if not wanted:
        return None
    everything = [each for one in view.paragraphs for each in one.feedback] + view.rest
    found = next((each.comment for each in everything if str(each.comment.pk) == wanted), None)
    if found is None or found.visibility != Visibility.SHOWN:
        raise Http404
    return found


def _address(view: ChapterView, anchor: str) -> str:
    address = reverse("strategy:feedback", args=[view.chapter.story.slug, view.chapter.slug])
    return f"{address}?p={anchor}" if anchor else address


def _pause(refusal: TooManyComments) -> str:
    words = gettext(
        "You have written %(limit)s comments in %(minutes)s minutes. Please wait a little."
    )
    return words % {"limit": refusal.limit, "minutes": refusal.minutes}
