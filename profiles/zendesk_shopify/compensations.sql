-- One row per thing given: money back (transactions that went through), credit of any kind (gift cards, used up when
-- nothing is left on them), and goodwill in kind as agents note it on the ticket ("kind:cents"). The ticket is named
-- in the note; the giver's role is the job title of the help desk user.
WITH refunds AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth FROM shop_refund
),
payments AS (
    SELECT refund_id, max(amount) AS amount
    FROM shop_transaction
    WHERE kind = 'refund' AND status = 'success'
    GROUP BY refund_id
),
cards AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth FROM shop_gift_card
),
notes AS (
    SELECT
        *,
        row_number() OVER (
            PARTITION BY ticket_id, field_name, value, updated, user_id ORDER BY _fivetran_synced DESC, _line DESC
        ) AS nth
    FROM ticket_field_history
    WHERE field_name = 'custom_goodwill'
),
staff AS (
    SELECT id, max(custom_job_title) AS job_title FROM help_desk_user WHERE role <> 'end-user' GROUP BY id
),
given AS (
    SELECT
        r.note,
        r.created_at AS issued_at,
        'refund' AS kind,
        p.amount AS face_amount,
        CAST(NULL AS VARCHAR) AS redeemed_at,
        r.user_id,
        r._file,
        r._line
    FROM refunds AS r
    JOIN payments AS p ON p.refund_id = r.id
    WHERE r.nth = 1
    UNION ALL
    SELECT
        note,
        created_at,
        template_suffix,
        initial_value,
        CASE WHEN TRY_CAST(balance AS DECIMAL(18, 2)) = 0 THEN updated_at END,
        user_id,
        _file,
        _line
    FROM cards
    WHERE nth = 1
    UNION ALL
    SELECT
        concat('Ticket ', ticket_id),
        updated,
        split_part(value, ':', 1),
        CAST(CAST(TRY_CAST(split_part(value, ':', 2) AS BIGINT) / 100 AS DECIMAL(18, 2)) AS VARCHAR),
        CAST(NULL AS VARCHAR),
        user_id,
        _file,
        _line
    FROM notes
    WHERE nth = 1
)
SELECT
    replace(g.note, 'Ticket ', '') AS incident_id,
    g.issued_at,
    g.kind,
    g.face_amount,
    'EUR' AS currency,
    g.redeemed_at,
    g.user_id AS issued_by,
    s.job_title AS issuer_role,
    g._file,
    g._line
FROM given AS g
LEFT JOIN staff AS s ON s.id = g.user_id
