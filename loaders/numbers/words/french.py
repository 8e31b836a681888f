"""French number phrases. Alternatives are separated by a bar; accents do not matter."""

NUMBERS = {
    0: "zéro",
    1: "un|une|un seul|une seule",
    2: "deux|une paire",
    3: "trois",
    4: "quatre",
    5: "cinq",
    6: "six",
    7: "sept",
    8: "huit",
    9: "neuf",
    10: "dix",
    11: "onze",
    12: "douze",
    13: "treize",
    14: "quatorze",
    15: "quinze",
    16: "seize",
    20: "vingt",
    30: "trente",
    40: "quarante",
    50: "cinquante",
    60: "soixante",
    70: "septante",
    80: "quatre-vingt|quatre vingt|quatre-vingts|quatre vingts|octante|huitante",
    90: "nonante",
}
SCALES = {
    100: "cent|cents",
    10**3: "mille|mil",
    10**6: "million",
    10**9: "milliard",
}
PLURALS = {
    10: "dizaines",
    12: "douzaines",
    15: "quinzaines",
    20: "vingtaines",
    30: "trentaines",
    50: "cinquantaines",
    100: "centaines",
    10**3: "milliers",
    10**6: "millions",
    10**9: "milliards",
}
LOOSE = {
    10: "dizaine",
    12: "douzaine",
    15: "quinzaine",
    20: "vingtaine",
    30: "trentaine",
    40: "quarantaine",
    50: "cinquantaine",
    60: "soixantaine",
    100: "centaine",
    10**3: "millier",
}
FRACTIONS = {"1/2": "demi|demie|la moitié", "1/4": "quart|quarts", "1/3": "tiers|un tiers"}
PHRASES = {
    "either at_least": "au moins|au minimum|à tout le moins|minimum|du moins|a minima",
    "before at_least": """pas moins de|pas moins d'|un minimum de|non moins de|minimum de
        |ne sont pas moins de|au bas mot|à partir de|supérieur ou égal à""",
    "after at_least": """ou plus|et plus|voire plus|ou davantage|et au-delà|et au delà
        |au bas mot|ou au-delà|voire davantage""",
    "before more_than": """plus de|plus d'|plus que|au-delà de|au delà de|au-dessus de
        |au dessus de|supérieur à|supérieure à|dépassant|dépasse|dépassent|dépasse les
        |a dépassé|excédant|excède|dépassant les|bien plus de|bien plus d'|au-delà des|+ de
        |+ d'|largement plus de|nettement plus de|dépasser|dépassé|dépassé les|excédant les""",
    "before more_than~": """un peu plus de|un peu plus d'|à peine plus de|à peine plus d'
        |légèrement plus de|légèrement plus d'|légèrement supérieur à|un peu au-dessus de""",
    "before at_most": """jusqu'à|jusqu'au|jusqu'aux|pas plus de|pas plus d'|un maximum de
        |maximum de|ne dépassant pas|ne dépasse pas|n'excédant pas|n'excède pas|sans dépasser
        |inférieur ou égal à|pas au-delà de|ne dépassent pas|allant jusqu'à""",
    "either at_most": "au plus|au maximum|tout au plus|maximum",
    "after at_most": "ou moins|et moins|au grand maximum",
    "before less_than": """moins de|moins d'|en dessous de|au-dessous de|inférieur à
        |inférieure à|en deçà de|sous les|bien moins de|bien moins d'|sous la barre des|- de
        |même pas""",
    "before nearly": """près de|près d'|presque|quasi|quasiment|pas loin de|pas loin d'
        |un peu moins de|un peu moins d'|proche de|proche d'|approchant|avoisinant|avoisine
        |à peine moins de|juste en dessous de|légèrement moins de|avoisinant les
        |approchant les|avoisine les|frôle|frôle les|frôlant|frôlant les|approche les""",
    "before about": """quelque|autour de|autour d'|aux alentours de|de l'ordre de|dans les
        |un total estimé à|estimé à|estimés à|estimée à|estimées à|quelques|aux environs de
        |environ un|environ une|env.|env|une estimation de|un nombre estimé à|grosso modo
        |on estime à|on estime à environ|pratiquement""",
    "either about": "environ|à peu près|approximativement|plus ou moins|peu ou prou",
    "filler": """un total de|un total d'|au total|total de|le|la|les|seulement|encore|autres
        |exactement|précisément|un bilan de|un groupe de|le nombre de|un nombre de|peut-être
        |supplémentaires|même|de plus|un bilan d'|pour un total de|un effectif de|nouveaux
        |nouvelles|la somme de|voire|éventuellement""",
    "and": "et",
    "or": "ou|ou même|voire|ou peut-être",
    "to": "à|au|aux|jusqu'à",
    "between": "entre|compris entre|comprise entre|compris entre les",
    "from": "de|allant de|variant de|passant de",
    "of": "de|d'|des|du",
    "article": "l'",
    "several": """plusieurs|quelques|une poignée|une poignée de|quelque|plusieurs autres
        |quelques autres""",
    "zero": """aucun|aucune|personne n'|aucun mort|néant|nul|nulle|pas un seul|pas une seule
        |pas de victime|pas de victimes|pas de mort|pas de morts|pas de blessé|pas de blessés
        |sans victime|sans victimes|ni mort ni blessé|pas de décès|aucun(e)|rien""",
    "only zero": "personne",
    "no": "pas de|sans|pas d'|pas encore de",
    "datum": """donnée|données|chiffre|chiffres|estimation|estimations|renseignement
        |renseignements|nombre|rapport|rapports|précision|précisions|bilan""",
    "unknown": """inconnu|inconnue|inconnus|inconnues|sans objet|non disponible
        |non disponibles|indisponible|indisponibles|indéterminé|indéterminée|non déterminé
        |non communiqué|non communiqués|non précisé|non précisée|non renseigné|non renseignée
        |non connu|non connue|pas connu|pas encore connu|pas disponible|on ignore
        |non spécifié|non confirmé|non confirmée|s.o.|s/o|n.c.|n.d.|nc|nd|non applicable
        |un nombre inconnu|un nombre indéterminé|un nombre indéterminé de
        |un nombre non précisé|pas de chiffre|pas de chiffres|pas de données|aucun chiffre
        |aucune donnée|aucune information|sans données|inconnu à ce jour|non recensé
        |pas encore connue|non établi|non indiqué|non signalé|ne sait pas|non chiffré
        |incalculable|d'innombrables|innombrables|non publié|pas communiqué|non fourni
        |aucune estimation|aucun bilan|pas de bilan|pas d'information|pas d'informations
        |un certain nombre|reste inconnu|n'est pas connu|n'est pas connue|non déterminée
        |un nombre indéfini|un nombre inconnu de""",
    "unsure": """non vérifié|non vérifiée|non vérifiés|à confirmer|à déterminer|à vérifier
        |en attente|en cours de vérification|incertain|incertaine|de nombreux|de nombreuses
        |beaucoup|pas confirmé|en cours d'évaluation|à préciser|pas clair""",
    "point": "virgule",
    "ratio": "sur",
    "percent": "pour cent|pourcent|pour-cent|pour mille",
    "unit": """heures|heure|jours|jour|semaines|semaine|mois|minutes|kilomètres|kilomètre
        |mètres|ans|an|années|année|dollars|tonnes""",
    "label": "numéro|n°|nº|l'année|année|en l'an|page|âgé de|âgée de|âgés de|article|phase",
    "change": """passé|passée|passe|passer|passant|augmenté|hausse|monté|grimpé|baissé|chuté
        |bondi|passés|passées|est passé|a augmenté|réduit""",
}
