"""The story as it is read: chapters, paragraphs, and what people said about each."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.contrib.contenttypes.models import ContentType
from django.db.models import Count, QuerySet

from vuoksi.base.talk.models import Comment
from vuoksi.base.texts.models import Visibility
from vuoksi.base.texts.queries import Rendered, attach, in_language
from vuoksi.strategy import engine
from vuoksi.strategy.models import Chapter, QuotedParagraph, Story


@dataclass(slots=True)
class Feedback:
    """What one person said, and the answers. `earlier` holds the words it was about if they have changed since."""

    comment: Comment
    answers: list[Comment] = field(default_factory=list)
    earlier: str = ""


@dataclass(slots=True)
class ParagraphView:
    """A paragraph in the reader's language. Feedback keeps to `anchor`, the digest of the original words."""

    anchor: str
    place: str
    number: int
    text: Rendered
    feedback: list[Feedback] = field(default_factory=list)


@dataclass(slots=True)
class ChapterView:
    """A chapter ready to be read. `rest` is feedback on paragraphs that are no more."""

    chapter: Chapter
    body: Rendered
    paragraphs: list[ParagraphView]
    rest: list[Feedback]
    # The translation is divided otherwise than the original, so feedback is about the chapter as a whole.
    is_whole: bool

    def paragraph(self, anchor: str) -> ParagraphView | None:
        return next((one for one in self.paragraphs if one.anchor == anchor), None)


def public_stories() -> QuerySet[Story]:
    """Every story, the newest term first."""
    return Story.objects.order_by("-starts_on", "slug")


def present_story(today: date) -> Story | None:
    """The story of the council term that `today` lies in, else the newest that has begun, else the first to come."""
    begun = public_stories().filter(starts_on__lte=today).first()
    return begun or Story.objects.order_by("starts_on", "slug").first()


def read_story(story: Story) -> list[ChapterView]:
    """Give the story's chapters with paragraphs and feedback; the number of queries does not grow with them."""
    chapters = (
        story.chapters.select_related("owner", "story")
        .annotate(goal_count=Count("goals"))
        .order_by("position")
    )
    return _views(list(chapters))


def chapter_view(story_slug: str, slug: str) -> ChapterView:
    """Give one chapter; raises Chapter.DoesNotExist."""
    chapter = Chapter.objects.select_related("story", "owner").get(
        story__slug=story_slug, slug=slug
    )
    return _views([chapter])[0]


def _views(chapters: list[Chapter]) -> list[ChapterView]:
    attach(chapters)
    said = _comments(chapters)
    quotes: dict[tuple[int, str], str] = {
        (row.chapter_id, row.anchor): row.text
        for row in QuotedParagraph.objects.filter(chapter__in=chapters)
    }
    return [_view(chapter, said.get(str(chapter.pk), []), quotes) for chapter in chapters]


def _comments(chapters: Sequence[Chapter]) -> dict[str, list[Comment]]:
    kind = ContentType.objects.get_for_model(Chapter)
    rows = (
        Comment.objects.filter(
            content_type=kind, object_id__in=[str(chapter.pk) for chapter in chapters]
        )
        .exclude(visibility=Visibility.HELD)
        .select_related("author")
        .order_by("written_at", "pk")
    )
    found: dict[str, list[Comment]] = {}
    for row in attach(rows):
        found.setdefault(row.object_id, []).append(row)
    return found


def _view(
    chapter: Chapter, comments: Iterable[Comment], quotes: dict[tuple[int, str], str]
) -> ChapterView:
    original, shown = engine.split(chapter.body), in_language(chapter, "body")
    parts = engine.split(shown.text)
    is_whole = len(parts) != len(original)
    view = ChapterView(
        chapter,
        shown,
        [
            _paragraph(mine, part, shown)
            for mine, part in zip(parts if is_whole else original, parts, strict=True)
        ],
        [],
        is_whole,
    )
    for said in _threads(comments):
        _place(view, said, original, quotes.get((chapter.pk, said.comment.anchor), ""))
    return view


def _paragraph(mine: engine.Paragraph, part: engine.Paragraph, shown: Rendered) -> ParagraphView:
    text = Rendered(part.text, shown.language, shown.wanted, shown.state, shown.is_behind)
    return ParagraphView(mine.anchor, mine.place, mine.number, text)


def _threads(comments: Iterable[Comment]) -> list[Feedback]:
    threads: dict[int, Feedback] = {}
    for row in comments:
        if row.reply_to_id in threads:
            threads[row.reply_to_id].answers.append(row)
        else:
            threads[row.pk] = Feedback(row)
    return list(threads.values())


def _place(
    view: ChapterView, said: Feedback, original: Sequence[engine.Paragraph], quote: str
) -> None:
    """Put feedback beside the words it is about, beside what they have become, or at the end of the chapter."""
    anchor = said.comment.anchor
    if anchor and anchor not in {one.anchor for one in original}:
        said.earlier = quote
        later = engine.successor(quote, original)
        anchor = later.anchor if later else ""
    place = None if view.is_whole else view.paragraph(anchor)
    (place.feedback if place else view.rest).append(said)
