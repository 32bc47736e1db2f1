from django.http import HttpRequest
from ninja import Field, Query, Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS
from vuoksi.base.search import queries
from vuoksi.base.search.registry import SEARCHABLE

router = Router(tags=["search"])


class Question(Schema):
    q: str = Field(min_length=1, max_length=200, description="Words that must all stand there")
    kind: str = Field("", max_length=40, description="Only things of this kind")
    limit: int = Field(20, ge=1, le=50, description="The most of each kind")
    offset: int = Field(0, ge=0, le=2**31, description="How many of each kind to pass over")


class Found(Schema):
    kind: str
    title: str
    excerpt: str
    language: str
    url: str


class FoundOfKind(Schema):
    """`count` is all that fit; `results` the part of them from `offset` on."""

    kind: str
    label: str
    count: int
    results: list[Found]


@router.get("/", response={200: list[FoundOfKind], **READ_REFUSALS}, summary="Find what is public")
def search(request: HttpRequest, question: Query[Question]) -> list[FoundOfKind]:
    query = question.q.replace("\x00", "")
    counts = queries.counts_by_kind(query)
    return [
        FoundOfKind(
            kind=key,
            label=str(SEARCHABLE[key].label),
            count=count,
            results=[
                Found(
                    kind=key,
                    title=hit.plain_title,
                    excerpt=hit.plain_excerpt,
                    language=hit.language,
                    url=request.build_absolute_uri(hit.url),
                )
                for hit in queries.hits(
                    query, key, request.user, offset=question.offset, limit=question.limit
                )
            ],
        )
        for key, count in counts.items()
        if question.kind in ("", key)
    ]
