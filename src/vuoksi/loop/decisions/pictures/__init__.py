from vuoksi.loop.decisions.pictures.chain import picture_of
from vuoksi.loop.decisions.pictures.portfolio import (
    FunnelRow,
    funnel_rows,
    goal_rows,
    kind_rows,
    map_of_pilots,
    money_rows,
    year_money,
    year_rows,
)

__all__ = [
    "FunnelRow",
    "funnel_rows",
    "goal_rows",
    "kind_rows",
    "map_of_pilots",
    "money_rows",
    "picture_of",
    "year_money",
    "year_rows",
]
