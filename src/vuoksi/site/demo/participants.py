"""An experiment that looks for people: its page, what they agree to, who has come, and one who withdrew."""

from datetime import timedelta
from typing import Any

from vuoksi.base.places.models import Place
from vuoksi.loop.experiments.participants import actions, queries
from vuoksi.loop.experiments.participants.models import (
    ConsentText,
    Participant,
    Recruitment,
    Survey,
)
from vuoksi.loop.experiments.plans.actions import create_experiment
from vuoksi.loop.experiments.plans.models import Experiment
from vuoksi.site.demo.people import storyteller
from vuoksi.site.demo.strategy import City
from vuoksi.site.demo.words import add_translations, at_noon, slug_of
from vuoksi.site.demo_data import participant_shapes as shapes
from vuoksi.site.demo_data import read

PAGE = ("title", "seeking", "tasks", "duration", "reward", "contact")
CONSENT = ("purpose", "gathered", "access", "retention")
NONE = "-"


def load(city: City, places: dict[str, Place]) -> None:
    """Tell each story once; what stands already stays as it is."""
    for row in read.participant_stories():
        if not Experiment.objects.filter(slug=slug_of(row.key)).exists():
            _tell(city, row, places)


def _tell(city: City, row: shapes.ParticipantStory, places: dict[str, Place]) -> None:
    recruitment = _recruitment(city, row, _experiment(city, row, places))
    _questions(city, row, recruitment)
    _consent(city, row, recruitment)
    opened = at_noon(row.opened)
    actions.open_recruitment(recruitment=recruitment, by=city.by, at=opened)
    survey = _survey(city, row, recruitment)
    version = queries.version_in_force(recruitment)
    text = queries.text_for(version, "fi") if version is not None else None
    assert text is not None  # it was published a moment ago
    people = [_join(row, recruitment, text, n) for n in range(len(row.answers) + 1)]
    for n, numbers in enumerate(row.answers):
        _answer(row, survey, people[n], numbers, n)
    actions.withdraw(participant=people[-1], at=opened + timedelta(days=12))


def _experiment(city: City, row: shapes.ParticipantStory, places: dict[str, Place]) -> Experiment:
    at, language = at_noon(row.begun), row.title.original
    texts = {"title": row.title, "summary": row.summary}
    experiment = create_experiment(
        slug=slug_of(row.key),
        language=language,
        entries=[],
        goal=city.goals[row.goal],
        owner=city.organisations[row.owner],
        testbed=places[row.place],
        starts_on=row.starts,
        ends_on=row.ends,
        design=Experiment.Design.BEFORE_AFTER_PAIRED,
        source=row.source,
        is_demo=row.demo,
        by=city.by,
        at=at,
        **_words(texts, language),
    )
    add_translations(experiment, texts, city.by, at)
    return experiment


def _recruitment(city: City, row: shapes.ParticipantStory, experiment: Experiment) -> Recruitment:
    at, language = at_noon(row.begun), row.title.original
    texts = {name: getattr(row, name) for name in PAGE}
    recruitment = actions.make_recruitment(
        experiment=experiment,
        language=language,
        capacity=row.capacity,
        youngest=row.youngest,
        source=row.source,
        is_demo=row.demo,
        by=city.by,
        at=at,
        **_words(texts, language),
    )
    add_translations(recruitment, texts, city.by, at)
    return recruitment


def _questions(city: City, row: shapes.ParticipantStory, recruitment: Recruitment) -> None:
    language, at = recruitment.language, at_noon(row.begun)
    asked = [
        actions.Asking(
            one.question.words[language],
            one.choices.words[language],
            one.qualifying,
            one.unfit.words[language],
        )
        for one in row.questions
    ]
    actions.set_questions(recruitment=recruitment, questions=asked, by=city.by, at=at)
    for one, stored in zip(row.questions, queries.questions_of(recruitment), strict=True):
        texts = {"question": one.question, "choices": one.choices, "unfit_words": one.unfit}
        add_translations(stored, texts, city.by, at)


def _consent(city: City, row: shapes.ParticipantStory, recruitment: Recruitment) -> None:
    at, said = at_noon(row.begun), row.consent
    version = actions.draft_consent(
        recruitment=recruitment,
        legal_basis=said.legal_basis,
        on_withdrawal=said.on_withdrawal,
        retention_days=said.retention_days,
        by=city.by,
        at=at,
    )
    for language in said.purpose.words:
        words = {name: getattr(said, name).words[language] for name in CONSENT}
        actions.write_consent_text(
            consent=version, language=language, words=words, by=city.by, at=at
        )
    actions.publish_consent(consent=version, by=city.by, at=at)


def _survey(city: City, row: shapes.ParticipantStory, recruitment: Recruitment) -> Survey:
    at, language, said = at_noon(row.begun), recruitment.language, row.survey
    survey = actions.write_survey(
        recruitment=recruitment,
        moment=Survey.Moment.BEFORE,
        language=language,
        title=said.title.words[language],
        intro=said.intro.words[language],
        reminder_days=7,
        items=[_draft(one, language) for one in said.items],
        is_demo=row.demo,
        by=city.by,
        at=at,
    )
    add_translations(survey, {"title": said.title, "intro": said.intro}, city.by, at)
    for one, stored in zip(said.items, queries.items_of(survey), strict=True):
        texts = {"text": one.text, "choices": one.choices, "least_words": one.least,
                 "most_words": one.most}  # fmt: skip
        told = {name: text for name, text in texts.items() if text.words[language] != NONE}
        add_translations(stored, told, city.by, at)
    actions.open_survey(survey=survey, by=city.by, at=at_noon(row.opened))
    return survey


def _draft(one: shapes.Item, language: str) -> actions.Draft:
    words = {
        "text": one.text,
        "choices": one.choices,
        "least_words": one.least,
        "most_words": one.most,
    }
    said = {name: text.words[language] for name, text in words.items()}
    told: dict[str, Any] = {name: "" if text == NONE else text for name, text in said.items()}
    return actions.Draft(kind=one.kind, scale=one.scale, is_reversed=one.reversed, **told)


def _join(
    row: shapes.ParticipantStory, recruitment: Recruitment, text: ConsentText, n: int
) -> Participant:
    """One more invented neighbour; invented people get no letters."""
    return actions.join(
        recruitment=recruitment,
        comer=actions.Comer("fi", user=storyteller(f"Kävelijä {n + 1}", "fi")),
        text=text,
        digest=text.digest,
        is_demo=True,
        at=at_noon(row.opened) + timedelta(days=n),
    )


def _answer(
    row: shapes.ParticipantStory,
    survey: Survey,
    participant: Participant,
    numbers: tuple[int, ...],
    n: int,
) -> None:
    items = queries.items_of(survey)
    answers = {str(item.pk): value for item, value in zip(items, numbers, strict=False)}
    actions.save_answers(
        survey=survey,
        participant=participant,
        answers=answers,
        is_sent=True,
        at=at_noon(row.opened) + timedelta(days=n + 1),
    )


def _words(texts: dict[str, Any], language: str) -> dict[str, Any]:
    return {name: text.words[language] for name, text in texts.items()}
