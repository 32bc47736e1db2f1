"""City units, companies, universities and partner cities that the demo's facts name."""

from vuoksi.base.organisations.actions import create_organisation
from vuoksi.base.organisations.models import Organisation
from vuoksi.base.people.models import User
from vuoksi.site.demo.people import JOINED
from vuoksi.site.demo_data import read


def load(by: User) -> dict[str, Organisation]:
    """Give the organisations by their key."""
    known = {row.slug: row for row in Organisation.objects.all()}
    for row in read.organisations():
        if row.key not in known:
            known[row.key] = create_organisation(
                slug=row.key, name=row.name_en, kind=row.kind, source=row.source, by=by, at=JOINED
            )
    return known
