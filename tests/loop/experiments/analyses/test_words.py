import re

from django.utils import translation

from vuoksi.loop.experiments.analyses.actions import planning
from vuoksi.loop.experiments.analyses.engine import ENGLISH, Result, Sentence, english
from vuoksi.loop.experiments.analyses.engine.power import POWER_DESIGNS
from vuoksi.loop.experiments.analyses.words import (
    ALGORITHMS,
    METHODS,
    POWER_METHODS,
    SENTENCES,
    sentence_words,
)


def test_every_sentence_of_the_engine_has_words_with_the_same_numbers():
    named = {code: re.findall(r"{(\w+)}", text) for code, text in ENGLISH.items()}
    ours = {code: re.findall(r"%\((\w+)\)s", str(text)) for code, text in SENTENCES.items()}
    assert ours == named


def test_in_english_both_say_the_same():
    numbers = {"reference": 2.75, "treatment": 4.5, "effect": 1.75}
    with translation.override("en"):
        for code in ("change_better", "difference_worse"):
            said = sentence_words(Sentence(code, numbers))
            assert said == english(Sentence(code, numbers)).replace("4.50", "4.5")


def test_every_method_and_algorithm_has_a_name_that_can_be_translated():
    told = str(Result.__doc__).partition("Stable code of the method:")[2].partition("n_clusters")[0]
    assert sorted(METHODS) == sorted(re.findall(r"``(\w+)``", told))
    assert sorted(POWER_METHODS) == sorted(POWER_DESIGNS)
    assert sorted(ALGORITHMS) == sorted(planning.ALGORITHMS)
