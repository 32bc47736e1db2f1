"""Print how many accounts a site has, by what they consist of."""

import json
import sys

import django


def main() -> None:
    django.setup()
    from allauth.account.models import EmailAddress
    from allauth.socialaccount.models import SocialAccount

    from vuoksi.base.audit.models import AuditEntry
    from vuoksi.base.people.models import User

    counts = {
        "people": User.objects.count(),
        "addresses": EmailAddress.objects.filter(verified=True).count(),
        "connections": SocialAccount.objects.count(),
        "audit rows": AuditEntry.objects.filter(verb="people.sign_up").count(),
    }
    json.dump(counts, sys.stdout)


if __name__ == "__main__":
    main()
