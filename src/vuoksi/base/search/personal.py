"""The search index holds names too: it is made anew when somebody was forgotten."""

from vuoksi.base.people.keeping import on_erasure
from vuoksi.base.search import actions

on_erasure(actions.forget_person, order=200)
