from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.recipes.shapes import Ask, Recipe, Span

IN_USE = {
    "en": "Innovations in use",
    "fi": "Käytössä olevat innovaatiot",
    "sv": "Innovationer i bruk",
}
POTENTIAL = {
    "en": "Potential innovations",
    "fi": "Potentiaaliset innovaatiot",
    "sv": "Potentiella innovationer",
}

COMPETITION = Recipe(
    kind="competition",
    purpose=_(
        "The Mayor’s Innovation Competition: innovations in use with proof, and ideas with promise. Entries are sealed; "
        "an expert panel scores every form, then the city’s jury ranks the finalists by the strategy. The panels and "
        "their criteria come with it."
    ),
    title={
        "en": "Mayor’s Innovation Competition",
        "fi": "Kaupunginjohtajan innovaatiokilpailu",
        "sv": "Stadsdirektörens innovationstävling",
    },
    summary={
        "en": "Enter what you have renewed in the city's services, or an idea that could. Staff, teams, networks and companies.",
        "fi": "Ilmoita kilpailuun uudistus, jonka olette tehneet kaupungin palveluissa, tai lupaava idea. Henkilöstö, tiimit, verkostot ja yritykset.",
        "sv": "Anmäl en förnyelse som ni gjort i stadens tjänster, eller en lovande idé. Personal, team, nätverk och företag.",
    },
    need={
        "en": "We look for innovations that make life better for residents and customers and that others can take up. In the first category they are in use and their results are shown; in the second they are ideas.",
        "fi": "Etsimme innovaatioita, jotka parantavat asukkaiden ja asiakkaiden arkea ja jotka muutkin voivat ottaa käyttöön. Ensimmäisessä sarjassa ne ovat käytössä ja tulokset on osoitettu, toisessa ne ovat ideoita.",
        "sv": "Vi söker innovationer som gör vardagen bättre för invånare och kunder och som andra kan ta i bruk. I den första klassen är de i bruk och resultaten är påvisade, i den andra är de idéer.",
    },
    offer={
        "en": "A prize in each category, feedback from the panel to everybody who enters, and help to spread what wins.",
        "fi": "Palkinto kummassakin sarjassa, paneelin palaute kaikille osallistujille ja apua voittajien levittämiseen.",
        "sv": "Ett pris i vardera klassen, återkoppling från panelen till alla deltagare och hjälp att sprida det som vinner.",
    },
    entrants="signed_in",
    is_sealed=True,
    phases=(Span("entry", 0, 44), Span("review", 44, 100), Span("decision", 100, 121)),
    answers_after_days=121,
    categories={"in-use": IN_USE, "potential": POTENTIAL},
    questions=(
        Ask(
            "long",
            {
                "en": "What is new in it, and compared with what?",
                "fi": "Mikä siinä on uutta, ja mihin verrattuna?",
                "sv": "Vad är nytt i den, och jämfört med vad?",
            },
        ),
        Ask(
            "long",
            {
                "en": "For whom is it better, and how do they take part?",
                "fi": "Kenelle siitä on hyötyä, ja miten he ovat mukana?",
                "sv": "För vem är den bättre, och hur är de med?",
            },
        ),
        Ask(
            "long",
            {
                "en": "What results does it have, or what results do you expect?",
                "fi": "Mitä tuloksia sillä on, tai mitä tuloksia odotatte?",
                "sv": "Vilka resultat har den, eller vilka väntar ni er?",
            },
            {
                "en": "Figures before and after, with how they were measured. For an idea: how you would find out.",
                "fi": "Luvut ennen ja jälkeen ja miten ne on mitattu. Ideasta: miten selvittäisitte asian.",
                "sv": "Siffror före och efter och hur de mättes. För en idé: hur ni skulle ta reda på saken.",
            },
        ),
        Ask(
            "long",
            {
                "en": "Which goal of the city's strategy does it serve, and how?",
                "fi": "Mitä kaupungin strategian tavoitetta se palvelee, ja miten?",
                "sv": "Vilket mål i stadens strategi tjänar den, och hur?",
            },
        ),
        Ask(
            "short",
            {
                "en": "Since when is it in use?",
                "fi": "Mistä lähtien se on ollut käytössä?",
                "sv": "Sedan när är den i bruk?",
            },
            {
                "en": "For innovations in use.",
                "fi": "Käytössä oleville innovaatioille.",
                "sv": "För innovationer i bruk.",
            },
            is_required=False,
            max_length=200,
        ),
    ),
)
