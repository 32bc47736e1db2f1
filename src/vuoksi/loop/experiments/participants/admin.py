"""Recruitments and versions of consents. Participants, their key and their answers are in no admin: the team sees them."""

from django.contrib import admin

from vuoksi.base.audit.admin import ReadOnlyAdmin
from vuoksi.loop.experiments.participants.models import ConsentVersion, Recruitment, Survey


@admin.register(Recruitment)
class RecruitmentAdmin(ReadOnlyAdmin):
    list_display = ["title", "experiment", "state", "capacity"]
    list_filter = ["state"]


@admin.register(ConsentVersion)
class ConsentVersionAdmin(ReadOnlyAdmin):
    list_display = ["recruitment", "number", "state", "legal_basis", "on_withdrawal"]


@admin.register(Survey)
class SurveyAdmin(ReadOnlyAdmin):
    list_display = ["title", "moment", "state"]
