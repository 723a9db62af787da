"""What values are called elsewhere: words for the few labels that mean the same everywhere, and for yes and no."""

from collections.abc import Mapping, Sequence

from pipelines.contracts.table import Column
from pipelines.reading.draft.matching.words import tokens

Words = Mapping[str, tuple[str, ...]]


def _words(block: str) -> dict[str, tuple[str, ...]]:
    """``canonical: word, word`` a line."""
    lines = (line.split(":", 1) for line in block.strip().splitlines())
    return {canonical.strip(): (canonical.strip(), *words.strip().split(", ")) for canonical, words in lines}


FLAG = _words("""
yes: true, t, y, 1, ja, j, wahr, si, verdadero, sim, s, oui, o, vrai, x, within sla, met, on time, achieved, in time
no: false, f, n, 0, nein, falsch, falso, nao, non, faux, sla violated, violated, breached, missed, late, overdue
""")
_ACTOR = _words("""
agent: staff, employee, support, operator, admin, outbound, outgoing, company, human, mitarbeiter, agente, interno
bot: system, automation, automatic, auto, trigger, chatbot, virtual agent, automatisch
customer: end user, enduser, requester, user, client, inbound, incoming, guest, contact, visitor, kunde, gast, cliente
""")
_FAULT = _words("""
company: us, own, internal, ours, firma, wir, empresa, nosotros, entreprise
customer: client, user, guest, kunde, cliente
third_party: supplier, carrier, partner, external, vendor, lieferant, dritte, tercero, terceros, tiers
unclear: unknown, undetermined, disputed, unklar, unbekannt, desconocido, inconnu
""")
_DETECTED_BY = _words("""
customer: client, user, guest, kunde, cliente
company: us, internal, staff, agent, monitoring, proactive, mitarbeiter, intern, empresa, interno
third_party: supplier, carrier, partner, external, vendor
""")
_COMPENSATION = _words("""
refund: refunded, partial refund, full refund, money back, cash, erstattung, rueckerstattung, reembolso, devolucion
credit: store credit, account credit, credit note, gutschrift, abono, credito, avoir
points: loyalty points, miles, bonus points, punkte, puntos, pontos
voucher: coupon, promo code, gutschein, vale, cupon, cupom, bon
gift_card: gift card, giftcard, geschenkkarte, tarjeta regalo
upgrade: upgraded, room upgrade
free_item: free item, free product, replacement, amenity, free night, freebie, gratis, ersatz
discount: price reduction, rebate, rabatt, nachlass, descuento, desconto, remise
gesture: note, apology note, flowers, call, letter, blumen
monetary_unspecified: compensation, goodwill, money, kulanz, compensacion, indemnizacion
non_monetary: other, in kind
""")
_WORD_OF_MOUTH = _words("""
nps: net promoter score, recommend
csat: satisfaction, customer satisfaction, ces, zufriedenheit
review: rating, stars, bewertung
referral: recommendation, invite, empfehlung
post: social, social post, tweet, mention, comment
""")
_SENTIMENT = _words("""
positive: good, happy, pos, positiv, positivo
neutral: mixed, none, neutro
negative: bad, unhappy, neg, negativ, negativo
""")
CANCELLED = (
    "cancelled", "canceled", "void", "voided", "storniert", "abgebrochen", "cancelado", "cancelada", "anulado",
    "annule", "annulee",
)  # fmt: skip
_SEVERITY = (
    ("low", "lowest", "trivial", "minor", "niedrig", "gering", "baja", "bajo", "baixa", "faible", "basse", "p4", "p5",
     "sev4", "sev5", "s4"),
    ("normal", "medium", "moderate", "mittel", "media", "medio", "moyen", "moyenne", "normale", "p3", "sev3", "s3"),
    ("high", "major", "serious", "hoch", "schwer", "alta", "alto", "haute", "eleve", "elevee", "p2", "sev2", "s2"),
    ("urgent", "critical", "highest", "blocker", "severe", "emergency", "kritisch", "dringend", "urgente", "critica",
     "critico", "critique", "p1", "sev1", "s1", "p0"),
)  # fmt: skip

_LABELS: Mapping[str, Words] = {
    "actor": _ACTOR,
    "fault": _FAULT,
    "detected_by": _DETECTED_BY,
    "sentiment": _SENTIMENT,
}
_KINDS: Mapping[str, Words] = {"compensations": _COMPENSATION, "word_of_mouth": _WORD_OF_MOUTH}


def value_map(table: str, column: Column, labels: Sequence[str]) -> dict[str, str] | None:
    """Export value → canonical value for the labels that are written otherwise; None when one can't be placed."""
    if table == "orders" and column.name == "status":
        return {label: "cancelled" for label in labels if _is_one_of(label, CANCELLED) and label.lower() != "cancelled"}
    words = _vocabulary(table, column)
    if words is None:
        return {}
    placed = {label: _placed(label, words) for label in labels}
    if not all(placed.values()):
        return None
    accepted = ("true", "t", "yes", "y", "1", "false", "f", "no", "n", "0") if column.kind == "flag" else ()
    return {label: to for label, to in placed.items() if to and label != to and label.lower() not in accepted}


def _vocabulary(table: str, column: Column) -> Words | None:
    if column.kind == "flag":
        return FLAG
    if column.name == "kind" and table in _KINDS:
        return _KINDS[table]
    if column.name in _LABELS:
        return _LABELS[column.name]
    return {allowed: (allowed,) for allowed in column.allowed} if column.allowed else None


def _placed(label: str, words: Words) -> str:
    return next((to for to, known in words.items() if _is_one_of(label, known)), "")


def _is_one_of(label: str, words: Sequence[str]) -> bool:
    return _plain(label) in {_plain(word) for word in words}


def _plain(label: str) -> str:
    return " ".join(tokens(label))


def severity_order(labels: Sequence[str]) -> tuple[str, ...]:
    """The labels from least to most severe; empty when one isn't known or two stand on the same step."""
    steps = {label: step for label in labels for step, words in enumerate(_SEVERITY) if _is_one_of(label, words)}
    known = len(steps) == len(labels) and len(set(steps.values())) == len(labels)
    return tuple(sorted(steps, key=steps.__getitem__)) if known else ()
