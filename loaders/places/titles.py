"""Titles of states, told apart from their names: "Königreich Belgien" gives "Belgien".

English needs none: its official names are all listed. "State of" is no title here, since federal
states bear it too: "Estado de México" is a part of Mexico.
"""

import re

_BEFORE = (
    # French, Spanish, Portuguese, Italian
    r"(?:république|royaume|principauté|sultanat|rép\.)"
    r"(?: (?:islamique|populaire|fédérale|coopérative|socialiste))*"
    r" (?:de la |de l['’]|des |du |de |d['’])",
    r"(?:república|reino|principado|sultanato|repubblica|regno|principato)"
    r"(?: (?:islâmica|islámica|islamica|popular|federal|cooperativa|federale|popolare))*"
    r" (?:de la |de los |de las |del |della |delle |dei |dell['’]|de |da |do |dos |das |di |d['’])",
    # German, Dutch
    r"(?:(?:islamische|föderative) )?(?:republik|königreich|fürstentum|sultanat|volksrepublik)"
    r" (?:der |des )?",
    r"(?:republiek|koninkrijk) (?:der |van )?",
    # Russian, Indonesian, Vietnamese
    r"(?:(?:исламская|народная|федеративная|кооперативная) )*"
    r"(?:республика|королевство|княжество|султанат) ",
    r"(?:republik|kerajaan|kesultanan)(?: (?:islam|rakyat|federal))* ",
    r"(?:nước )?(?:cộng h[òo][aà]|vương quốc)(?: (?:hồi giáo|nhân dân|liên bang))* ",
    # Thai, Khmer, Arabic
    r"(?:สหพันธ์)?(?:สาธารณรัฐ|ราชอาณาจักร|ราชรัฐ)(?:อิสลาม|ประชาชน)?",
    r"(?:សាធារណរដ្ឋ|ព្រះរាជាណាចក្រ|រាជាណាចក្រ)(?:អ៊ីស្លាម)?",
    r"(?:جمهورية|مملكة|دولة|سلطنة|إمارة) ",
)
_AFTER = (
    r"(?:伊斯兰|联邦|人民|伊斯蘭|聯邦)*(?:共和国|共和國|王国|王國|公国|公國)",
    r"・?(?:イスラム|連邦|人民)?(?:共和国|王国|公国)",
)
_TITLED = re.compile(rf"(?:{'|'.join(_BEFORE)})(.+)|(.+?)(?:{'|'.join(_AFTER)})", re.I)

# Where the title tells two states apart, present or former, only listed names are matched.
TITLE_MATTERS = frozenset({"CHN", "TWN", "KOR", "PRK", "COD", "COG", "VNM", "DEU", "YEM"})


def without_title(text: str) -> str:
    """Return the name after or before a title, "" where a text has none."""
    match = _TITLED.fullmatch(" ".join(text.split()))
    return (match[1] or match[2]) if match else ""
