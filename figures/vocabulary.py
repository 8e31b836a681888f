"""The words the project uses: what is counted, of whom, how, and how sure.

Every word here is the same in the CSV files, in the code and on screen. The meaning of each is
written beside it, once: the code book and the glossary are made from these sentences.
"""

from enum import StrEnum


class Word(StrEnum):
    """A word of the vocabulary together with its meaning."""

    meaning: str

    def __new__(cls, value: str, meaning: str = "") -> "Word":
        """Make the word; ``meaning`` is one plain sentence for the reader."""
        word = str.__new__(cls, value)
        word._value_ = value
        word.meaning = meaning
        return word


class Measure(Word):
    """What is counted."""

    KILLED = "killed", "People who died, in the fighting or because of it."
    INJURED = "injured", "People wounded."
    MISSING = "missing", "People whose fate is not known."
    CAPTURED = "captured", "People held by the other side."
    DISPLACED = "displaced", "People driven from home, wherever they stay."
    EVACUATED = "evacuated", "People moved, or told to move, by the authorities."
    SHELTERED = "sheltered", "People staying in a centre or camp."
    RETURNED = "returned", "People who went back."
    AFFECTED = "affected", "People touched by the crisis in any way the source counts."
    CASUALTIES = "casualties", "Killed and injured together; never deaths alone."


class Population(Word):
    """Who is counted. A crisis may add words of its own."""

    ALL = "all", "Everybody."
    CIVILIAN = "civilian", "People who are not soldiers."
    MILITARY = "military", "Soldiers and other members of armed forces."
    MEN = "men", "Adult men."
    WOMEN = "women", "Adult women."
    BOYS = "boys", "Boys under 18."
    GIRLS = "girls", "Girls under 18."
    CHILDREN = "children", "Everybody under 18."
    ADULTS = "adults", "Everybody of 18 and over."
    CHILDREN_UNKNOWN = "children_unknown", "Children whose sex is not known."
    ADULTS_UNKNOWN = "adults_unknown", "Adults whose sex is not known."
    MIGRANT_WORKERS = "migrant_workers", "People working outside their own country."
    PRISONERS = "prisoners", "People taken prisoner."


class Cause(Word):
    """What people died or were hurt of."""

    ALL = "all", "Direct and indirect together."
    DIRECT = "direct", "By the fighting itself."
    INDIRECT = "indirect", "Because of the crisis, not by the fighting itself."


class Counting(Word):
    """How a number counts."""

    CUMULATIVE = "cumulative", "A running total since a stated day."
    STOCK = "stock", "How many there were on that day."
    FLOW = "flow", "How many within a period, from `since` to `as_of`."


class Basis(Word):
    """Whether the report prints the as-of day."""

    STATED = "stated", "The report prints the day, or a weekday that fixes it."
    DEDUCED = "deduced", "The report does not print the day; it was worked out."


class Quantifier(Word):
    """How a number is meant."""

    EXACT = "exact", "The number itself."
    AT_LEAST = "at_least", "The number or more."
    MORE_THAN = "more_than", "More than the number."
    AT_MOST = "at_most", "The number or fewer."
    LESS_THAN = "less_than", "Fewer than the number."
    ABOUT = "about", "Near the number: within a tenth of it."
    NEARLY = "nearly", "Just below the number: within a tenth of it."
    RANGE = "range", "Between two numbers, both possible."


class Unit(Word):
    """What one of the number is."""

    PERSON = "person", "One person."
    HOUSEHOLD = "household", "One household or family; never turned into people."


class Status(Word):
    """What became of the figure."""

    CONFIRMED = "confirmed", "Put out as a fact by its source."
    UNCONFIRMED = "unconfirmed", "Put out as a claim or first report."
    WITHDRAWN = "withdrawn", "Taken back by its source; never shown as in force."


class Kind(Word):
    """What kind of body a source is, in the order of choice between equally new figures."""

    UN = "un", "A body of the United Nations."
    INTERGOVERNMENTAL = "intergovernmental", "A body of several states."
    RED_CROSS = "red_cross", "The Red Cross and Red Crescent movement."
    GOVERNMENT = "government", "A ministry or another public authority."
    MILITARY = "military", "Armed forces."
    NGO = "ngo", "A non-governmental organisation."
    RESEARCH = "research", "A university, institute or encyclopaedia."
    MEDIA = "media", "A news outlet or agency."


