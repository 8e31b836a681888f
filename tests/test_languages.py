"""Every language says the same: the same messages, the same places, the same numbers."""

import ast
import functools
import re
import threading
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import languages
from languages import catalogue
from languages.checking import differences, places, problems, translated
from languages.sources import PARTS, messages
from languages.updating import template, update
from loaders import load_library
from reconciliation import add_up, bridge, wording
from reconciliation.bridges.phrases import group_of
from reconciliation.wording import bare, say, say_many
from tests.screens import opened

ROOT = Path(__file__).resolve().parent.parent
PAGES = ("overview", "trends", "reconciliation", "sources", "methods")
SINKS = {
    *("title", "header", "subheader", "caption", "markdown", "write", "text", "info", "warning"),
    *("error", "success", "toast", "button", "selectbox", "multiselect", "text_input", "radio"),
    *("text_area", "number_input", "date_input", "toggle", "checkbox", "expander", "popover"),
    *("tabs", "download_button", "page_link", "file_uploader", "metric", "spinner", "pills"),
    *("link_button", "segmented_control", "form_submit_button", "dialog"),
}
WORDED = {"label", "help", "placeholder", "alt", "page_title", "display_text", "caption", "title"}
MARKUP = re.compile(r":material/\w+:?|:[a-z-]+\[|<[^>]*>|&\w+;|&#?\w+;|https?://\S*")


@functools.cache
def shipped():
    """Return the messages of the program; read when first wanted, for it takes seconds."""
    return messages()


def modules(*parts):
    return [p for part in parts for p in sorted((ROOT / part).rglob("*.py"))]


# The one test that new sentences make fail: translate them (docs/translating.md).
def test_every_message_is_translated_into_every_language():
    missing = Counter(p.code for p in problems(shipped()) if p.what.startswith(("is ", "no ")))
    assert not missing, f"{dict(missing)} to translate: python -m languages extract, then check"


def test_every_message_given_to_say_can_be_read_from_the_code():
    assert shipped().unclear == []


def test_translations_have_the_places_of_their_message():
    told = [str(p) for p in problems(shipped()) if not p.what.startswith(("is ", "no "))]
    assert told == []


@pytest.mark.parametrize(
    ("message", "string", "wrong"),
    [
        ("at least {number}", "au moins {number}", False),
        ("at least {number}", "au moins", True),
        ("at least {number}", "au moins {nombre}", True),
        ("**All** of it", "**Tout**", False),
        ("**All** of it", "Tout", True),
        ("Put out.", "Publié. ", True),
        (("{n} figure", "{n} figures"), ("{n} chiffre", "{n} chiffres"), False),
        (("{n} figure", "{n} figures"), ("{n} chiffre", "chiffres"), True),
        # French says 0 and 1 alike, so that its first form needs the number.
        (("{n} figure", "{n} figures"), ("un chiffre", "{n} chiffres"), True),
        (("{n} figure", "{n} figures"), "chiffres", True),
    ],
)
def test_a_translation_that_does_not_fit_is_told(message, string, wrong):
    assert bool(list(differences(message, string, catalogue.read("fr")))) is wrong


def test_arabic_may_leave_the_number_out_where_the_word_says_it():
    forms = ("لا أرقام", "رقم واحد", "رقمان", "{n} أرقام", "{n} رقم", "{n} رقمًا")
    arabic = catalogue.read("ar")
    assert not list(differences(("{n} figure", "{n} figures"), ("{n}", *forms[1:]), arabic))
    assert list(
        differences(("{n} figure", "{n} figures"), (*forms[:3], "أرقام", *forms[4:]), arabic)
    )


def test_places_are_read_from_a_message():
    assert places("{source}, {day}: {finding}") == {"source", "day", "finding"}


def test_messages_are_read_from_calls_tables_loops_and_other_modules(tmp_path):
    (tmp_path / "ui").mkdir()
    (tmp_path / "ui" / "tables.py").write_text('KINDS = {"a": "Kind A", "b": "Kind B"}\n')
    (tmp_path / "ui" / "page.py").write_text(
        "from ui import tables\n"
        "# What there is (translatable).\n"
        'TABLE = ("Marked",)\n'
        'STEPS = ("First step", "Second step")\n'
        "def show(kind, many, unknown):\n"
        '    say("Plain"); say(tables.KINDS[kind])\n'
        '    message = "More" if many else "Less"\n'
        "    say(message); say(unknown)\n"
        '    say_many("{n} thing", "{n} things", 2)\n'
        "    return [say(step) for step in STEPS]\n"
    )
    found = messages(tmp_path)
    wanted = {"Plain", "Kind A", "Kind B", "More", "Less", "First step", "Second step", "Marked"}
    assert wanted | {("{n} thing", "{n} things")} <= set(found.messages)
    assert found.unclear == ["ui/page.py:8"]


