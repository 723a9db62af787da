"""The cases: exports of one company as tools, languages and mishaps write them, with their admissible ends."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from pathlib import Path

from zoo_company import (
    Ticket,
    Truth,
    key,
    lines,
    mail,
    orders,
    stamp,
    table,
    tickets,
    truth,
    truth_of,
    with_comma,
)

RIGHT, ASKED, REFUSED = "right", "asked", "refused"
ISO = "%Y-%m-%d %H:%M:%S"


@dataclass(frozen=True)
class Case:
    """One folder of exports. ``ends`` are admissible; ``says`` stands in a refusal or names what is asked.

    ``answers``: what is asked about → the answer after which the reading must be right.
    """

    name: str
    write: Callable[[Path], None]
    truth: Truth
    ends: tuple[str, ...] = (RIGHT,)
    says: str = ""
    answers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


CASES: list[Case] = []


def case(name: str, *ends: str, says: str = "", answers: Mapping[str, tuple[str, ...]] | None = None, **other: object):
    """Register a writer; ``other`` is what its exports can't tell, or tell otherwise."""

    def add(write: Callable[[Path], None]) -> Callable[[Path], None]:
        told = replace(truth(), **{"refunds": None, "refunded": None, "scores": None, **other})
        CASES.append(Case(name, write, told, ends or (RIGHT,), says, answers or {}))
        return write

    return add


REFUNDS = {"refunds": truth().refunds, "refunded": truth().refunded}
NO_ORDERS = {"orders": None, "spent": None}
NO_ANSWERS = {"answered": None, "median_minutes": None}


def words(*texts: str) -> Callable[[object], str]:
    return lambda row: texts[(row.topic if len(texts) == 4 else row.step) if isinstance(row, Ticket) else 0]


def state(bought: str, undone: str) -> Callable[[object], str]:
    return lambda order: bought if order.bought else undone


def plain_orders(folder: Path, **other: object) -> None:
    table(
        folder / "orders.csv",
        {
            "order_id": lambda o: o.number,
            "customer_id": lambda o: key(o.customer),
            "order_date": lambda o: stamp(ISO)(o.placed),
            "total": lambda o: o.amount,
            "currency": lambda o: "EUR",
            "status": state("paid", "cancelled"),
        },
        orders(),
        **other,
    )


def plain_tickets(folder: Path, name: str = "tickets.csv", rows=None, **other: object) -> None:
    columns = {
        "Ticket ID": lambda t: t.number,
        "Customer ID": lambda t: key(t.customer),
        "Created at": lambda t: stamp(ISO)(t.opened),
        "First response at": lambda t: stamp(ISO)(t.answered),
        "Closed at": lambda t: stamp(ISO)(t.closed),
        "Reason": words("late", "broken", "wrong", "billing"),
    }
    table(folder / name, columns, tickets() if rows is None else rows, **other)


# ── Tools and languages ──────────────────────────────────────────────────────────────────────────────────────────────


@case("znuny-deutsch", **REFUNDS)
def _(folder: Path) -> None:
    form = stamp("%d.%m.%Y %H:%M")
    table(
        folder / "Ticketsuche.csv",
        {
            "Ticket#": lambda t: f"2024{t.number}",
            "Erstellt": lambda t: form(t.opened),
            "Geschlossen": lambda t: form(t.closed),
            "Erste Antwort": lambda t: form(t.answered),
            "Queue": words("Versand", "Technik", "Rechnung", "Sonstiges"),
            "Besitzer": lambda t: "mueller",
            "Kundenbenutzer": lambda t: key(t.customer),
            "Priorität": words("3 normal", "4 hoch", "5 sehr hoch"),
            "Erstattung": lambda t: with_comma(t.refund, ".") if t.refund else "",
        },
        tickets(),
        ";",
        "cp1252",
    )
    table(
        folder / "Aufträge.csv",
        {
            "Auftragsnummer": lambda o: f"A{o.number}",
            "Kundennummer": lambda o: key(o.customer),
            "Auftragsdatum": lambda o: form(o.placed),
            "Gesamtbetrag": lambda o: with_comma(o.amount, "."),
            "Währung": lambda o: "EUR",
            "Auftragsstatus": state("Versendet", "Storniert"),
        },
        orders(),
        ";",
        "cp1252",
    )


