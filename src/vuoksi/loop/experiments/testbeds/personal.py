"""What testbeds keep about people.

The name under a signed agreement or checklist stays after an erasure: the agreement stands, and must be proved (GDPR,
article 17, paragraph 3 e). The page of erasure says so.
"""

from django.utils.translation import gettext_lazy as _

from vuoksi.base.people.keeping import kept

kept(
    "testbeds.Agreement",
    _("Agreements that I drew up"),
    fields=("created_by",),
    columns=("created_at", "experiment__slug", "partner__name", "state", "sent_at", "ended_at"),
)
kept(
    "testbeds.Party",
    _("Agreements that I signed for an organisation"),
    fields=("signed_by",),
    columns=("agreement", "organisation__name", "signer_name", "signer_title", "signed_at"),
)
kept(
    "testbeds.Booking",
    _("Testbeds that I asked for"),
    fields=("requested_by",),
    columns=("requested_at", "offering", "experiment__slug", "starts_at", "ends_at", "state"),
)
kept(
    "testbeds.Booking",
    _("Bookings that I answered"),
    fields=("decided_by",),
    columns=("decided_at", "offering", "experiment__slug", "starts_at", "ends_at", "state"),
)
kept(
    "testbeds.FilledChecklist",
    _("Checklists that I filled in"),
    fields=("filled_by",),
    columns=("filled_at", "experiment__slug", "state", "assessment", "review"),
)
kept(
    "testbeds.FilledChecklist",
    _("Checklists that I signed off"),
    fields=("signed_by",),
    columns=("signed_at", "experiment__slug", "signer_name", "signer_role"),
)
