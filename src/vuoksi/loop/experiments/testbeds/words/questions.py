"""The questions of the checklist in our own plain words, their sources, and what follows from the answers."""

from django.utils.translation import gettext_lazy as _

ANSWERS = [("yes", _("yes")), ("no", _("no")), ("na", _("not applicable"))]
GROUPS = {
    "first": (_("First"), ""),
    "article_35": (
        _("Always an impact assessment"),
        _("Source: General Data Protection Regulation (EU) 2016/679, Article 35(3)"),
    ),
    "wp248": (
        _("Signs of a high risk"),
        _(
            "Source: Article 29 Working Party, WP 248 rev.01, 4 October 2017. Two of the nine mean in most cases that an assessment is needed."
        ),
    ),
    "finland": (
        _("The list of the Finnish authority"),
        _(
            "Source: Office of the Data Protection Ombudsman, list of 21 December 2018. Some of its items ask for one more sign of a high risk; here each is enough."
        ),
    ),
    "tenk": (
        _("Studying people"),
        _(
            "Source: Finnish National Board on Research Integrity TENK, guidelines 3/2019, section 4.2. One of the six is enough; the review comes before data are collected."
        ),
    ),
}
# Each question and the words that help with it.
QUESTIONS = {
    "personal_data": (
        _("Does the experiment handle data about people?"),
        _("Names, pictures, voices, addresses, places, devices: all that leads to a person."),
    ),
    "people_studied": (
        _("Does it study people, or ask them to take part?"),
        _("Surveys, interviews, trials, watching how people act."),
    ),
    "extensive_profiling": (
        _("Are people judged by a program, broadly and as a matter of course, with consequences?"),
        _("Such as: who gets a service, by a score that nobody looks at."),
    ),
    "special_at_scale": (
        _("Are there many data on health, belief, origin, sexuality or crimes?"),
        _("Special categories of data or criminal convictions, on a large scale."),
    ),
    "public_area_at_scale": (
        _("Is a place that is open to all watched broadly and as a matter of course?"),
        _("Cameras on many poles, counting of phones."),
    ),
    "scoring": (
        _("Are people rated, profiled or predicted?"),
        _("Their work, money, health, wishes, behaviour, movements."),
    ),
    "automated_decisions": (
        _("Does a program decide about people in ways that matter to them?"),
        _("Rights, services, work, money."),
    ),
    "systematic_monitoring": (
        _("Are people watched as a matter of course?"),
        _("Also where they may not notice it, as in a street."),
    ),
    "sensitive_data": (
        _("Are the data sensitive or very personal?"),
        _("Health, belief, money, whereabouts, messages, diaries."),
    ),
    "large_scale": (
        _("Are there many people, many data, a long time or a large area?"),
        _("Count the people, the data about each, the months and the square kilometres."),
    ),
    "matching": (
        _("Are data joined that were collected for different purposes?"),
        _("In ways that people would not expect."),
    ),
    "vulnerable_people": (
        _("Are there people who can hardly say no?"),
        _("Children, employees, patients, asylum seekers, old people."),
    ),
    "new_technology": (
        _("Is technology used in a new way?"),
        _("Such as recognising faces, learning machines, sensors in daily life."),
    ),
    "bars_a_right": (
        _("Can people lose a right, a service or a contract through it?"),
        _("Whoever does not take part is left out of something."),
    ),
    "biometric_data": (
        _("Are people recognised by their body?"),
        _("Face, voice, fingerprint, way of walking."),
    ),
    "genetic_data": (_("Are there genetic data?"), ""),
    "location_data": (
        _("Is it recorded where people are or move?"),
        _("By phone, car, card or sensor."),
    ),
    "people_not_informed": (
        _("Do the data come from elsewhere, and are the people not told?"),
        _("An exception under Article 14(5)(b) of the regulation."),
    ),
    "whistleblowing": (_("Is there a channel to report wrongdoing?"), ""),
    "without_consent": (
        _("Does anybody take part without free and informed consent?"),
        _("They do not know of it, are told too little, or cannot refuse."),
    ),
    "physical_integrity": (
        _("Is anything done to people's bodies?"),
        _("Measuring with devices on the body, samples, physical strain."),
    ),
    "under_15_without_guardian": (
        _("Do children under 15 take part without a guardian's consent or knowledge?"),
        _("The guardian must be able to forbid it."),
    ),
    "strong_stimuli": (
        _("Do people meet unusually strong pictures, sounds or experiences?"),
        _("Violence, fright, virtual reality that makes one ill."),
    ),
    "mental_harm": (
        _("Can it harm somebody's mind more than daily life does?"),
        _("Those who take part, or those close to them."),
    ),
    "safety_risk": (
        _("Can it endanger somebody's safety?"),
        _("Those who take part, those who study, or those close to them."),
    ),
}
FAULTS = {
    "missing": _("An answer is missing."),
    "unknown": _("There is no such question."),
    "contradiction": _("This contradicts the answer to one of the first questions."),
    "note_missing": _(
        "This is the only sign of a high risk. Write down why an assessment is made or not."
    ),
}
ASSESSMENT = {
    "needed": _(
        "A data protection impact assessment is needed before the start (Article 35 of the regulation)."
    ),
    "maybe": _(
        "An impact assessment may be needed: one sign of a high risk. Write beside it why one is made or not."
    ),
    "not_needed": _("By these answers no data protection impact assessment is needed."),
}
REVIEW = {
    "needed": _(
        "An ethical review by a human sciences ethics committee is needed before data are collected."
    ),
    "not_needed": _("By these answers no ethical review is needed."),
}