@case("prestashop-francais")
def _(folder: Path) -> None:
    form = stamp("%d/%m/%Y %H:%M")
    table(
        folder / "commandes.csv",
        {
            "ID": lambda o: o.number - 900_000,
            "Référence": lambda o: f"REF{o.number}",
            "Nouveau client": lambda o: "Oui",
            "Livraison": lambda o: "France",
            "Client": lambda o: "A. Exemple",
            "email": lambda o: mail(o.customer),
            "Total": lambda o: f"{with_comma(o.amount, chr(0x202F))} €",
            "Paiement": lambda o: "Carte",
            "État": state("Livré", "Annulé"),
            "Date": lambda o: form(o.placed),
        },
        orders(),
        ";",
    )
    table(
        folder / "reclamations.csv",
        {
            "Numéro de dossier": lambda t: t.number,
            "Courriel": lambda t: mail(t.customer),
            "Ouvert le": lambda t: form(t.opened),
            "Première réponse": lambda t: form(t.answered),
            "Clôturé le": lambda t: form(t.closed),
            "Motif": words("Retard", "Cassé", "Erreur", "Facture"),
            "Priorité": words("faible", "normale", "haute"),
        },
        tickets(),
        ";",
    )


@case("freshdesk-woocommerce-espanol")
def _(folder: Path) -> None:
    form = stamp(ISO)
    table(
        folder / "tickets_export.csv",
        {
            "Ticket ID": lambda t: t.number,
            "Subject": lambda t: "Mi pedido no ha llegado todavía y espero respuesta",
            "Status": lambda t: "Closed" if t.closed else "Open",
            "Priority": words("Low", "Medium", "Urgent"),
            "Source": lambda t: "Email",
            "Type": words("Retraso", "Roto", "Error", "Factura"),
            "Agent": lambda t: "Ana",
            "Created time": lambda t: form(t.opened),
            "Due by Time": lambda t: form(t.opened + timedelta(days=2)),
            "Closed time": lambda t: form(t.closed),
            "Last update time": lambda t: form(t.closed or t.opened),
            "Initial response time": lambda t: form(t.answered),
            "First response time (in hrs)": lambda t: "01:10:00" if t.answered else "",
            "Email": lambda t: mail(t.customer),
        },
        tickets(),
    )
    table(
        folder / "wc-orders.csv",
        {
            "order_id": lambda o: o.number,
            "order_number": lambda o: f"W-{o.number}",
            "order_date": lambda o: form(o.placed),
            "status": state("wc-completed", "wc-failed"),
            "shipping_total": lambda o: "4.90",
            "order_total": lambda o: o.amount,
            "order_currency": lambda o: "EUR",
            "billing_email": lambda o: mail(o.customer).upper(),
            "payment_method_title": lambda o: "Tarjeta",
        },
        orders(),
    )


@case("portugues-as-horas")
def _(folder: Path) -> None:
    form = stamp("%d/%m/%Y às %H:%M")
    table(
        folder / "chamados.csv",
        {
            "Protocolo": lambda t: t.number,
            "Código cliente": lambda t: key(t.customer),
            "Data de abertura": lambda t: form(t.opened),
            "Data primeira resposta": lambda t: form(t.answered),
            "Data de fechamento": lambda t: form(t.closed),
            "Motivo": words("Atraso", "Defeito", "Troca", "Cobrança"),
        },
        tickets(),
        ";",
    )
    table(
        folder / "pedidos.csv",
        {
            "Pedido": lambda o: o.number,
            "Código cliente": lambda o: key(o.customer),
            "Data do pedido": lambda o: form(o.placed),
            "Valor total": lambda o: f"R$ {with_comma(o.amount, '.')}",
            "Situação": state("Concluído", "Estornado"),
        },
        orders(),
        ";",
    )


@case("italiano-alle-ore", **REFUNDS)
def _(folder: Path) -> None:
    form = stamp("%d/%m/%Y alle ore %H:%M")
    table(
        folder / "reclami.csv",
        {
            "Codice reclamo": lambda t: t.number,
            "Codice cliente": lambda t: key(t.customer),
            "Aperto il": lambda t: form(t.opened),
            "Prima risposta": lambda t: form(t.answered),
            "Chiuso il": lambda t: form(t.closed),
            "Categoria reclamo": words("Ritardo", "Rotto", "Errore", "Fattura"),
            "Importo rimborso": lambda t: f"€ {with_comma(t.refund, '.')}" if t.refund else "",
        },
        tickets(),
        ";",
    )
    table(
        folder / "ordini.csv",
        {
            "Numero ordine": lambda o: o.number,
            "Codice cliente": lambda o: key(o.customer),
            "Data ordine": lambda o: form(o.placed),
            "Totale ordine": lambda o: f"€ {with_comma(o.amount, '.')}",
            "Stato ordine": state("Spedito", "Annullato"),
        },
        orders(),
        ";",
    )


