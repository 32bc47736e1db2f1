from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.recipes.shapes import Ask, Recipe, Span

JOINT = Recipe(
    kind="joint",
    purpose=_(
        "Several cities ask together, as Helsinki, Espoo and Vantaa do in HEVinnovations. Every partner city sees all "
        "ideas, and each decides its own share of the money."
    ),
    title={
        "en": "Joint call of the cities",
        "fi": "Kaupunkien yhteinen haku",
        "sv": "Städernas gemensamma utlysning",
    },
    summary={
        "en": "Projects that benefit the whole region. You apply once; each city decides its own share.",
        "fi": "Hankkeita, joista on hyötyä koko seudulle. Haet kerran; kukin kaupunki päättää omasta osuudestaan.",
        "sv": "Projekt som gagnar hela regionen. Du ansöker en gång; varje stad beslutar om sin egen andel.",
    },
    need={
        "en": "We look for projects in smart and sustainable city solutions, learning environments and digital learning, and the growth of ecosystems, which no city could do as well alone.",
        "fi": "Etsimme älykkäiden ja kestävien kaupunkiratkaisujen, oppimisympäristöjen ja digitaalisen oppimisen sekä ekosysteemien kehittämisen hankkeita, joita mikään kaupunki ei tekisi yhtä hyvin yksin.",
        "sv": "Vi söker projekt inom smarta och hållbara stadslösningar, lärmiljöer och digitalt lärande samt utveckling av ekosystem, som ingen stad skulle göra lika väl ensam.",
    },
    offer={
        "en": "Money from each city that takes part, help from the application to the project's own page, and one answer.",
        "fi": "Rahaa jokaiselta osallistuvalta kaupungilta, tukea hakemuksesta hankkeen sivuille asti ja yksi vastaus.",
        "sv": "Pengar från varje stad som deltar, stöd från ansökan till projektets egen sida och ett svar.",
    },
    entrants="companies",
    is_joint=True,
    phases=(Span("entry", 0, 42), Span("review", 42, 77), Span("decision", 77, 98)),
    answers_after_days=98,
    categories={
        "city-solutions": {
            "en": "Smart and sustainable city solutions",
            "fi": "Älykkäät ja kestävät kaupunkiratkaisut",
            "sv": "Smarta och hållbara stadslösningar",
        },
        "learning": {
            "en": "Learning environments and digital learning",
            "fi": "Oppimisympäristöt ja digitaalinen oppiminen",
            "sv": "Lärmiljöer och digitalt lärande",
        },
        "ecosystems": {
            "en": "Growth of ecosystems",
            "fi": "Ekosysteemien kehittäminen",
            "sv": "Utveckling av ekosystem",
        },
    },
    questions=(
        Ask(
            "money",
            {
                "en": "What do you ask of the cities together?",
                "fi": "Mitä haette kaupungeilta yhteensä?",
                "sv": "Vad ansöker ni om av städerna sammanlagt?",
            },
            low=1,
        ),
        Ask(
            "months",
            {
                "en": "How long is the project?",
                "fi": "Kuinka pitkä hanke on?",
                "sv": "Hur långt är projektet?",
            },
            low=1,
            high=36,
        ),
        Ask(
            "long",
            {
                "en": "What does each city gain?",
                "fi": "Mitä kukin kaupunki hyötyy?",
                "sv": "Vad vinner varje stad?",
            },
        ),
        Ask(
            "long",
            {
                "en": "How is the work divided between the partners?",
                "fi": "Miten työ jaetaan kumppanien kesken?",
                "sv": "Hur fördelas arbetet mellan parterna?",
            },
        ),
    ),
)
