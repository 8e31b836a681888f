"""Words of tables, in several languages, for the words of ours. Only whole words count."""

import itertools
import re
import unicodedata

# Each word of ours with what stands for it in tables; stems end in *.
MEASURES = {
    "killed": "killed dead death deaths died fatalities fatality mort morts tué* décès décédé*"
    " muerto* muerta* fallecid* fallecimiento* víctimas_mortales mortes óbitos gefallen* getötet*"
    " قتلى القتلى قتيل شهداء الشهداء وفيات เสียชีวิต* ผู้เสียชีวิต* ตาย* ស្លាប់* អ្នកស្លាប់* погибш* убит*"
    " умер* загибл* 死亡* 死者* martyrs",
    "injured": "injured injuries injury wounded blessé* herido* herida* lesionado* feridos"
    " verletzt*"
    " جرحى الجرحى مصابين إصابات บาดเจ็บ* ผู้บาดเจ็บ* រងរបួស* អ្នករបួស* ранен* поранен* 受伤* 負傷*",
    "missing": "missing disparu* desaparecid* desaparecidos مفقودين المفقودين مفقود สูญหาย* ผู้สูญหาย*"
    " បាត់ខ្លួន* пропавш* зникл* 失踪*",
    "captured": "captured captive* pow pows prisoner* détenu* capturé* capturad* أسرى ถูกจับ*"
    " ចាប់ខ្លួន*",
    "displaced": "displaced displacement displacements idp idps déplacé* pdi pdis desplazad*"
    " deslocados نازحين النازحين مهجرين พลัดถิ่น* ผู้พลัดถิ่น* ភៀសសឹក* ផ្លាស់ទីលំនៅ* перемещ* переміщ*",
    "evacuated": "evacuated evacuee evacuees évacué* evacuad* อพยพ* ผู้อพยพ* ជម្លៀស* إجلاء"
    " эвакуирован*",
    "sheltered": "sheltered shelters_people abrité* hébergé* albergad* ศูนย์พักพิง* ជំរក*",
    "returned": "returned returnee returnees retourné* retornad* عائدين ผู้กลับ* ត្រឡប់*",
    "affected": "affected affecté* sinistré* afectad* damnificad* متضررين المتضررين ได้รับผลกระทบ*"
    " រងផលប៉ះពាល់* ผู้ประสบภัย* пострадавш*",
    "casualties": "casualties casualty",
}
POPULATIONS = {
    "civilian": "civilian civilians civil* مدني* พลเรือน* ពលរដ្ឋ* мирн*",
    "military": "military soldier soldiers troops personnel soldat* militar* militaire* جنود ทหาร*"
    " ទាហាន* военн*",
    "women": "women woman females female femme* mujer* نساء ผู้หญิง* หญิง* ស្ត្រី* женщин*",
    "men": "men man males male homme* hombre* رجال ผู้ชาย* ชาย* បុរស* мужчин*",
    "children": "children child minors enfant* niño* niños أطفال الأطفال เด็ก* កុមារ* дет*",
    "boys": "boys boy garçon*",
    "girls": "girls girl fille* niñas",
    "adults": "adults adult adulte*",
}
COUNTINGS = {
    "cumulative": "cumulative cum cumul cumulé* acumulad* cumulat* تراكمي* สะสม* สะสม សរុប* running",
    "flow": "new daily nouveau* nouvelle* nuevo* nueva* diari* جديد* يومي* รายวัน* ใหม่* ថ្មី* weekly",
    "stock": "current currently actuellement actual* hospitalizad* stock ปัจจุบัน*",
}
COLUMNS = {
    "country": "country countries territory pays país país/territorio territoire nation iso3 iso2"
    " iso"
    " دولة البلد ประเทศ พื้นที่ ប្រទេស 国家 land страна країна countryname adm0 adm0_name asylum coa"
    " iso3coa",
    "admin1": "admin1 adm1 province provincia region région región district département"
    " departamento state county governorate gouvernorat oblast محافظة المحافظة จังหวัด ខេត្ត 省"
    " область ccaa",
    "as_of": "date fecha data datum jour día day as_of asof report_date reportdate تاريخ التاريخ"
    " วันที่ วัน កាលបរិច្ឆេទ ថ្ងៃ 日期 дата year année año ปี ឆ្នាំ السنة month",
    "published": "published publication_date date_published publié",
    "source": "source sources fuente quelle مصدر المصدر ที่มา ប្រភព источник",
    "url": "url link lien enlace",
    "note": "note notes comment comments remarque observaciones หมายเหตุ",
    "value": "value number people persons individuals total count nombre número valor figure"
    " จำนวน ចំនួន",
    "quantifier": "qualifier quantifier",
}


# Vowel signs that count as parts of words and are neither letters nor combining.
_SIGNS = frozenset(map(chr, (*range(0x0E31, 0x0E4F), *range(0x17B4, 0x17D4))))
# Scripts that write no blanks between words: there a stem may stand inside a text.
_NO_BLANKS = re.compile(r"[\u0e00-\u0eff\u1780-\u17ff\u3040-\u30ff\u4e00-\u9fff]")


def plain(text: str) -> str:
    """Return the text in small letters, with signs between words as blanks."""
    text = unicodedata.normalize("NFKC", text).casefold()
    kept = (
        c if c.isalnum() or c == "*" or unicodedata.combining(c) or c in _SIGNS else " "
        for c in text
    )
    return " ".join("".join(kept).split())


def _stands_for(words: str) -> tuple[frozenset[str], tuple[str, ...]]:
    listed = words.split()
    stems = tuple(word[:-1].casefold() for word in listed if word.endswith("*"))
    return frozenset(plain(w) for w in listed if not w.endswith("*")), stems


_TABLES = {
    id(table): {ours: _stands_for(words) for ours, words in table.items()}
    for table in (MEASURES, POPULATIONS, COUNTINGS, COLUMNS)
}


def meant(text: str, table: dict[str, str]) -> list[str]:
    """Return the words of ours that a text contains, in the order of ``table``."""
    words = plain(text).split()
    pairs = {" ".join(pair) for pair in itertools.pairwise(words)}
    found = []
    for ours, (whole, stems) in _TABLES[id(table)].items():
        hit = any(word in whole for word in (*words, *pairs))
        if hit or any(_begins(word, stem) for word in words for stem in stems):
            found.append(ours)
    return found


def _begins(word: str, stem: str) -> bool:
    return word.startswith(stem) or (bool(_NO_BLANKS.match(stem)) and stem in word)


def named(text: str, table: dict[str, str]) -> str:
    """Return the word of ours that the whole text stands for, or ''."""
    text = plain(text)
    for ours, (whole, _) in _TABLES[id(table)].items():
        if text == ours or text in whole:
            return ours
    return ""
