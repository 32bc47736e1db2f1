from django.utils.translation import gettext_lazy as _

from vuoksi.loop.calls.recipes.shapes import Ask, Recipe, Span

IDEAS = Recipe(
    kind="ideas",
    purpose=_(
        "Anybody may say what would make the city better, all year round. Ideas are public at once, can be supported "
        "and discussed, and each gets an answer."
    ),
    title={
        "en": "What would make our city better?",
        "fi": "Mikä tekisi kaupungistamme paremman?",
        "sv": "Vad skulle göra vår stad bättre?",
    },
    summary={
        "en": "Tell us your idea, small or large. Everybody can read and support it, and you get an answer.",
        "fi": "Kerro ideasi, oli se pieni tai suuri. Kaikki voivat lukea ja kannattaa sitä, ja saat vastauksen.",
        "sv": "Berätta om din idé, liten eller stor. Alla kan läsa och stödja den, och du får ett svar.",
    },
    need={
        "en": "You see every day what works and what does not. Tell what should change, for whom, and why.",
        "fi": "Näet joka päivä, mikä toimii ja mikä ei. Kerro, mikä pitäisi muuttaa, kenelle ja miksi.",
        "sv": "Du ser varje dag vad som fungerar och vad som inte gör det. Berätta vad som bör ändras, för vem och varför.",
    },
    offer={
        "en": "The unit in charge answers every idea and says why. Good ideas can become experiments.",
        "fi": "Vastuullinen yksikkö vastaa jokaiseen ideaan ja perustelee vastauksensa. Hyvästä ideasta voi tulla kokeilu.",
        "sv": "Den ansvariga enheten svarar på varje idé och motiverar sitt svar. En bra idé kan bli ett försök.",
    },
    entrants="anybody",
    phases=(Span("entry", 0, 364), Span("discussion", 0, 364), Span("decision", 0, 392)),
    answers_after_days=392,
    questions=(
        Ask(
            "short",
            {
                "en": "Where in the city?",
                "fi": "Missä päin kaupunkia?",
                "sv": "Var i staden?",
            },
            is_required=False,
            max_length=200,
        ),
    ),
)
