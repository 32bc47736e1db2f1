"""What participants need worked out: codes, who fits, scores of scales, what may be published. Pure Python."""

from vuoksi.loop.experiments.participants.engine.codes import CODES, code_from
from vuoksi.loop.experiments.participants.engine.eligibility import Asked, reasons_against
from vuoksi.loop.experiments.participants.engine.scales import (
    SCALES,
    NotAnswered,
    Scale,
    mean_of,
    score,
)
from vuoksi.loop.experiments.participants.engine.summary import (
    LEAST,
    published,
    published_count,
    published_share,
)

__all__ = [
    "CODES",
    "LEAST",
    "SCALES",
    "Asked",
    "NotAnswered",
    "Scale",
    "code_from",
    "mean_of",
    "published",
    "published_count",
    "published_share",
    "reasons_against",
    "score",
]
