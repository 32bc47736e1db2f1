from typing import Annotated, Any

from django.http import HttpRequest
from django.shortcuts import get_object_or_404
from ninja import Router, Schema

from vuoksi.base.lists.answers import READ_REFUSALS, one_of
from vuoksi.base.lists.paging import paginated
from vuoksi.base.organisations import queries
from vuoksi.base.organisations.models import Organisation

router = Router(tags=["organisations"])
Kind = Annotated[Organisation.Kind, one_of(Organisation.Kind)]


class OrganisationOut(Schema):
    slug: str
    name: str
    kind: Kind
    website: str
    business_id: str
    members: int
    source: str
    is_demo: bool


@router.get("/", response={200: list[OrganisationOut], **READ_REFUSALS}, summary="Organisations")
@paginated
def list_organisations(request: HttpRequest, kind: Kind | None = None) -> Any:
    rows = queries.organisations()
    return rows.filter(kind=kind) if kind else rows


@router.get("/{slug}", response={200: OrganisationOut, **READ_REFUSALS}, summary="One of them")
def read_organisation(request: HttpRequest, slug: str) -> Organisation:
    return get_object_or_404(queries.organisations(), slug=slug)
