"""The English sentences before the start: sample size and power, balance, draws."""

from collections.abc import Mapping
from types import MappingProxyType

PLANNING: Mapping[str, str] = MappingProxyType(
    {
        "power_needed": "To find a true effect of {effect} with a chance of {power} %, at least"
        " {per_group} units a group are needed, {total} in all.",
        "power_needed_pairs": "To find a true effect of {effect} with a chance of {power} %, at least"
        " {total} units measured twice are needed.",
        "power_needed_periods": "To find a true effect of {effect} with a chance of {power} %, at least"
        " {total} periods are needed, {per_group} of them with the trial.",
        "power_needed_clusters": "To find a true effect of {effect} with a chance of {power} %, at least"
        " {total} sites are needed.",
        "power_had": "With {total} units, sites or periods a true effect of {effect} is found with a"
        " chance of {power} %.",
        "power_out_of_reach": "A true effect of {effect} cannot be found with a chance of {power} % with"
        " any number of units, sites or periods that was looked at.",
        "power_smallest": "The smallest true effect that would be found with a chance of {power} % is"
        " {smallest}.",
        "power_low": "That is a chance below 80 %: the experiment would often end without an answer.",
        "balance_good": "The groups were alike before the start: no measure differs by more than a tenth"
        " of its usual spread (measures compared: {looked_at}).",
        "balance_small": "The groups differed a little before the start, by more than a tenth of the"
        " usual spread (measures that differ: {differing} of {looked_at}).",
        "balance_large": "The groups differed before the start by more than a quarter of the usual spread"
        " (measures that differ: {differing} of {looked_at}). The effect should be adjusted for them.",
    }
)
