from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.recipes.shapes import Ask, Recipe, Span

# Of the call of 2019 of the City of Espoo: experiments of 3 to 9 months with 8,000 to 30,000 euros each.
EXPERIMENTS = Recipe(
    kind="experiments",
    purpose=_(
        "Companies and others try a digital service with residents and staff for some months, with money from the city. "
        "The form asks for the sum and the length within limits, and what every experiment must answer."
    ),
    title={
        "en": "Call for digital experiments",
        "fi": "Digikokeilujen haku",
        "sv": "Utlysning av digitala försök",
    },
    summary={
        "en": "Try your digital service with residents and staff for 3 to 9 months. We pay 8,000 to 30,000 euros.",
        "fi": "Kokeile digipalveluasi asukkaiden ja henkilöstön kanssa 3–9 kuukautta. Maksamme 8 000–30 000 euroa.",
        "sv": "Pröva din digitala tjänst med invånare och personal i 3–9 månader. Vi betalar 8 000–30 000 euro.",
    },
    need={
        "en": "Every experiment must answer: who uses it, does it fit the services, and what are the benefits? After it we plan procurement, or stop.",
        "fi": "Jokaisen kokeilun on vastattava: kuka käyttää palvelua, sopiiko se kaupungin palveluihin ja mitä hyötyä siitä on? Sen jälkeen suunnittelemme hankinnan tai lopetamme.",
        "sv": "Varje försök ska svara på: vem använder tjänsten, passar den i stadens tjänster och vilken är nyttan? Därefter planerar vi en upphandling eller slutar.",
    },
    offer={
        "en": "Money, a unit that tries it with you, a place and users, and help with data protection.",
        "fi": "Rahaa, yksikkö joka kokeilee kanssasi, paikka ja käyttäjiä sekä apua tietosuojassa.",
        "sv": "Pengar, en enhet som prövar med dig, en plats och användare samt hjälp med dataskydd.",
    },
    entrants="companies",
    is_sealed=True,
    phases=(Span("entry", 0, 35), Span("review", 35, 63), Span("decision", 63, 77)),
    answers_after_days=77,
    questions=(
        Ask(
            "money",
            {
                "en": "What does the experiment cost the city?",
                "fi": "Mitä kokeilu maksaa kaupungille?",
                "sv": "Vad kostar försöket staden?",
            },
            {
                "en": "All of it, without VAT.",
                "fi": "Kaikkineen, ilman arvonlisäveroa.",
                "sv": "I sin helhet, utan moms.",
            },
            low=8_000,
            high=30_000,
        ),
        Ask(
            "months",
            {
                "en": "How long does it take?",
                "fi": "Kuinka kauan se kestää?",
                "sv": "Hur länge tar det?",
            },
            low=3,
            high=9,
        ),
        Ask(
            "long",
            {
                "en": "Who uses it, and how many?",
                "fi": "Kuka sitä käyttää, ja kuinka moni?",
                "sv": "Vem använder den, och hur många?",
            },
        ),
        Ask(
            "long",
            {
                "en": "Which service of the city does it fit, and what changes there?",
                "fi": "Mihin kaupungin palveluun se sopii, ja mikä siinä muuttuu?",
                "sv": "I vilken av stadens tjänster passar den, och vad ändras där?",
            },
        ),
        Ask(
            "long",
            {
                "en": "What is the benefit, and how will you measure it?",
                "fi": "Mikä on hyöty, ja miten mittaatte sen?",
                "sv": "Vilken är nyttan, och hur mäter ni den?",
            },
        ),
        Ask(
            "choice",
            {"en": "How ready is it?", "fi": "Kuinka valmis se on?", "sv": "Hur färdig är den?"},
            choices={
                "en": "an idea\na prototype\nin use elsewhere",
                "fi": "idea\nprototyyppi\nkäytössä muualla",
                "sv": "en idé\nen prototyp\ni bruk annanstans",
            },
        ),
        Ask(
            "file",
            {
                "en": "The sum, item by item",
                "fi": "Summa eriteltynä",
                "sv": "Summan post för post",
            },
            {
                "en": "A table, if you have one.",
                "fi": "Taulukko, jos teillä on sellainen.",
                "sv": "En tabell, om ni har en.",
            },
            is_required=False,
            file_kinds="tables",
        ),
    ),
)
