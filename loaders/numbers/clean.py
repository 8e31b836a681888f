"""Make a phrase plain: one kind of digit, dash, space and letter; dates set apart."""

import html
import re
import unicodedata

from loaders.numbers.amount import NumberError

LONGEST = 200
DATE = "¤"
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—―−﹘﹣－⁃➖"), "-")
_QUOTES = dict.fromkeys(map(ord, "’‘ʼ´`′＇"), "'")
_PLAIN = str.maketrans(
    _DASHES | _QUOTES | {ord(k): v for k, v in zip("٬٫،ـ", "'.,\0", strict=True)}
)
_SUPERSCRIPT = "⁰¹²³⁴⁵⁶⁷⁸⁹"
_POWER = re.compile(f"([x×*·] ?10)([{_SUPERSCRIPT}]{{1,2}})")
_LETTERS = str.maketrans("ىة", "يه")
_MARKS = re.compile("[\u0300-\u036f\u0610-\u061a\u064b-\u065f\u0670\u20dd-\u20e3]")
_MONTHS = (
    "jan|january|feb|february|mar|march|apr|april|may|jun|june|jul|july|aug|august|sep|sept"
    "|september|oct|october|nov|november|dec|december|janvier|fevrier|mars|avril|mai|juin|juillet"
    "|aout|septembre|octobre|novembre|decembre|enero|febrero|marzo|abril|mayo|junio|julio|agosto"
    "|septiembre|octubre|noviembre|diciembre|يناير|فبراير|مارس|ابريل|مايو|يونيو|يوليو|اغسطس"
    "|سبتمبر|اكتوبر|نوفمبر|ديسمبر|كانون الاول|كانون الثاني|شباط|اذار|نيسان|ايار|حزيران|تموز|اب"
    "|ايلول|تشرين الاول|تشرين الثاني|มกราคม|กุมภาพันธ์|มีนาคม|เมษายน|พฤษภาคม|มิถุนายน|กรกฎาคม"
    "|สิงหาคม|กันยายน|ตุลาคม|พฤศจิกายน|ธันวาคม|มกรา|ธันวา|ม\\.ค\\.|ก\\.พ\\.|มี\\.ค\\.|เม\\.ย\\.|พ\\.ค\\.|มิ\\.ย\\.|ก\\.ค\\."
    "|ส\\.ค\\.|ก\\.ย\\.|ต\\.ค\\.|พ\\.ย\\.|ธ\\.ค\\.|មករា|កុម្ភៈ|មីនា|មេសា|ឧសភា|មិថុនា|កក្កដា|សីហា|កញ្ញា|តុលា|វិច្ឆិកា"
    "|ធ្នូ"
)
_NO_ZERO = re.compile(r"(?<![\w.,'])(?=[.,][0-9])")
_YEAR = "(?:19[5-9]|20[0-4]|25[3-8])[0-9]"
_UNTIL = "(?![0-9]|[.,' ][0-9]{3}(?![0-9]))"


def _fold(text: str) -> str:
    """Return lower-case ``text`` without accents, vowel signs and invisible characters."""
    text = text.translate(_PLAIN).replace("\0", "")
    text = "".join(c for c in text if unicodedata.category(c) not in ("Cf", "Cc") or c in "\t\n\r")
    text = unicodedata.normalize("NFKD", text).translate(_PLAIN).casefold()
    text = _MARKS.sub("", text).translate(_LETTERS)
    return " ".join(text.split())


def simplify(phrase: str) -> str:
    """Return a phrase of the word tables in the form in which text is compared with it."""
    return _fold(phrase)


_DATES = re.compile(
    r"(?<![0-9])[0-9]{4}[-/.][0-9]{1,2}[-/.][0-9]{1,2}(?![0-9])(?:t[0-9:]{4,8}z?)?"
    r"|(?<![0-9])[0-9]{1,2}[-/.][0-9]{1,2}[-/.][0-9]{4}(?![0-9])"
    r"|(?<![0-9])[0-9]{1,2}/[0-9]{1,2}/[0-9]{2}(?![0-9])"
    r"|(?<![0-9.,])[0-9]{1,2}(?:st|nd|rd|th|er)?[ -]?(?:de |of )?(?:ខែ ?)?"
    rf"(?:{_fold(_MONTHS)})(?!\w)(?! have| has| be )"
    rf"(?:,? ?(?:de |del |ឆ្នាំ ?)?{_YEAR}(?![0-9]))?"
    rf"|(?<!\w)(?:{_fold(_MONTHS)})\.? [0-9]{{1,2}}(?:st|nd|rd|th)?{_UNTIL}"
    rf"(?:,? {_YEAR}(?![0-9]))?"
    rf"|(?<!\w)(?:{_fold(_MONTHS)}) (?:de )?{_YEAR}{_UNTIL}"
    r"|(?<!\w)(?:in|since|as of|as at|during|en|depuis|desde|year|of|end|mid|early|late) "
    rf"(?:early |late |mid-?)?{_YEAR}(?![0-9]|[.,'][0-9])"
    rf"|^{_YEAR} ?:"
    r"|(?<![0-9.,:])[0-9]{1,2}[:h][0-9]{2}(?![0-9])|(?<![0-9])[0-9]{4} ?(?:hrs|gmt|utc)"
)


def _spelled_fractions(text: str) -> str:
    """Return ``text`` with ½ as a space and 1/2, so that 2½ does not become 21/2."""
    return "".join(
        " " + unicodedata.normalize("NFKC", c).replace("⁄", "/") + " " if _is_fraction(c) else c
        for c in text
    )


def _is_fraction(character: str) -> bool:
    return unicodedata.decomposition(character).startswith("<fraction>")


def _digits(text: str) -> str:
    """Return ``text`` with the decimal digits of every script as 0 to 9."""
    return "".join(
        str(unicodedata.decimal(c)) if unicodedata.category(c) == "Nd" else c for c in text
    )


def clean(text: str) -> str:
    """Return ``text`` plain and with dates replaced by a sign; raise NumberError if too long."""
    if len(text) > LONGEST:
        raise NumberError(
            f"a text of {len(text)} characters is too long for a number",
            f"write only the number phrase, at most {LONGEST} characters",
        )
    text = html.unescape(text)
    powers = _POWER.sub(lambda found: f"{found[1]}^{_digits_of(found[2])}", text)
    notes = powers.translate(dict.fromkeys(map(ord, _SUPERSCRIPT)))
    plain = _digits(_fold(_spelled_fractions(notes)))
    plain = _NO_ZERO.sub("0", plain)
    return _DATES.sub(f" {DATE} ", plain).strip()


def _digits_of(superscripts: str) -> str:
    return "".join(str(_SUPERSCRIPT.index(c)) for c in superscripts)
