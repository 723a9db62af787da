"""What columns and files are called elsewhere: phrases per canonical table and column.

English first, then German, Spanish, Portuguese and French; help desks and shops with their own words. Phrases are
compared as words, without accents or case. ``<customer>`` stands for the phrases listed under ``customer``.
"""

import re
from collections.abc import Mapping

from pipelines.contracts.sources import TABLES

Phrases = tuple[str, ...]


def _phrases(block: str, shared: Mapping[str, Phrases]) -> dict[str, Phrases]:
    """``column: phrase, phrase`` a line, continued on indented lines."""
    lines = re.sub(r"\n +", " ", block.strip()).splitlines()
    listed = {column: phrases.split(", ") for column, phrases in (line.split(": ", 1) for line in lines)}
    return {
        column: tuple(p for phrase in phrases for p in (shared[phrase[1:-1]] if phrase.startswith("<") else (phrase,)))
        for column, phrases in listed.items()
    }


_SHARED = _phrases(
    """
incident: incident id, ticket id, ticket, ticket number, ticket key, case id, case, case number, complaint id, claim
    id, issue id, issue key, conversation id, request id, reference, complaint, incident, vorgang, vorgangsnummer,
    ticketnummer, ticketnr, beschwerde id, beschwerdenummer, reklamation, reklamationsnummer, fallnummer, fall id,
    incidencia, id incidencia, numero de caso, caso, reclamo, reclamacion id, chamado, id chamado, protocolo,
    reclamacao, dossier, numero de dossier, numero ticket
customer: customer id, customer, customer key, customer number, client id, client, user id, member id, guest id,
    guest, requester id, requester, requester email, contact id, account id, buyer id, shopper id, customer email,
    email, email address, e-mail, user, person id, customer unique id, profile id, subscriber id, kunde, kunden id,
    kundennummer, kundennr, kd nr, gast, gast id, gastnummer, anfragender, mail, e mail adresse, cliente, cliente
    id, id cliente, numero de cliente, codigo cliente, correo, correo electronico, client no, numero client,
    courriel, identifiant client
currency: currency, currency code, iso currency, waehrung, währung, moneda, moeda, devise, monnaie
site: site id, site, store, store id, shop, location, branch, hotel, property, ship, restaurant, outlet, venue,
    filiale, standort, haus, markt, tienda, sucursal, loja, unidade, magasin, agence, etablissement
segment: segment, customer segment, customer type, customer group, kundengruppe, kundensegment, segmento
region: region, country, market, state, land, bundesland, pais, estado, pays, customer state
loyalty: loyalty tier, tier, loyalty level, loyalty status, membership, member level, treuestatus, nivel, fidelite,
    statut fidelite
""",
    {},
)

