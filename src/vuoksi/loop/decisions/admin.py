from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.decisions.models import Decider, Decision, Dissent, FollowUp, Money, NextStep


@admin.register(Decision)
class DecisionAdmin(ReadOnlyAdmin):
    list_display = ["title", "kind", "state", "decided_on", "decided_by"]
    list_filter = ["kind", "state"]


@admin.register(Decider)
class DeciderAdmin(ReadOnlyAdmin):
    list_display = ["decision", "name", "role"]


@admin.register(Dissent)
class DissentAdmin(ReadOnlyAdmin):
    list_display = ["decision", "name"]


@admin.register(NextStep)
class NextStepAdmin(ReadOnlyAdmin):
    list_display = ["title", "decision", "owner", "due_on", "state"]
    list_filter = ["state"]


@admin.register(FollowUp)
class FollowUpAdmin(ReadOnlyAdmin):
    list_display = ["decision", "found_on", "use", "source"]
    list_filter = ["use"]


@admin.register(Money)
class MoneyAdmin(ReadOnlyAdmin):
    list_display = ["experiment", "kind", "amount_eur", "dated_on", "taken_back_at"]
    list_filter = ["kind"]
