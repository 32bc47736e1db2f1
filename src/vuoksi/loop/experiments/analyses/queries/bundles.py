"""An experiment in one file for anybody to compute again: plan, data without persons, figures that were told."""

import json
from typing import Any

from vuoksi.loop.experiments.analyses.engine import (
    english,
    explain,
    explain_firmness,
    setting_as_data,
)
from vuoksi.loop.experiments.analyses.models import Analysis
from vuoksi.loop.experiments.analyses.queries.problems import (
    ENGINE,
    data_of,
    setting_of,
)
from vuoksi.loop.experiments.analyses.queries.reading import result_of, stored_problem
from vuoksi.loop.experiments.plans.models import Experiment, Grouping
from vuoksi.loop.experiments.plans.queries import (
    deviations_of,
    grouping_of,
    groups_hold,
    sample_size_of,
)

SEED = 0
STATED = (
    *("design", "method", "n_reference", "n_treatment", "mean_reference", "mean_treatment"),
    *("effect", "interval", "standard_error", "p_value", "rule_outcome", "bootstrap", "variants"),
)
_TASKS = {Grouping.Method.CHANCE: "randomise", Grouping.Method.ORDER: "wedge_order"}


def bundle_of(analysis: Analysis) -> dict[str, Any]:
    """Everything that ``vuoksi engine analyses`` needs to come to the same figures."""
    experiment = analysis.experiment
    return {
        "task": "bundle",
        "format": 1,
        "experiment": experiment.slug,
        "engine": ENGINE,
        "computed_by": analysis.engine_version,
        "computed_at": analysis.at.isoformat(),
        "plan": experiment.frozen_text,
        "plan_digest": experiment.frozen_digest,
        "data_digest": analysis.data_digest,
        "deviations": [
            {
                "kind": one.kind,
                "day": one.happened_on.isoformat(),
                "what": one.what,
                "reason": one.reason,
                "could_change": one.could_change,
            }
            for one in deviations_of(experiment)
        ],
        "parts": [
            *_draws(experiment),
            *_sample_sizes(experiment),
            *_measures(analysis),
            *_more(analysis),
            *_grades(experiment),
        ],
    }


def _part(name: str, task: str, given: Any, stated: Any) -> dict[str, Any]:
    return {"name": name, "task": task, "given": given, "stated": stated}


def _measures(analysis: Analysis) -> list[dict[str, Any]]:
    experiment = analysis.experiment
    stated = {name: analysis.result[name] for name in STATED if name in analysis.result}
    # The sentences of the ordinary interval, which the values alone give; the always-valid one is a part by itself.
    result = result_of(analysis)
    said = (*explain(stored_problem(analysis), result), *explain_firmness(result))
    main = _part(
        "measure",
        "measure",
        _given(experiment, ""),
        {**stated, "sentences": [english(each) for each in said]},
    )
    others = [
        _part(one["key"], "measure", _given(experiment, one["key"]), one["stated"])
        for one in analysis.more.get("others", [])
        if one["stated"]
    ]
    return [main, *others]


def _given(experiment: Experiment, key: str) -> dict[str, Any]:
    other = experiment.other_measures.filter(key=key).first() if key else None
    setting = setting_as_data(setting_of(experiment, other))
    return {"setting": setting, "rows": data_of(experiment, key), "seed": SEED}


def _draws(experiment: Experiment) -> list[dict[str, Any]]:
    """The draw, to be drawn again; not where somebody has withdrawn since, whose code is known no more."""
    grouping = grouping_of(experiment)
    if grouping is None or grouping.method not in _TASKS or not groups_hold(grouping):
        return []
    text = json.loads(grouping.text)
    return [
        _part("groups", _TASKS[Grouping.Method(grouping.method)], text["given"], text["answer"])
    ]


def _sample_sizes(experiment: Experiment) -> list[dict[str, Any]]:
    found = sample_size_of(experiment)
    if found is None:
        return []
    return [_part("sample_size", "power", found.problem, found.answer)]


def _more(analysis: Analysis) -> list[dict[str, Any]]:
    corrected, valid = analysis.more.get("corrected"), analysis.more.get("valid")
    parts = []
    if corrected is not None:
        given = {name: corrected[name] for name in ("names", "p_values", "method", "level")}
        parts.append(_part("several_measures", "multiple", given, corrected))
    if valid is not None:
        stated = {"n": valid["n"], "interval": {"low": valid["low"], "high": valid["high"]}}
        parts.append(_part("always_valid", "peeking", valid["problem"], stated))
    return parts


def _grades(experiment: Experiment) -> list[dict[str, Any]]:
    evidence = experiment.evidence.order_by("-published_at", "-pk").first()
    if evidence is None or evidence.level is None:
        return []
    return [_part("grade", "grade", evidence.facts, {"level": evidence.level})]