_TABLES = {
    "incidents": """
incident_id: <incident>, id, review id
customer_id: <customer>
opened_at: opened at, opened, raised, raised at, raised on, logged at,
    open date, date/time opened, created at, created, created time, created date, creation
    date, date created, date opened, opened date, ticket created, reported at, report date, received at, date
    received, submitted at, date submitted, complaint date, timestamp, date, start date, at, erstellt am, erstellt,
    eroeffnet am, eröffnet am, eröffnet, eingang, eingangsdatum, eingegangen am, angelegt am, erfasst am, gemeldet
    am, meldedatum, datum, erstelldatum, eröffnungsdatum, fecha, fecha de creacion, fecha creacion, creado el,
    creado, fecha de apertura, abierto el, fecha apertura, data, data de abertura, data abertura, aberto em, criado
    em, data de criacao, data criacao, date de creation, date creation, cree le, ouvert le, date ouverture, date d
    ouverture, date de reception
occurred_at: occurred at, occurred, incident date, failure date, happened at, event date, vorfallsdatum,
    ereignisdatum, fecha del incidente, date incident
detected_by: detected by, reported by, raised by, source of detection, gemeldet von
channel: channel, via, case origin, source, origin, contact channel, ticket source, contact method, intake channel,
    submitted via, medium, kanal, kontaktkanal, eingangskanal, quelle, canal, canal de contacto, origem, canal de
    contact, origen
category: category, type, case reason, ticket type, issue type, reason, contact reason, topic, failure type,
    complaint type, issue category, problem, problem type, case type, classification, issue, product, kategorie,
    grund, beschwerdegrund, anliegen, thema, art, problemart, reklamationsgrund, ticketart, categoria, motivo, tipo,
    tipo de problema, asunto categoria, assunto categoria, categorie, motif, type de probleme, raison
root_cause: root cause, cause, ursache, causa, causa raiz, cause racine
severity: severity, priority, urgency, impact, ticket priority, schweregrad, prioritaet, priorität, dringlichkeit,
    prio, prioridad, gravedad, severidad, prioridade, gravidade, severidade, priorite, gravite, urgence
loss_amount: loss amount, loss, affected amount, disputed amount, amount affected, booking value, order value,
    affected value, damage amount, schaden, schadenshoehe, streitwert, perdida, importe afectado, prejuizo, valor
    afetado, prejudice, montant concerne
currency: <currency>
fault: fault, responsible party, liability, at fault, verschulden, verantwortlich, culpa, responsable
event_id: event id, event, mass event, problem id, major incident, outage id, ereignis id, evento
site_id: <site>
brand: brand, marke, marca, marque
region: <region>
segment: <segment>
loyalty_tier: <loyalty>
service_start: service start, check in, checkin, arrival, arrival date, stay start, departure date, travel date,
    anreise, entrada, llegada, arrivee
service_end: service end, check out, checkout, stay end, return date, abreise, salida, saida
public_complaint: public complaint, public, is public, posted publicly, oeffentlich, öffentlich, publico
threatened_to_leave_at: threatened to leave at, churn threat at, threatened at
responded_on_time: responded on time, on time, timely response, timely, first response status, sla met, within sla,
    first response sla, fristgerecht, a tiempo
resolved_at: resolved at, resolved, solved at, solved, resolution date, resolved time, resolved date, date resolved,
    date solved, solution date, geloest am, gelöst am, gelöst, erledigt am, loesungsdatum, lösungsdatum, resuelto
    el, fecha de resolucion, fecha resolucion, resolvido em, data de resolucao, data resolucao, resolu le, date de
    resolution, date resolution
closed_at: closed at, closed, closed on, solved at, solved on,
    closed time, date/time closed, close date, closed date, date closed, closing date,
    completed at, geschlossen am, geschlossen, abgeschlossen am, abschlussdatum, cerrado el, fecha de cierre, fecha
    cierre, fechado em, data de fechamento, data fechamento, ferme le, date de cloture, date cloture, cloture le
reopened_at: reopened at, reopened, wiedereroeffnet am, wiedereröffnet am, reabierto el, reaberto em, rouvert le
fixed_for_customer: fixed for customer, fixed, repaired, problem fixed, behoben, reparado, solucionado, corrigido,
    repare
fix_communicated: fix communicated, customer informed, kunde informiert
company_publicised: company publicised, publicised
cause_reviewed_at: cause reviewed at, root cause reviewed, review date, rca date
assignment: assignment, experiment arm, experiment group, treatment arm, variant, test group, testgruppe
cluster_id: cluster id, cluster
""",
    "orders": """
customer_id: <customer>, billing email
order_id: order id, order number, order, order no, order key, booking id, booking, booking number, reservation id,
    reservation, invoice id, invoice number, transaction id, purchase id, receipt id, id, name, bestellnummer,
    bestellnr, bestell nr, bestellung, bestell id, auftragsnummer, auftragsnr, auftrag, auftrag id, rechnungsnummer,
    buchungsnummer, buchung, belegnummer, pedido, id pedido, numero de pedido, num pedido, pedido id, factura,
    reserva, compra, commande, numero commande, id commande, numero de commande, facture
ordered_at: ordered at, order date, placed, placed at, placed on,
    order placed, order created, order time, created at, created, date created,
    purchase date, purchased at, order purchase timestamp, booked at, booking date, transaction date, invoice date,
    sold at, date, processed at, placed at, order timestamp, paid at, bestelldatum, bestellt am, auftragsdatum,
    kaufdatum, rechnungsdatum, buchungsdatum, datum, gebucht am, fecha, fecha de pedido, fecha pedido, fecha compra,
    fecha de compra, data do pedido, data pedido, data compra, data da compra, data, date de commande, date
    commande, date achat, commande le
amount: amount, total, total amount, order total, total price, order amount, order value, grand total, revenue, net
    amount, gross amount, payment value, price, value, sales, paid, total paid, spend, betrag, gesamtbetrag, summe,
    umsatz, gesamt, bestellwert, rechnungsbetrag, gesamtpreis, brutto, netto, preis, gesamtsumme, importe, importe
    total, monto, precio, valor, valor total, total pedido, montant, montant total, prix, total ttc
currency: <currency>
status: status, order status, state, financial status, booking status, bestellstatus, auftragsstatus, estado, estado
    pedido, situacao, statut, statut commande
service_date: service date, check in, checkin, arrival, arrival date, travel date, departure date, delivery date
    requested, event date, anreise, anreisedatum, reisedatum, fecha de entrada, data de entrada, arrivee
is_replacement: is replacement, replacement, ersatz, ersatzlieferung, reposicion, reposicao, remplacement
voucher_amount: voucher amount, voucher, voucher value, gift card amount, gift card, store credit used, coupon
    amount, gutschein, gutscheinbetrag, cupon, vale, bon
margin: margin, profit, contribution, gross profit, marge, deckungsbeitrag, margen, margem
""",
    "interactions": """
incident_id: <incident>
contacted_at: contacted at, created at, created, sent at, timestamp, message date, comment date, replied at, date,
    time, datum, gesendet am, fecha, data, envoye le, erstellt am
actor: actor, author type, author role, sender type, sender, from, role, direction, author, user type, absender,
    autor, rolle, remitente, expediteur, auteur
action: action, action type, aktion, accion, acao
agent_id: agent id, agent, author id, staff id, employee id, user id, mitarbeiter, bearbeiter, agente
personal: personal, is personal, not a template
public: public, is public, visibility public, oeffentlich, öffentlich, publico
""",
    "compensations": """
incident_id: <incident>
issued_at: issued at, refunded at, refund date, paid at, granted at, created at, created, date, processed at, datum,
    erstattet am, fecha, data, fecha reembolso
kind: kind, type, compensation type, refund type, form, gesture type, art, tipo, typ
face_amount: face amount, amount, refund amount, compensation amount, credit amount, value, refunded amount, total,
    betrag, erstattungsbetrag, wert, importe, monto, valor, montant
currency: <currency>
unit_cost: unit cost, cost, kosten, coste, custo, cout
redeemed_at: redeemed at, redeemed, used at, eingeloest am, eingelöst am, canjeado el, utilise le
issued_by: issued by, agent id, agent, granted by, approved by, mitarbeiter, agente
issuer_role: issuer role, role, agent role, rolle
""",
    "customers": """
customer_id: <customer>, id
joined_at: joined at, joined, created at, customer since, signup date, sign up date, registered at, registration
    date, member since, kunde seit, angelegt am, registriert am, fecha alta, cliente desde, data cadastro, client
    depuis
segment: <segment>
region: <region>
loyalty_tier: <loyalty>
""",
    "word_of_mouth": """
customer_id: <customer>
incident_id: <incident>
posted_at: posted at, submitted at, answered at, review date, review creation date, survey date, responded at,
    response date, created at, created, date, at, datum, bewertet am, fecha, data, date avis
kind: kind, survey type, metric, type
score: score, rating, stars, nps, nps score, csat, csat score, review score, satisfaction, bewertung, sterne, note,
    puntuacion, calificacion, nota, valoracion
reach: reach, followers, impressions, reichweite, alcance, portee
sentiment: sentiment, tone, stimmung, sentimiento
praises_staff: praises staff, staff praised
has_media: has media, has photo, has image
""",
    "subscriptions": """
customer_id: <customer>
active_from: active from, start date, started at, subscription start, contract start, valid from, vertragsbeginn,
    beginn, start, inicio, debut
active_until: active until, end date, ended at, cancelled at, canceled at, churned at, subscription end, contract
    end, valid until, vertragsende, kuendigung, kündigung, ende, fin, fim
""",
    "promises": """
incident_id: <incident>
promised_at: promised at, promise date, versprochen am
due_at: due at, due date, due by, faellig am, fällig am
kept_at: kept at, fulfilled at, done at, erfuellt am, erfüllt am
""",
}


