"""The kinds of call as data: what each begins with. A coordinator starts one and then changes whatever they like."""

from vuoksi.loop.calls.recipes.accelerator import ACCELERATOR
from vuoksi.loop.calls.recipes.challenge import CHALLENGE
from vuoksi.loop.calls.recipes.competition import COMPETITION
from vuoksi.loop.calls.recipes.experiments import EXPERIMENTS
from vuoksi.loop.calls.recipes.ideas import IDEAS
from vuoksi.loop.calls.recipes.joint import JOINT
from vuoksi.loop.calls.recipes.shapes import LANGUAGES, Ask, Recipe, Span, Text

RECIPES = {
    recipe.kind: recipe
    for recipe in (IDEAS, CHALLENGE, COMPETITION, EXPERIMENTS, JOINT, ACCELERATOR)
}

__all__ = ["LANGUAGES", "RECIPES", "Ask", "Recipe", "Span", "Text"]
