from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.recipes.shapes import Ask, Recipe, Span

CHALLENGE = Recipe(
    kind="challenge",
    purpose=_(
        "A unit has a problem and asks for solutions. A panel of experts scores what comes; the unit tries the best."
    ),
    title={
        "en": "How could we solve this?",
        "fi": "Miten voisimme ratkaista tämän?",
        "sv": "Hur kunde vi lösa detta?",
    },
    summary={
        "en": "A unit of the city describes its problem and asks for solutions that can be tried with its users.",
        "fi": "Kaupungin yksikkö kuvaa ongelmansa ja pyytää ratkaisuja, joita voi kokeilla sen käyttäjien kanssa.",
        "sv": "En enhet i staden beskriver sitt problem och ber om lösningar som kan prövas med dess användare.",
    },
    need={
        "en": "What happens now, to whom and how often? What has been tried? How will we know that it is solved?",
        "fi": "Mitä nyt tapahtuu, kenelle ja kuinka usein? Mitä on jo kokeiltu? Mistä tiedämme, että ongelma on ratkennut?",
        "sv": "Vad händer nu, för vem och hur ofta? Vad har redan prövats? Hur vet vi att problemet är löst?",
    },
    offer={
        "en": "The unit's people, premises and data for a trial, and an answer to everybody who takes part.",
        "fi": "Yksikön väkeä, tiloja ja tietoa kokeiluun sekä vastaus kaikille osallistujille.",
        "sv": "Enhetens personal, lokaler och data för ett försök samt ett svar till alla som deltar.",
    },
    entrants="anybody",
    phases=(Span("entry", 0, 42), Span("review", 42, 70), Span("decision", 70, 84)),
    answers_after_days=84,
    questions=(
        Ask(
            "long",
            {
                "en": "How does your solution work for the one who uses it?",
                "fi": "Miten ratkaisusi toimii käyttäjän kannalta?",
                "sv": "Hur fungerar din lösning för den som använder den?",
            },
        ),
        Ask(
            "long",
            {
                "en": "What do you need from the city to try it?",
                "fi": "Mitä tarvitset kaupungilta kokeiluun?",
                "sv": "Vad behöver du av staden för ett försök?",
            },
        ),
        Ask(
            "money",
            {
                "en": "What would a trial cost?",
                "fi": "Mitä kokeilu maksaisi?",
                "sv": "Vad skulle ett försök kosta?",
            },
            is_required=False,
            low=0,
        ),
    ),
)
