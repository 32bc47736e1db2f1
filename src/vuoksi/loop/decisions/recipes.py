"""The usual steps of a procurement after an experiment, as data: a coordinator takes, changes or leaves out each.

They follow the Finnish Act on Public Procurement and Concession Contracts (1397/2016) and the directive behind it
(2014/24/EU). `SOURCES` says where each rule can be read. They are a list to begin with and no legal advice: a bill to
change the Act was before Parliament in 2026 (HE 2/2026), so the thresholds are to be looked up on the day.
"""

from collections.abc import Mapping
from dataclasses import dataclass

# A text by language. Each step has all of these.
LANGUAGES = ("en", "fi", "sv")


@dataclass(frozen=True, slots=True)
class Step:
    """What is done, in each language, and how many days after the decision it should be."""

    key: str
    after_days: int
    title: Mapping[str, str]
    source: str


# Where the rules stand, by the short name that steps cite them by.
SOURCES = {
    "1397/2016": "https://www.finlex.fi/fi/laki/ajantasa/2016/20161397",
    "2014/24/EU": "https://eur-lex.europa.eu/eli/dir/2014/24/oj",
    "tem.fi": "https://tem.fi/eu-ja-kansalliset-kynnysarvot",
    "hankinnat.fi": "https://www.hankinnat.fi/muut-hankinnat/pienhankinnat",
}

PROCUREMENT = (
    Step(
        "value",
        14,
        {
            "en": "Estimate the value of the whole contract, options included and not split: below 60,000 € (goods and services) it is a small purchase by the city's own rules",
            "fi": "Arvioidaan koko sopimuksen arvo optioineen, pilkkomatta: alle 60 000 € (tavarat ja palvelut) on pienhankinta, jota kaupungin oma ohje koskee",
            "sv": "Värdet av hela avtalet med optioner uppskattas, utan uppdelning: under 60 000 € (varor och tjänster) är det en liten upphandling enligt stadens egna regler",
        },
        "1397/2016, 25 §; tem.fi; hankinnat.fi",
    ),
    Step(
        "market",
        42,
        {
            "en": "Ask the market: tell all suppliers alike what the experiment found, and hear what they can offer",
            "fi": "Tehdään markkinakartoitus: kerrotaan kaikille toimittajille sama tieto kokeilun tuloksista ja kuullaan, mitä on tarjolla",
            "sv": "Marknadsundersökning: alla leverantörer får samma uppgifter om försökets resultat, och staden hör vad de kan erbjuda",
        },
        "2014/24/EU, art. 40",
    ),
    Step(
        "equal",
        49,
        {
            "en": "See that the company of the experiment has no head start: what it knows is given to all who bid",
            "fi": "Varmistetaan, ettei kokeiluun osallistunut yritys saa etua: sen saamat tiedot annetaan kaikille tarjoajille",
            "sv": "Försökets företag får inget försprång: det som företaget vet ges åt alla anbudsgivare",
        },
        "2014/24/EU, art. 41",
    ),
    Step(
        "way",
        56,
        {
            "en": "Choose the procedure and write down why: tender, negotiation, innovation partnership, or a direct award if a ground of the Act is met (having piloted with somebody is none)",
            "fi": "Valitaan menettely perusteluineen: kilpailutus, neuvottelumenettely, innovaatiokumppanuus tai suorahankinta, jos lain peruste täyttyy (yhteinen kokeilu ei ole peruste)",
            "sv": "Förfarandet väljs med motivering: anbud, förhandling, innovationspartnerskap, eller direktupphandling om lagens grund uppfylls (ett gemensamt försök är ingen grund)",
        },
        "2014/24/EU, art. 26–32",
    ),
    Step(
        "research",
        56,
        {
            "en": "If something must still be developed: see whether it is research and development outside the Act, and that what is bought afterwards is tendered by itself",
            "fi": "Jos kehitettävää on vielä: arvioidaan, onko kyse lain ulkopuolisesta tutkimus- ja kehittämispalvelusta; sen jälkeinen hankinta kilpailutetaan erikseen",
            "sv": "Om något ännu ska utvecklas: bedöm om det är forskning och utveckling utanför lagen; det som köps därefter konkurrensutsätts för sig",
        },
        "2014/24/EU, art. 14, 31",
    ),
    Step(
        "notice",
        90,
        {
            "en": "Publish the contract notice in HILMA with requirements and criteria from the evidence; above the EU threshold in the whole EU",
            "fi": "Julkaistaan hankintailmoitus HILMAssa; vaatimukset ja vertailuperusteet kokeilun näytöstä; EU-kynnysarvon ylittyessä koko EU:ssa",
            "sv": "Upphandlingsannonsen publiceras i HILMA med krav och kriterier ur evidensen; över EU:s tröskelvärde i hela EU",
        },
        "1397/2016, 25–26 §; tem.fi",
    ),
    Step(
        "award",
        150,
        {
            "en": "Decide with reasons, tell all who took part how to appeal, wait out the standstill period, and sign",
            "fi": "Tehdään perusteltu hankintapäätös, annetaan se muutoksenhakuohjeineen kaikille osallistuneille, odotetaan odotusaika ja allekirjoitetaan",
            "sv": "Motiverat beslut delges alla som deltog med besvärsanvisning, väntetiden löper ut, och avtalet undertecknas",
        },
        "1397/2016; 2014/24/EU, art. 55",
    ),
    Step(
        "watch",
        240,
        {
            "en": "Measure in use what the experiment measured, and compare",
            "fi": "Mitataan käytössä samaa kuin kokeilussa ja verrataan",
            "sv": "Det som försöket mätte mäts i bruk och jämförs",
        },
        "",
    ),
)
