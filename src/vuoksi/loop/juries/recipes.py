"""The panels that come with a call of some kind: their criteria, with words for every point, in three languages."""

from dataclasses import dataclass, field

from vuoksi.loop.calls.recipes import Text

SCORES, RANKS = "scores", "ranks"


@dataclass(frozen=True, slots=True)
class Judged:
    """A criterion; `anchors` has a line for each point, the lowest first."""

    label: Text
    anchors: Text
    weight: int = 1
    hint: Text | None = None


@dataclass(frozen=True, slots=True)
class Bench:
    """A panel. `days` count from the end of sending; with `each_category` there is one for every category."""

    title: Text
    way: str
    places: int
    days: int
    criteria: tuple[Judged, ...] = ()
    guidance: Text = field(default_factory=lambda: {"en": "", "fi": "", "sv": ""})
    reviews_wanted: int = 3
    each_category: bool = False


NOVELTY = Judged(
    {"en": "Novelty", "fi": "Uutuus", "sv": "Nyhetsvärde"},
    {
        "en": "known and common\na known thing done a little better\nnew in this service\nnew in the city, seen elsewhere\nnot seen anywhere before",
        "fi": "tunnettu ja yleinen\ntunnettu asia hieman paremmin\nuutta tässä palvelussa\nuutta kaupungissa, muualla nähty\nei nähty missään aiemmin",
        "sv": "känt och vanligt\nnågot känt, lite bättre gjort\nnytt i denna tjänst\nnytt i staden, känt på annat håll\ninte sett någonstans förut",
    },
    hint={"en": "Compared with what?", "fi": "Mihin verrattuna?", "sv": "Jämfört med vad?"},
)
CUSTOMERS = Judged(
    {
        "en": "Use to residents and customers",
        "fi": "Hyöty asukkaille ja asiakkaille",
        "sv": "Nytta för invånare och kunder",
    },
    {
        "en": "no use is told\nuse is claimed for few\nuse is plain for some\nuse is plain for many\nuse is plain for many, and they took part in making it",
        "fi": "hyötyä ei kerrota\nhyötyä väitetään harvoille\nhyöty on selvä joillekin\nhyöty on selvä monille\nhyöty on selvä monille, ja he ovat olleet mukana tekemässä",
        "sv": "ingen nytta nämns\nnytta påstås för få\nnyttan är klar för några\nnyttan är klar för många\nnyttan är klar för många, och de har varit med och gjort den",
    },
    weight=2,
)
PROOF = Judged(
    {
        "en": "Proof or promise of results",
        "fi": "Tulosten näyttö tai lupaus",
        "sv": "Belagda eller utlovade resultat",
    },
    {
        "en": "nothing is shown\nopinions alone\nfigures without comparison\nfigures before and after, or a plan to get them\nfigures with a fair comparison, or a plan that would prove it",
        "fi": "mitään ei osoiteta\npelkkiä mielipiteitä\nlukuja ilman vertailua\nluvut ennen ja jälkeen tai suunnitelma niiden saamiseksi\nluvut reilulla vertailulla tai suunnitelma, joka osoittaisi asian",
        "sv": "ingenting visas\nbara åsikter\nsiffror utan jämförelse\nsiffror före och efter, eller en plan för att få dem\nsiffror med en rättvis jämförelse, eller en plan som skulle visa det",
    },
    weight=2,
    hint={
        "en": "In use: what has been shown. Potential: how one would find out.",
        "fi": "Käytössä: mitä on osoitettu. Potentiaalinen: miten asia selvitettäisiin.",
        "sv": "I bruk: vad som har visats. Potentiell: hur man skulle ta reda på det.",
    },
)
SPREAD = Judged(
    {
        "en": "Can others take it up?",
        "fi": "Voivatko muut ottaa sen käyttöön?",
        "sv": "Kan andra ta den i bruk?",
    },
    {
        "en": "tied to one place and person\nhard to repeat\ncould be repeated with work\neasy to repeat\nalready repeated, or made for it",
        "fi": "sidottu yhteen paikkaan ja ihmiseen\nvaikea toistaa\ntoistettavissa työllä\nhelppo toistaa\njo toistettu tai tehty toistettavaksi",
        "sv": "bunden till en plats och person\nsvår att upprepa\nkan upprepas med arbete\nlätt att upprepa\nredan upprepad, eller gjord för det",
    },
)
FIT = Judged(
    {
        "en": "Fit to the need and the service",
        "fi": "Sopivuus tarpeeseen ja palveluun",
        "sv": "Passar behovet och tjänsten",
    },
    {
        "en": "answers another need\nfits in part\nfits the need\nfits the need and the service\nfits both, and the unit is ready",
        "fi": "vastaa toiseen tarpeeseen\nsopii osittain\nsopii tarpeeseen\nsopii tarpeeseen ja palveluun\nsopii molempiin, ja yksikkö on valmis",
        "sv": "svarar på ett annat behov\npassar delvis\npassar behovet\npassar behovet och tjänsten\npassar båda, och enheten är redo",
    },
    weight=2,
)
DOABLE = Judged(
    {
        "en": "Can it be done with these people, money and time?",
        "fi": "Onnistuuko se näillä tekijöillä, rahalla ja ajalla?",
        "sv": "Går det med dessa personer, pengar och denna tid?",
    },
    {
        "en": "no\nunlikely\nperhaps\nlikely\nsurely",
        "fi": "ei\nepätodennäköisesti\nehkä\ntodennäköisesti\nvarmasti",
        "sv": "nej\nknappast\nkanske\ntroligen\nsäkert",
    },
)
STRATEGY: Text = {
    "en": "The experts have judged quality and novelty. Put the finalists in order by the city's strategy: which does most for its goals, for residents and for customers?",
    "fi": "Asiantuntijat ovat arvioineet laadun ja uutuuden. Aseta finalistit järjestykseen kaupungin strategian näkökulmasta: mikä edistää eniten sen tavoitteita, asukkaita ja asiakkaita?",
    "sv": "Experterna har bedömt kvalitet och nyhetsvärde. Ordna finalisterna enligt stadens strategi: vilken gör mest för dess mål, för invånarna och kunderna?",
}
EXPERTS: Text = {"en": "Expert panel", "fi": "Asiantuntijapaneeli", "sv": "Expertpanel"}
CITY_JURY: Text = {"en": "The city’s jury", "fi": "Kaupungin raati", "sv": "Stadens jury"}

BENCHES: dict[str, tuple[Bench, ...]] = {
    "challenge": (Bench(EXPERTS, SCORES, 3, 28, (FIT, CUSTOMERS, NOVELTY, DOABLE)),),
    "competition": (
        Bench(EXPERTS, SCORES, 4, 35, (NOVELTY, CUSTOMERS, PROOF, SPREAD), each_category=True),
        Bench(CITY_JURY, RANKS, 1, 56, guidance=STRATEGY, each_category=True),
    ),
    "experiments": (Bench(EXPERTS, SCORES, 10, 28, (FIT, CUSTOMERS, PROOF, DOABLE)),),
    "joint": (Bench(EXPERTS, SCORES, 7, 35, (CUSTOMERS, SPREAD, PROOF, DOABLE)),),
    "accelerator": (Bench(EXPERTS, SCORES, 10, 21, (NOVELTY, CUSTOMERS, DOABLE)),),
}