@case("magento-nederlands")
def _(folder: Path) -> None:
    table(
        folder / "klachten.csv",
        {
            "Klachtnummer": lambda t: t.number,
            "E-mail": lambda t: mail(t.customer),
            "Aangemaakt op": lambda t: stamp("%d-%m-%Y %H:%M uur")(t.opened),
            "Eerste reactie": lambda t: stamp("%d-%m-%Y %H:%M uur")(t.answered),
            "Gesloten op": lambda t: stamp("%d-%m-%Y %H:%M uur")(t.closed),
            "Reden": words("Laat", "Kapot", "Verkeerd", "Factuur"),
        },
        tickets(),
        ";",
    )
    table(
        folder / "orders.csv",
        {
            "ID": lambda o: o.number,
            "Purchase Point": lambda o: "Main Website",
            "Purchase Date": lambda o: stamp("%b %d, %Y, %I:%M:%S %p")(o.placed),
            "Bill-to Name": lambda o: "A. Voorbeeld",
            "Ship-to Name": lambda o: "A. Voorbeeld",
            "Grand Total (Base)": lambda o: f"€{o.amount}",
            "Grand Total (Purchased)": lambda o: f"${o.amount * 2}",
            "Status": state("complete", "canceled"),
            "Customer Email": lambda o: mail(o.customer),
            "Customer Group": lambda o: "General",
        },
        orders(),
    )


@case("polski-cp1250")
def _(folder: Path) -> None:
    form = stamp("%d.%m.%Y o godz. %H:%M")
    table(
        folder / "zgloszenia.csv",
        {
            "Numer zgłoszenia": lambda t: t.number,
            "Numer klienta": lambda t: key(t.customer),
            "Data zgłoszenia": lambda t: form(t.opened),
            "Pierwsza odpowiedź": lambda t: form(t.answered),
            "Zamknięto": lambda t: form(t.closed),
            "Powód": words("Opóźnienie", "Uszkodzenie", "Pomyłka", "Faktura"),
        },
        tickets(),
        ";",
        "cp1250",
    )
    table(
        folder / "zamowienia.csv",
        {
            "Numer zamówienia": lambda o: o.number,
            "Numer klienta": lambda o: key(o.customer),
            "Data zamówienia": lambda o: form(o.placed),
            "Kwota": lambda o: f"{with_comma(o.amount, chr(0xA0))} zł",
            "Status zamówienia": state("Zrealizowane", "Anulowane"),
        },
        orders(),
        ";",
        "cp1250",
    )


@case("svenska-kl")
def _(folder: Path) -> None:
    form = stamp("%d %B %Y kl. %H:%M")
    months = {
        "January": "januari",
        "February": "februari",
        "March": "mars",
        "April": "april",
        "May": "maj",
        "June": "juni",
        "July": "juli",
        "August": "augusti",
        "September": "september",
        "October": "oktober",
        "November": "november",
        "December": "december",
    }

    def said(moment: datetime | None) -> str:
        text = form(moment)
        for english, swedish in months.items():
            text = text.replace(english, swedish)
        return text

    table(
        folder / "ärenden.csv",
        {
            "Ärendenummer": lambda t: t.number,
            "Kundnummer": lambda t: key(t.customer),
            "Skapad": lambda t: said(t.opened),
            "Första svar": lambda t: said(t.answered),
            "Stängd": lambda t: said(t.closed),
            "Orsak": words("Sen", "Trasig", "Fel", "Faktura"),
        },
        tickets(),
        ";",
    )
    table(
        folder / "beställningar.csv",
        {
            "Beställningsnummer": lambda o: o.number,
            "Kundnummer": lambda o: key(o.customer),
            "Orderdatum": lambda o: said(o.placed),
            "Belopp": lambda o: f"{with_comma(o.amount, chr(0xA0))} kr",
            "Orderstatus": state("Levererad", "Makulerad"),
        },
        orders(),
        ";",
    )