def test_bringing_a_catalogue_up_to_date_keeps_what_is_translated(tmp_path, monkeypatch):
    monkeypatch.setattr(catalogue, "FOLDER", tmp_path)
    old = type(shipped())(messages={"the number of people killed": ["a.py"], "gone": ["a.py"]})
    update("fr", template(old))
    held = catalogue.read("fr")
    held.get("the number of people killed").string = "le nombre de morts"
    catalogue.write("fr", held)
    new = type(shipped())(messages={"the number of people killed": ["b.py"], "new": ["b.py"]})
    update("fr", template(new))
    held = catalogue.read("fr")
    assert held.get("the number of people killed").string == "le nombre de morts"
    assert held.get("new").string == ""
    assert held.get("gone") is None
    changed = type(shipped())(messages={"the number of persons killed": ["b.py"]})
    update("fr", template(changed))
    assert catalogue.read("fr").get("the number of persons killed").fuzzy


@pytest.mark.parametrize("code", translated())
def test_a_second_extraction_changes_nothing(code):
    before = catalogue.path_of(code).read_bytes()
    held = catalogue.read(code)
    assert len(held) > 400
    assert before.decode("utf-8").count("msgid") >= len(held)


def dicts_of_columns():
    for path in modules("ui", "pages", "brief"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            keys = node.keys if isinstance(node, ast.Dict) else []
            said = [
                k.args[0].value for k in keys if is_said(k) and isinstance(k.args[0], ast.Constant)
            ]
            if len(said) > 1:
                yield path.name, said


def is_said(node):
    name = getattr(node, "func", None)
    return isinstance(node, ast.Call) and getattr(name, "id", getattr(name, "attr", "")) == "say"


@pytest.mark.parametrize("code", translated())
def test_columns_of_one_table_keep_different_names(code):
    tables = list(dicts_of_columns())
    assert len(tables) > 8
    with languages.speak(code):
        for where, columns in tables:
            names = Counter(say(column) for column in columns)
            assert max(names.values()) == 1, f"{where}: {names.most_common(1)}"


def unsaid(node):
    """Yield the texts with letters in an expression that no ``say`` has worded."""
    if isinstance(node, ast.Constant):
        if isinstance(node.value, str) and any(map(str.isalpha, MARKUP.sub("", node.value))):
            yield node.value
    elif isinstance(
        node, ast.JoinedStr | ast.BinOp | ast.IfExp | ast.BoolOp | ast.List | ast.Tuple
    ):
        for child in ast.iter_child_nodes(node):
            yield from unsaid(child)


def test_no_text_reaches_the_screen_in_english_only():
    wrong, seen = [], 0
    for path in [*modules("ui", "pages"), ROOT / "dashboard.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
                owner = getattr(node.func.value, "id", "")
                sink = node.func.attr in SINKS and owner not in ("log", "html", "words")
                # The first argument of a link to a page is its file.
                first = sink and node.func.attr != "page_link"
                given = node.args[:1] if first else []
                streamlit = sink or "column_config" in ast.dump(node.func)
                given += [k.value for k in node.keywords if streamlit and k.arg in WORDED]
                seen += bool(given)
                texts = [text for value in given for text in unsaid(value)]
                wrong += [f"{path.name}:{node.lineno} {text!r}" for text in texts]
    assert seen > 100
    assert wrong == []


@pytest.mark.parametrize(
    ("code", "count", "text"),
    [
        ("fr", 0, "0 chiffre"),
        ("fr", 2, "2 chiffres"),
        ("es", 0, "0 cifras"),
        ("ar", 1, "رقم واحد"),
        ("ar", 2, "رقمان"),
        ("ar", 3, "3 أرقام"),
        ("ar", 11, "11 رقمًا"),
        ("ar", 100, "100 رقم"),
        ("th", 5, "5 ตัวเลข"),
        ("km", 1, "តួលេខ 1"),
    ],
)
def test_each_language_has_its_own_plurals(code, count, text):
    with languages.speak(code):
        assert bare(say_many("{n} figure", "{n} figures", count)) == text


@pytest.mark.parametrize(
    ("code", "number", "day"),
    [
        ("en", "150,529", "24 Dec 2025"),
        ("fr", "150\u202f529", "24 déc. 2025"),
        ("es", "150.529", "24 dic 2025"),
        ("ar", "150,529", "24 ديسمبر 2025"),
        ("th", "150,529", "24 ธ.ค. 2025"),
        ("km", "150,529", "24 ធ្នូ 2025"),
    ],
)
def test_numbers_and_days_follow_the_language_in_latin_digits(code, number, day):
    with languages.speak(code):
        assert wording.number(150529) == number
        assert wording.day("2025-12-24") == day


def test_a_language_that_is_not_known_is_english():
    with languages.speak("xx"):
        assert wording.language() == "en"
        assert say("at least {number}", number=1) == "at least 1"


def test_arabic_runs_from_right_to_left_and_sets_names_apart():
    with languages.speak("ar"):
        assert wording.direction() == languages.direction("ar") == "rtl"
        text = say("{source}, {day}", source="Reuters", day=wording.day("2025-12-24"))
        assert text.startswith("\u2067")
        assert text.endswith("\u2069")
        assert "\u2068Reuters\u2069" in text
        assert wording.listing(["a", "b"]).count("\u2069") == 3
    with languages.speak("fr"):
        assert "\u2068" not in say("{source}, {day}", source="Reuters", day="x")


def plain_messages():
    return sorted(message for message in shipped().messages if isinstance(message, str))


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(list(languages.LANGUAGES)),
    st.deferred(lambda: st.sampled_from(plain_messages())),
    st.text(st.characters(codec="utf-8") | st.sampled_from("{}\u202e\u2067\u2069%"), max_size=20),
)
def test_whatever_stands_in_a_place_is_said_and_never_raises(code, message, value):
    with languages.speak(code):
        text = say(message, **dict.fromkeys(places(message), value))
    assert places(message) == set() or bare(value) in bare(text)
    assert wording.isolated(text) or not text


@settings(deadline=None)
@given(st.sampled_from(list(languages.LANGUAGES)), st.integers(0, 10**9))
def test_every_number_has_a_form_in_every_language(code, number):
    with languages.speak(code):
        text = group_of("civilian", number, wording.number(number))
        assert wording.number(number) in text


LIBRARY = load_library(ROOT / "datasets")


def digits(text):
    joined = re.sub(r"(?<=\d)[.,\u202f\u00a0](?=\d{3})", "", bare(text))
    return Counter(re.findall(r"\d+", joined))


@pytest.mark.parametrize("code", translated())
def test_every_language_gives_the_same_numbers(code):
    def told():
        total = add_up(LIBRARY.figures, LIBRARY.sources, measure="killed",
                       places=["THA", "KHM"], on="2025-12-24")  # fmt: skip
        why = bridge(LIBRARY.figures, "F0695", "F0647", sources=LIBRARY.sources)
        return [total.text, *(item.text for item in why.items)]

    english = told()
    with languages.speak(code):
        theirs = told()
    assert [digits(text) for text in theirs] == [digits(text) for text in english]
    assert all(a != b for a, b in zip(theirs, english, strict=True))


def test_readers_at_the_same_time_keep_their_own_language():
    asked, heard, ready = threading.local(), {}, threading.Barrier(len(languages.LANGUAGES))
    before = wording._ask[0]
    languages.follow(lambda: getattr(asked, "code", "en"))

    def read(code):
        asked.code = code
        for _ in range(50):
            ready.wait()
            heard.setdefault(code, set()).add(bare(say("at least {number}", number=7)))
            with languages.speak("es"):
                assert wording.language() == "es"

    try:
        readers = [threading.Thread(target=read, args=(c,)) for c in languages.LANGUAGES]
        for reader in readers:
            reader.start()
        for reader in readers:
            reader.join()
    finally:
        wording.ask_language(before)
    assert {code: len(texts) for code, texts in heard.items()} == dict.fromkeys(heard, 1)
    assert len({frozenset(texts) for texts in heard.values()}) == len(languages.LANGUAGES)


def texts_of(at):
    for element in at:
        for name in ("value", "label", "help", "body"):
            text = getattr(element, name, None)
            if isinstance(text, str):
                yield re.sub(r"\\(.)", r"\1", bare(text))


@functools.cache
def patterns(code):
    """Return the English messages that have a translation, as patterns of what they become."""
    with languages.speak(code):
        return [re.compile(text, re.DOTALL) for text in expressions()]


def expressions():
    for message in shipped().messages:
        if not isinstance(message, str) or bare(say_plain(message)) == message:
            continue
        if sum(map(str.isalpha, re.sub(r"\{\w+\}", "", message))) > 12:
            yield ".*".join(map(re.escape, re.split(r"\{\w+\}", message)))


def say_plain(message):
    return say(message, **{name: f"{{{name}}}" for name in places(message)})


def run(page, code):
    return opened(page, day="2025-12-24", **({"lang": code} if code else {}))


@pytest.mark.parametrize("code", translated())
@pytest.mark.parametrize("page", PAGES)
def test_a_page_says_nothing_in_english_that_it_could_say_in_the_readers_language(page, code):
    at = run(page, code)
    assert not at.exception
    texts = [text for block in (at.main, at.sidebar) for text in texts_of(block)]
    assert len(texts) > 15
    english = patterns(code)
    assert len(english) > 300
    left = [text for text in texts if any(pattern.fullmatch(text) for pattern in english)]
    assert left == []


def test_the_picker_writes_the_language_into_the_address():
    at = run("overview", "")
    assert at.sidebar.selectbox(key="choose_lang").value == "en"
    at.sidebar.selectbox(key="choose_lang").select("km").run()
    assert dict(at.query_params)["lang"] == "km"
    assert dict(at.query_params)["day"] == "2025-12-24"
    at.sidebar.selectbox(key="choose_lang").select("en").run()
    assert "lang" not in at.query_params


def test_an_unknown_language_in_a_link_is_told_and_english_shown():
    at = run("methods", "xx")
    assert not at.exception
    assert any("lang" in warning.value for warning in at.warning)


def test_the_parts_that_are_searched_are_those_that_there_are():
    homes = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert set(PARTS) - {"pages"} <= homes | {"publishing", "server", "exports", "brief"}
    # What programs and whoever runs the server read is English.
    english = {"api", "settings", "watch"}
    assert homes - set(PARTS) - english <= {"languages", "tests", "benchmarks"}
