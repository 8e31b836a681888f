"""What Natural Earth's own codes stand for, decided one by one, and spellings it does not know."""

# Its code, its code and unit, its code and alpha-2, or its code and province: the ISO alpha-3.
# "-" is land drawn pale and nameless, which no figure can be for.
CODES = {
    "ALD": "ALA",
    "ATC": "AUS",
    "CLP": "-",
    "CYN": "CYP",
    "ESB": "-",
    "FRA/GLP": "GLP",
    "FRA/GUF": "GUF",
    "FRA/MTQ": "MTQ",
    "FRA/MYT": "MYT",
    "FRA/REU": "REU",
    "IOA/Christmas Island": "CXR",
    "IOA/Cocos (Keeling) Islands": "CCK",
    "KAB": "KAZ",
    "KAS": "-",
    "KOS": "XKX",
    "NLD/Bonaire": "BES",
    "NLD/Saba": "BES",
    "NLD/St. Eustatius": "BES",
    "NOR/BVT": "BVT",
    "NOR/NSV": "SJM",
    "NOR/NJM": "SJM",
    "NZL/TK": "TKL",
    "PGA": "-",
    "PSX": "PSE",
    # United Nations General Assembly resolution 68/262.
    "RUS/Crimea": "UKR",
    "RUS/Sevastopol": "UKR",
    "SAH": "ESH",
    "SDS": "SSD",
    "SOL": "SOM",
    "USG": "CUB",
    "WSB": "-",
}

# Countries on both sides of the antimeridian, kept in one piece.
WHOLE = frozenset({"FJI", "RUS"})

# Land whose parts are no provinces.
PARTS = frozenset({"-"})
NOT_SHOWN = frozenset({"CYP/Northern Cyprus", "CUB/Guantanamo Bay USNB"})

# Spellings of today for names of the source, joined by |.
ALSO = {
    "KHM/Kâmpóng Thum": "Kampong Thom",
    "KHM/Rôtânôkiri": "Ratanakiri",
    "PSE/Gaza Strip": "Gaza",
    "UKR/Cherkasy": "Cherkaska",
    "UKR/Crimea": "Autonomous Republic of Crimea|AR Crimea",
    "UKR/Dnipropetrovs'k": "Dnipro",
    "UKR/Khmel'nyts'kyy": "Khmelnytskyi",
    "UKR/Kiev": "Kyiv|Kyivska|Kyiv Oblast",
    "UKR/Kiev City": "Kyiv City|City of Kyiv",
    "UKR/Mykolayiv": "Mykolaiv",
    "UKR/Odessa": "Odesa",
    "UKR/Transcarpathia": "Zakarpattia",
    "UKR/Vinnytsya": "Vinnytsia",
    "UKR/Zaporizhzhya": "Zaporizhzhia",
}

# What has no shape in this edition, and why.
WITHOUT = {
    "VAT": "smaller than what the simplified source keeps",
    "KHM/Tboung Khmum": "drawn within Kampong Cham, from which it was parted in 2014",
}
