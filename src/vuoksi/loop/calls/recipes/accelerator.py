from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.recipes.shapes import Ask, Recipe, Span

ACCELERATOR = Recipe(
    kind="accelerator",
    purpose=_(
        "Founders and teams apply to a programme with a fixed number of places. Applications are sealed and scored by a "
        "panel."
    ),
    title={
        "en": "Apply to the accelerator",
        "fi": "Hae kiihdyttämöön",
        "sv": "Ansök till acceleratorn",
    },
    summary={
        "en": "Founders and teams at an early stage: apply for a place in the programme.",
        "fi": "Varhaisen vaiheen perustajat ja tiimit: hakekaa paikkaa ohjelmaan.",
        "sv": "Grundare och team i ett tidigt skede: ansök om en plats i programmet.",
    },
    need={
        "en": "We look for teams that solve a real need of residents, companies or the city and want to test it soon.",
        "fi": "Etsimme tiimejä, jotka ratkaisevat asukkaiden, yritysten tai kaupungin todellisen tarpeen ja haluavat kokeilla pian.",
        "sv": "Vi söker team som löser ett verkligt behov hos invånare, företag eller staden och vill pröva snart.",
    },
    offer={
        "en": "Coaching, first users, a testbed in the city and meetings with investors. We take no share of the company.",
        "fi": "Valmennusta, ensimmäisiä käyttäjiä, kokeilualusta kaupungissa ja sijoittajatapaamisia. Emme ota osuutta yrityksestä.",
        "sv": "Coachning, de första användarna, en testmiljö i staden och möten med investerare. Vi tar ingen andel av företaget.",
    },
    entrants="signed_in",
    is_sealed=True,
    phases=(Span("entry", 0, 35), Span("review", 35, 56), Span("decision", 56, 63)),
    answers_after_days=63,
    questions=(
        Ask(
            "long",
            {
                "en": "Whose problem do you solve?",
                "fi": "Kenen ongelman ratkaisette?",
                "sv": "Vems problem löser ni?",
            },
        ),
        Ask(
            "long",
            {
                "en": "Who is in the team, and who does what?",
                "fi": "Keitä tiimissä on, ja kuka tekee mitä?",
                "sv": "Vilka är i teamet, och vem gör vad?",
            },
        ),
        Ask(
            "choice",
            {
                "en": "How far are you?",
                "fi": "Kuinka pitkällä olette?",
                "sv": "Hur långt har ni kommit?",
            },
            choices={
                "en": "an idea\na prototype\nfirst users\nfirst sales",
                "fi": "idea\nprototyyppi\nensimmäiset käyttäjät\nensimmäiset kaupat",
                "sv": "en idé\nen prototyp\nde första användarna\nden första försäljningen",
            },
        ),
        Ask(
            "money",
            {
                "en": "How much money have you raised so far?",
                "fi": "Kuinka paljon rahoitusta olette saaneet?",
                "sv": "Hur mycket finansiering har ni fått?",
            },
            is_required=False,
            low=0,
        ),
        Ask(
            "file",
            {
                "en": "Your presentation to investors",
                "fi": "Esityksenne sijoittajille",
                "sv": "Er presentation för investerare",
            },
            {
                "en": "At most ten pages.",
                "fi": "Enintään kymmenen sivua.",
                "sv": "Högst tio sidor.",
            },
            is_required=False,
            file_kinds="pdf",
        ),
    ),
)
