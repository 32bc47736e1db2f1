"""What may be doubted about a text before anybody has read it: numbers in, a reason out."""

from vuoksi.base.moderation.engine.screening import Doubt, Limits, Written, doubt_about, links_in

__all__ = ["Doubt", "Limits", "Written", "doubt_about", "links_in"]
