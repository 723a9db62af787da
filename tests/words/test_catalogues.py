"""Every code has its words in every language, every word has its use, and nothing said is plain English by accident."""

import ast
import re
from enum import StrEnum
from functools import cache
from importlib import import_module
from typing import get_args

import pytest
from made_up import ROOT, every_message, made_up

from pipelines.contracts.catalog.outcomes import DAYS_TO_RETURN, OUTCOMES
from pipelines.contracts.catalog.treatments import TREATMENTS
from pipelines.contracts.message import parameters
from words.catalogue import DOMAINS, FOLDER, LABELS, SOURCE, domain_of, entries, holds, languages, plural_rule, template
from words.pseudo import PSEUDO
from words.speech import CURRENCY, MANY, ONE, Speech, label_key

SPEAKERS = ("words", "amends", "dashboard")
# Parameters that a sentence need not name, with the reason why the code has them all the same.
UNSAID: dict[str, set[str]] = {}
CODE = re.compile(r"[a-z_]+(?:\.[a-z0-9_]+)+")


def files(language):
    return sorted(path.stem for path in (FOLDER / language).glob("*.po"))


def every_entry(language):
    return {code: found for domain in files(language) for code, found in entries(language, domain).items()}


@cache
def spoken() -> tuple[tuple[str, ast.AST], ...]:
    """Every node of the source that may name a code, with the place it stands at."""
    return tuple(
        (f"{path.relative_to(ROOT)}:{node.lineno}", node)
        for folder in (*SPEAKERS, "pipelines/contracts")
        for path in sorted((ROOT / folder).rglob("*.py"))
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8")))
        if isinstance(node, ast.Call | ast.Constant | ast.JoinedStr)
    )


def constants():
    return {node.value for _, node in spoken() if isinstance(node, ast.Constant) and isinstance(node.value, str)}


def texts():
    """Calls ``.text("code", …)``: place, code and names of what is given."""
    for place, node in spoken():
        if not (isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "text"):
            continue
        first = node.args[0] if node.args else None
        if isinstance(first, ast.Constant) and isinstance(first.value, str) and CODE.fullmatch(first.value):
            yield place, first.value, {keyword.arg for keyword in node.keywords}


def test_languages_have_the_same_files_and_codes():
    assert SOURCE in languages()
    for language in languages():
        assert files(language) == files(SOURCE)
        assert every_entry(language).keys() == every_entry(SOURCE).keys()
        assert plural_rule(language)(1) == 0


def test_entries_stand_in_the_file_where_they_are_looked_for():
    for language in languages():
        for domain in files(language):
            assert {domain_of(code) for code in entries(language, domain)} <= {domain}
    assert set(DOMAINS.values()) | {LABELS} == set(files(SOURCE))


def test_every_template_says_something_and_its_plurals_name_the_same_things():
    for language in languages():
        for code, found in every_entry(language).items():
            assert all(form.strip() for form in found.forms), code
            assert set(found.placeholders) == set(template(SOURCE, code).placeholders), code


@pytest.mark.parametrize("message", every_message(), ids=lambda m: m.CODE)
def test_every_declared_message_has_its_words(message):
    for language in languages():
        said, known = set(template(language, message.CODE).placeholders), set(parameters(message))
        assert said <= known | {MANY, ONE, CURRENCY}, f"{message.CODE} has no {said - known}"
        assert known - said <= UNSAID.get(message.CODE, set()), f"{message.CODE} never says {known - said}"


@pytest.mark.parametrize("message", every_message(), ids=lambda m: m.CODE)
def test_nothing_of_a_message_stays_english_in_the_pseudo_language(message):
    said = Speech(PSEUDO, "EUR", "§§").say(made_up(message))
    left = re.sub(r"31 Oct 2026|\d+ (minutes|hours?|days?)|\band\b", "", said)
    assert not re.findall(r"[A-Za-z]{2,}", left), said


def test_texts_asked_for_exist_with_exactly_what_they_are_given():
    for place, code, given in texts():
        assert holds(SOURCE, code), f"{place} asks for {code}, which no catalogue has"
        wanted = set(template(SOURCE, code).placeholders) - {MANY, ONE, CURRENCY}
        assert given - {"n", None} <= wanted, f"{place}: {code} has no place for {given - wanted}"
        assert None in given or wanted <= given, f"{place}: {code} also wants {wanted - given}"


def test_codes_named_anywhere_exist():
    families = set(DOMAINS) - {"step", "cli", "mail"}
    named = {text for text in constants() if CODE.fullmatch(text) and text.partition(".")[0] in families}
    assert not {code for code in named if not holds(SOURCE, code) and not code.endswith((".po", ".py"))}


def test_every_entry_is_used():
    used = constants() | {message.CODE for message in every_message()}
    unused = {code for code in every_entry(SOURCE) if domain_of(code) not in (LABELS, "glossary") and code not in used}
    assert not unused


def every_code():
    """The label key of each member of each closed set that the program declares."""
    import_all()
    return {label_key(member) for kind in subclasses(StrEnum) if is_ours(kind) for member in kind}


def import_all():
    for folder in ("pipelines", "amends", "dashboard", "words"):
        for path in sorted((ROOT / folder).rglob("*.py")):
            if "StrEnum" in path.read_text(encoding="utf-8"):
                import_module(".".join(path.relative_to(ROOT).with_suffix("").parts))


def subclasses(kind):
    return {found for child in kind.__subclasses__() for found in (child, *subclasses(child))}


def is_ours(kind):
    return kind.__module__.partition(".")[0] in ("pipelines", "amends", "dashboard", "words")


def patterns():
    """Codes that the source puts together: ``f"outcome.{id}.counted"`` names every code of that form."""
    for _, node in spoken():
        if isinstance(node, ast.JoinedStr):
            parts = [re.escape(p.value) if isinstance(p, ast.Constant) else r"[\w.]+" for p in node.values]
            if re.match(r"[a-z_]+\\\.", parts[0]):
                yield re.compile("".join(parts))


def test_every_label_is_of_a_code_or_asked_for():
    known, forms = every_code() | constants(), tuple(patterns())
    labels = {code for code in every_entry(SOURCE) if domain_of(code) == LABELS} - known
    assert not {code for code in labels if not any(form.fullmatch(code) for form in forms)}


def test_every_entry_of_a_registry_has_its_labels():
    for outcome in OUTCOMES:
        assert holds(SOURCE, f"outcome.{outcome}")
        assert holds(SOURCE, f"outcome.{outcome}.inside")
        assert outcome == DAYS_TO_RETURN or holds(SOURCE, f"outcome.{outcome}.counted")
    for treatment in TREATMENTS:
        assert holds(SOURCE, f"treatment.{treatment}")


def test_every_code_that_a_message_may_carry_has_its_label():
    kinds = {type_ for message in every_message() for type_, _ in parameters(message).values()}
    codes = {inner for type_ in kinds for inner in (type_, *get_args(type_)) if isinstance(inner, type)}
    closed = {code for code in codes if issubclass(code, StrEnum)}
    assert not {label_key(member) for code in closed for member in code if not holds(SOURCE, label_key(member))}