@case("japanese-cp932")
def _(folder: Path) -> None:
    form = stamp("%Y年%m月%d日 %H時%M分")
    table(
        folder / "tickets.csv",
        {
            "受付番号": lambda t: t.number,
            "会員番号": lambda t: key(t.customer),
            "受付日時": lambda t: form(t.opened),
            "初回回答日時": lambda t: form(t.answered),
            "完了日時": lambda t: form(t.closed),
            "種別": words("遅延", "破損", "誤配送", "請求"),
        },
        tickets(),
        ",",
        "cp932",
    )
    table(
        folder / "orders.csv",
        {
            "注文番号": lambda o: o.number,
            "会員番号": lambda o: key(o.customer),
            "注文日時": lambda o: form(o.placed),
            "支払金額": lambda o: o.amount,
            "注文状況": state("発送済み", "キャンセル"),
        },
        orders(),
        ",",
        "cp932",
    )


@case("korean-half-days", ASKED, says="which_column")
def _(folder: Path) -> None:
    def said(moment: datetime | None) -> str:
        if not moment:
            return ""
        half = "오전" if moment.hour < 12 else "오후"
        return f"{moment:%Y-%m-%d} {half} {(moment.hour - 1) % 12 + 1}:{moment:%M}"

    table(
        folder / "문의목록.csv",
        {
            "접수번호": lambda t: t.number,
            "고객번호": lambda t: key(t.customer),
            "접수일시": lambda t: said(t.opened),
            "최초답변일시": lambda t: said(t.answered),
            "완료일시": lambda t: said(t.closed),
            "문의유형": words("지연", "파손", "오배송", "청구"),
        },
        tickets(),
    )
    table(
        folder / "주문목록.csv",
        {
            "주문번호": lambda o: o.number,
            "고객번호": lambda o: key(o.customer),
            "주문일시": lambda o: said(o.placed),
            "결제금액": lambda o: o.amount,
            "주문상태": state("배송완료", "주문취소"),
        },
        orders(),
    )


@case("salesforce-report-with-foot")
def _(folder: Path) -> None:
    form = stamp("%m/%d/%Y, %I:%M %p")
    table(
        folder / "report1716.csv",
        {
            "Case Number": lambda t: f"000{t.number}",
            "Case Owner": lambda t: "Bo",
            "Case Origin": lambda t: "Web",
            "Case Reason": words("Late", "Broken", "Wrong", "Billing"),
            "Contact Email": lambda t: mail(t.customer),
            "Date/Time Opened": lambda t: form(t.opened),
            "First Response": lambda t: form(t.answered),
            "Date/Time Closed": lambda t: form(t.closed),
            "Priority": words("Low", "Medium", "High"),
        },
        tickets(),
        below='\r\n"Cases of 2024"\r\n"Copyright (c) 2024, all rights reserved"\r\n',
    )
    table(
        folder / "orders.csv",
        {
            "Order number": lambda o: o.number,
            "Email": lambda o: mail(o.customer),
            "Order date": lambda o: form(o.placed),
            "Grand total": lambda o: f"${o.amount:,.2f}",
            "Order status": state("Fulfilled", "Voided"),
        },
        orders(),
    )