# Which kinds win when two figures are equally new: the un and intergovernmental bodies first.
KIND_RANK = {
    Kind.UN: 0,
    Kind.INTERGOVERNMENTAL: 0,
    Kind.RED_CROSS: 1,
    Kind.GOVERNMENT: 2,
    Kind.MILITARY: 2,
    Kind.NGO: 3,
    Kind.RESEARCH: 4,
    Kind.MEDIA: 5,
}


class Rule(Word):
    """How the shown figure is chosen among rivals."""

    LATEST = "latest", "The figure with the newest as-of day."
    PRIORITY = "priority", "The source that stands first in sources.csv."
    MEDIAN = "median", "The middle figure (the lower of two); never an average."
    HIGHEST = "highest", "The largest figure."
    LOWEST = "lowest", "The smallest figure."


class Verdict(Word):
    """What the independent sources of a series say together."""

    NONE = "none", "Nobody has a figure that is recent enough."
    SINGLE = "single", "One source alone; nobody else has a recent figure."
    AGREE = "agree", "Several independent sources, and their numbers can all be true."
    CLOSE = "close", "They differ, by 5 % at most."
    CONFLICT = "conflict", "They differ by more than 5 %."


class IdentityKind(Word):
    """How parts relate to a total."""

    PARTITION = "partition", "The parts together are exactly the total."
    PART = "part", "Each part is included in the total."


class Severity(Word):
    """How hard a rule of addition binds."""

    STRICT = "strict", "Arithmetic forces it."
    EXPECTED = "expected", "Usual, but the words are used loosely."


# ISO 3166-1 alpha-3, and XKX, which agencies use for Kosovo.
COUNTRIES = frozenset(
    """
    ABW AFG AGO AIA ALA ALB AND ARE ARG ARM ASM ATA ATF ATG AUS AUT AZE BDI BEL BEN BES BFA BGD BGR
    BHR BHS BIH BLM BLR BLZ BMU BOL BRA BRB BRN BTN BVT BWA CAF CAN CCK CHE CHL CHN CIV CMR COD COG
    COK COL COM CPV CRI CUB CUW CXR CYM CYP CZE DEU DJI DMA DNK DOM DZA ECU EGY ERI ESH ESP EST ETH
    FIN FJI FLK FRA FRO FSM GAB GBR GEO GGY GHA GIB GIN GLP GMB GNB GNQ GRC GRD GRL GTM GUF GUM GUY
    HKG HMD HND HRV HTI HUN IDN IMN IND IOT IRL IRN IRQ ISL ISR ITA JAM JEY JOR JPN KAZ KEN KGZ KHM
    KIR KNA KOR KWT LAO LBN LBR LBY LCA LIE LKA LSO LTU LUX LVA MAC MAF MAR MCO MDA MDG MDV MEX MHL
    MKD MLI MLT MMR MNE MNG MNP MOZ MRT MSR MTQ MUS MWI MYS MYT NAM NCL NER NFK NGA NIC NIU NLD NOR
    NPL NRU NZL OMN PAK PAN PCN PER PHL PLW PNG POL PRI PRK PRT PRY PSE PYF QAT REU ROU RUS RWA SAU
    SDN SEN SGP SGS SHN SJM SLB SLE SLV SMR SOM SPM SRB SSD STP SUR SVK SVN SWE SWZ SXM SYC SYR TCA
    TCD TGO THA TJK TKL TKM TLS TON TTO TUN TUR TUV TWN TZA UGA UKR UMI URY USA UZB VAT VCT VEN VGB
    VIR VNM VUT WLF WSM XKX YEM ZAF ZMB ZWE
    """.split()
)

# The columns of a figure whose cells are words of the vocabulary.
WORDS: dict[str, type[Word]] = {
    "measure": Measure,
    "population": Population,
    "cause": Cause,
    "counting": Counting,
    "as_of_basis": Basis,
    "quantifier": Quantifier,
    "unit": Unit,
    "status": Status,
}

# The columns that make a series: only figures that share all of them answer the same question.
SERIES = (
    "crisis",
    "country",
    "admin1",
    "measure",
    "population",
    "cause",
    "counting",
    "since",
    "unit",
    "scope",
)
