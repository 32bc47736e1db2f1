from datetime import date, datetime
from typing import Any
from uuid import UUID

from vuoksi.base.audit.actions import action, record, save_if_unchanged
from vuoksi.base.notices.actions import tell, tell_upstream
from vuoksi.base.people.models import User
from vuoksi.base.talk.actions import write_comment
from vuoksi.base.talk.models import Comment
from vuoksi.strategy import engine, kinds, links, rules
from vuoksi.strategy.models import Chapter, QuotedParagraph, Story


@action
def create_story(
    *,
    slug: str,
    title: str,
    language: str,
    starts_on: date,
    ends_on: date,
    by: User,
    at: datetime,
    summary: str = "",
    source: str = "",
) -> Story:
    rules.check_write_story(by)
    story = Story.objects.create(
        slug=slug,
        title=title,
        language=language,
        starts_on=starts_on,
        ends_on=ends_on,
        summary=summary,
        source=source,
    )
    record(actor=by, verb="strategy.create_story", thing=story, at=at)
    return story


@action
def add_chapter(
    *,
    story: Story,
    slug: str,
    position: int,
    title: str,
    body: str,
    language: str,
    by: User,
    at: datetime,
    **more: Any,
) -> Chapter:
    """Add a chapter; `more` may hold number, owner and source."""
    rules.check_write_story(by)
    chapter = Chapter.objects.create(
        story=story,
        slug=slug,
        position=position,
        title=title,
        body=body,
        language=language,
        **more,
    )
    record(actor=by, verb="strategy.add_chapter", thing=chapter, at=at)
    tell_upstream(kind=kinds.TEXT_CHANGED, thing=story, by=by, at=at)
    return chapter


@action
def edit_chapter(*, chapter: Chapter, version: int, by: User, at: datetime, **changes: Any) -> None:
    """Change words, owner or source of a chapter. What was said about its paragraphs stays.

    Raises EditedMeanwhile.
    """
    rules.check_edit_chapter(by, chapter)
    save_if_unchanged(chapter, version=version, **changes)
    record(actor=by, verb="strategy.edit_chapter", thing=chapter, at=at, fields=sorted(changes))
    tell_upstream(kind=kinds.TEXT_CHANGED, thing=chapter, by=by, at=at)


@action
def give_feedback(
    *,
    chapter: Chapter,
    anchor: str,
    text: str,
    language: str,
    key: UUID,
    by: User,
    at: datetime,
) -> Comment:
    """Say something about one paragraph, or with an empty anchor about the whole chapter. The owners hear of it.

    Raises ValueError if the chapter has no such paragraph now.
    """
    rules.check_give_feedback(by, chapter)
    known = Comment.objects.filter(key=key, author=by).exists()
    if anchor and not known:
        _quote(chapter, anchor)
    comment = write_comment(
        thing=chapter, author=by, text=text, language=language, key=key, at=at, anchor=anchor
    )
    if not known:
        owners = [person for person in links.people_of(chapter.owner) if person.pk != by.pk]
        tell(people=owners, kind=kinds.FEEDBACK_GIVEN, thing=chapter, by=by, at=at)
    return comment


@action
def answer_feedback(
    *,
    chapter: Chapter,
    feedback: Comment,
    text: str,
    language: str,
    key: UUID,
    by: User,
    at: datetime,
) -> Comment:
    """Answer for the city; whoever gave the feedback hears of it."""
    rules.check_answer_feedback(by, chapter)
    known = Comment.objects.filter(key=key, author=by).exists()
    answer = write_comment(
        thing=chapter,
        author=by,
        text=text,
        language=language,
        key=key,
        at=at,
        anchor=feedback.anchor,
        reply_to=feedback,
        is_official=True,
    )
    if not known and feedback.author_id != by.pk:
        tell(people=[feedback.author], kind=kinds.FEEDBACK_ANSWERED, thing=chapter, by=by, at=at)
    return answer


def _quote(chapter: Chapter, anchor: str) -> None:
    """Keep the paragraph's words as they stand now."""
    found = next((one for one in engine.split(chapter.body) if one.anchor == anchor), None)
    if found is None:
        raise ValueError(f"the chapter {chapter.slug!r} has no paragraph {anchor!r}")
    QuotedParagraph.objects.get_or_create(
        chapter=chapter, anchor=anchor, defaults={"text": found.text}
    )