@case("hubspot-duration-clock")
def _(folder: Path) -> None:
    def wait(t: Ticket) -> str:
        if not t.answered:
            return ""
        minutes = int((t.answered - t.opened).total_seconds() // 60)
        return f"{minutes // 60:02}:{minutes % 60:02}:00"

    table(
        folder / "hubspot-crm-exports-tickets.csv",
        {
            "Ticket ID": lambda t: t.number,
            "Ticket name": lambda t: f"Question {t.number}",
            "Pipeline": lambda t: "Support",
            "Ticket status": lambda t: "Closed" if t.closed else "New",
            "Create date": lambda t: stamp("%Y-%m-%d %H:%M")(t.opened),
            "Close date": lambda t: stamp("%Y-%m-%d %H:%M")(t.closed),
            "Last modified date": lambda t: stamp("%Y-%m-%d %H:%M")(t.closed or t.opened),
            "Priority": words("Low", "Medium", "High"),
            "Ticket owner": lambda t: "Bo",
            "Associated Contact IDs": lambda t: 88_000_000 + t.customer,
            "First response time": wait,
        },
        tickets(),
    )
    table(
        folder / "deals.csv",
        {
            "Order number": lambda o: o.number,
            "Contact ID": lambda o: 88_000_000 + o.customer,
            "Order date": lambda o: stamp("%Y-%m-%d %H:%M")(o.placed),
            "Amount": lambda o: o.amount,
            "Order status": state("complete", "cancelled"),
        },
        orders(),
    )


@case("intercom-parts-with-notes")
def _(folder: Path) -> None:
    utc = stamp("%Y-%m-%dT%H:%M:%SZ")
    table(
        folder / "conversations.csv",
        {
            "Conversation ID": lambda t: t.number,
            "Conversation started at": lambda t: utc(t.opened),
            "Conversation last closed at": lambda t: utc(t.closed),
            "Conversation state": lambda t: "closed" if t.closed else "open",
            "User ID": lambda t: key(t.customer),
        },
        tickets(),
    )
    parts = [["Conversation ID", "Created at", "Author type", "Part type"]]
    for t in tickets():
        parts.append([t.number, utc(t.opened), "user", "comment"])
        parts.append([t.number, utc(t.opened + timedelta(minutes=1)), "admin", "note"])
        if t.answered:
            parts.append([t.number, utc(t.answered), "admin", "comment"])
    lines(folder / "messages.csv", parts)
    plain_orders(folder)


@case("servicenow-row-per-update")
def _(folder: Path) -> None:
    form = stamp(ISO)
    rows = [
        [
            "number",
            "opened_at",
            "caller_id",
            "sys_updated_on",
            "sys_mod_count",
            "incident_state",
            "closed_at",
            "category",
        ]
    ]
    for t in tickets():
        kind = ("late", "broken", "wrong", "billing")[t.topic]
        rows.append([f"INC{t.number}", form(t.opened), key(t.customer), form(t.opened), 0, "New", "", kind])
        rows.append(
            [
                f"INC{t.number}",
                form(t.opened),
                key(t.customer),
                form(t.opened + timedelta(days=9)),
                1,
                "Closed" if t.closed else "New",
                form(t.closed),
                kind,
            ]
        )
    lines(folder / "incident.csv", rows)
    plain_orders(folder)


CASES[-1] = replace(CASES[-1], truth=replace(CASES[-1].truth, **NO_ANSWERS))


@case("jira-repeated-columns", **NO_ANSWERS)
def _(folder: Path) -> None:
    form = stamp("%d/%b/%y %I:%M %p")
    rows = [
        [
            "Summary",
            "Issue key",
            "Issue id",
            "Issue Type",
            "Status",
            "Priority",
            "Reporter",
            "Created",
            "Updated",
            "Resolved",
            "Labels",
            "Labels",
            "Comment",
            "Comment",
        ]
    ]
    for t in tickets():
        kind = ("Late", "Broken", "Wrong", "Billing")[t.topic]
        rows.append(
            [
                f"Q {t.number}",
                f"SUP-{t.number}",
                t.number + 10_000,
                kind,
                "Done" if t.closed else "Open",
                "High",
                key(t.customer),
                form(t.opened),
                form(t.opened + timedelta(days=3)),
                form(t.closed),
                "cx",
                "",
                "hello; there",
                "",
            ]
        )
    lines(folder / "Jira.csv", rows)
    plain_orders(folder)


POOR = truth_of([t for t in tickets() if t.step < 2])


@case(
    "app-store-reviews-alone",
    customers=None,
    **NO_ORDERS,
    cases=POOR.cases,
    first_opened=POOR.first_opened,
    answered=POOR.answered,
    median_minutes=POOR.median_minutes,
)
def _(folder: Path) -> None:
    form = stamp("%Y-%m-%dT%H:%M:%SZ")
    table(
        folder / "customerReviews.csv",
        {
            "id": lambda t: f"00000{t.number}",
            "rating": lambda t: (1, 2, 5)[t.step],
            "title": lambda t: "",
            "body": lambda t: "It never arrives and nobody says why it does not",
            "reviewerNickname": lambda t: "nick",
            "createdDate": lambda t: form(t.opened),
            "territory": lambda t: "DEU",
            "Developer Response Date": lambda t: form(t.answered),
        },
        tickets(),
    )
