"""The kinds of notice. Each app registers its own beside its actions: a key and the sentence that people read."""

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class Kind:
    """`sentence` may hold `%(thing)s` and `%(because)s`; `label` stands in the settings."""

    key: str
    label: "str | Promise"
    sentence: "str | Promise"


KINDS: dict[str, Kind] = {}


def kind(key: str, label: "str | Promise", sentence: "str | Promise") -> Kind:
    if key in KINDS:
        raise ValueError(f"the notice kind {key!r} stands twice")
    KINDS[key] = Kind(key, label, sentence)
    return KINDS[key]