def _columns(table: str) -> dict[str, Phrases]:
    listed = _phrases(_TABLES[table], _SHARED) if table in _TABLES else {}
    own = {c.name: c.name.replace("_", " ") for c in TABLES[table].columns if c.kind != "text"}
    return {column: (name, *listed.get(column, ())) for column, name in own.items()}


COLUMN_PHRASES: Mapping[str, Mapping[str, Phrases]] = {table: _columns(table) for table in TABLES}

# Columns of an incident file that hold rows of other tables: when (or how long after opening) somebody answered, what
# was given and when, what the customer said and when.
FIRST_ANSWER = _phrases(
    """
at: first reply at, 1st reply, 1st response, 1. antwort, first response at,
    first responded at, first replied at, first answer at, first contact at,
    first agent reply, initial response time, first response, first reply, replied at, responded at, response date,
    answered at, first response date, erste antwort, erste antwort am, erstantwort, erstantwort am, beantwortet am,
    antwort am, erste reaktion, erstreaktion, primera respuesta, fecha primera respuesta, respondido el, primeira
    resposta, data primeira resposta, respondido em, premiere reponse, date premiere reponse, repondu le
duration: first reply time in minutes, first reply time, first response time, first response minutes, response time,
    reply time, time to first response, time to first reply, first reply minutes, first response time in hrs,
    minutes to first reply, reaktionszeit, antwortzeit, erstreaktionszeit, tiempo de respuesta, tiempo primera
    respuesta, tempo de resposta, tempo primeira resposta, temps de reponse, delai de reponse, delai premiere
    reponse
""",
    {},
)
GIVEN = _phrases(
    """
refund: refund amount, refund, refunded amount, refunded, erstattung, erstattungsbetrag, erstattet, rueckerstattung,
    rückerstattung, reembolso, devolucion, montant rembourse, remboursement
voucher: voucher amount, voucher, gutschein, gutscheinbetrag, gutscheinwert, vale, cupon, bon d achat
credit: credit amount, store credit, credit given, gutschrift, abono, credito, avoir
points: points given, goodwill points, punkte
monetary_unspecified: compensation amount, compensation, goodwill, goodwill amount, compensation value, kulanz,
    kulanzbetrag, entschaedigung, entschädigung, wiedergutmachung, compensacion, indemnizacion, compensacao,
    indenizacao, indemnisation, dedommagement, geste commercial
at: refunded at, refund date, compensated at, compensation date, paid out at, erstattet am, erstattungsdatum, fecha
    reembolso, data reembolso, date remboursement
""",
    {},
)
RATED = _phrases(
    """
csat: csat, csat score, satisfaction, satisfaction score, satisfaction rating, customer satisfaction, survey score,
    zufriedenheit, satisfaccion, satisfacao
nps: nps, nps score, net promoter score, likelihood to recommend, weiterempfehlung
review: rating, stars, review score, star rating, score, bewertung, sterne, calificacion, valoracion, nota, note
at: survey date, rated at, survey answered at, csat date, nps date, feedback date, review date, bewertet am
""",
    {},
)

