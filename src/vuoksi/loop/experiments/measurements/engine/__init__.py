"""Codes under which units are measured: never a person's name, address or identity code."""

from vuoksi.loop.experiments.measurements.engine.codes import LONGEST_CODE, fault_of, unit_code

__all__ = ["LONGEST_CODE", "fault_of", "unit_code"]
