from hashlib import sha256

from django.db.models import QuerySet

from vuoksi.base.people.models import ApiToken, Role, User

SHOWN_OF_SECRET = 10
# No mail can be sent there (RFC 6761): the address of an account that was erased.
ERASED_DOMAIN = "erased.invalid"


def person_by_email(email: str) -> User | None:
    return User.objects.filter(email__iexact=email).first()


def digest_of(secret: str) -> str:
    """The secret is long and random, so that a fast digest without salt is enough."""
    return sha256(secret.encode()).hexdigest()


def token_of(secret: str) -> ApiToken | None:
    return ApiToken.objects.select_related("user").filter(digest=digest_of(secret)).first()


def tokens_of(user: User) -> QuerySet[ApiToken]:
    return ApiToken.objects.filter(user=user).order_by("-created_at", "-pk")


def people() -> QuerySet[User]:
    """Everybody with an account, with their roles; those who were erased are gone."""
    there = User.objects.exclude(email__endswith=f"@{ERASED_DOMAIN}")
    return there.prefetch_related("role_grants").order_by("name", "pk")


def people_who_steer() -> QuerySet[User]:
    """Coordinators and administrators."""
    steering = (Role.COORDINATOR, Role.ADMINISTRATOR)
    return User.objects.filter(is_active=True, role_grants__role__in=steering).distinct()


def person_with_roles(pk: int) -> User | None:
    return people().filter(pk=pk).first()