# A moment in an order file that says the order was cancelled.
CANCELLED_AT = (
    "cancelled at", "canceled at", "cancelled on", "cancellation date", "storniert am", "stornodatum", "cancelado el",
    "cancelado em", "annulee le",
)  # fmt: skip

_FILES = _phrases(
    """
incidents: incidents, incident, tickets, ticket, complaints, complaint, cases, case, issues, claims, helpdesk,
    support, conversations, requests, beschwerden, beschwerde, reklamationen, vorgaenge, vorgänge, vorfaelle,
    vorfälle, anfragen, incidencias, reclamos, quejas, casos, reclamaciones, reclamacoes, chamados, ocorrencias,
    incidents clients, plaintes, reclamations
orders: orders, order, bookings, booking, reservations, sales, purchases, transactions, invoices, stays,
    bestellungen, bestellung, auftraege, aufträge, buchungen, verkaeufe, verkäufe, umsaetze, umsätze, rechnungen,
    pedidos, pedido, ventas, compras, reservas, vendas, facturas, commandes, commande, achats, ventes
interactions: interactions, comments, messages, replies, contacts, ticket comments, ticket events, responses,
    nachrichten, antworten, kontakte, mensajes, respostas, mensagens, reponses
compensations: compensations, compensation, refunds, refund, vouchers, credits, goodwill, amends, erstattungen,
    gutscheine, gutschriften, kulanz, reembolsos, devoluciones, remboursements
customers: customers, customer, users, members, guests, contacts, accounts, kunden, gaeste, gäste, clientes, clients
word_of_mouth: word of mouth, surveys, survey, reviews, review, nps, csat, feedback, ratings, bewertungen, umfragen,
    encuestas, opiniones, avaliacoes, pesquisas, avis, enquetes
subscriptions: subscriptions, subscription, contracts, memberships, abos, vertraege, verträge, suscripciones,
    contratos, assinaturas, abonnements, contrats
promises: promises, promise, commitments
""",
    {},
)
FILE_PHRASES: Mapping[str, Phrases] = {t: (t.replace("_", " "), *_FILES.get(t, ())) for t in TABLES}
