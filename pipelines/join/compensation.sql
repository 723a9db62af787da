-- One row per incident; payouts summed. Nothing recorded is 0, and money of 0 is nothing given; an unknown face value
-- makes the amount unknown.
-- A giver's limit is held against all they gave to the incident, so that splitting a payout gains nothing.
WITH given AS (
    SELECT
        p.incident_id,
        k.form,
        CASE WHEN k.form = 'gesture' THEN coalesce(p.face_amount, CAST(0 AS DECIMAL(18, 4))) ELSE p.face_amount END
            AS amount,
        p.face_amount,
        p.issued_at,
        p.redeemed_at < s.cut_at AS redeemed,
        coalesce(a.limit_amount, g.limit_amount)
            - sum(p.face_amount) OVER (PARTITION BY p.incident_id, p.issuer_role, p.issued_by) AS limit_left
    FROM compensations AS p
    JOIN compensation_forms AS k ON k.kind = p.kind
    JOIN cases AS c ON c.incident_id = p.incident_id
    CROSS JOIN settings AS s
    LEFT JOIN authority AS a ON a.role = p.issuer_role AND a.site_id = c.site_id
    LEFT JOIN authority AS g ON g.role = p.issuer_role AND g.site_id = ''
    WHERE
        (p.issued_at IS NULL OR p.issued_at < s.cut_at)
        AND (k.form NOT IN ('cash', 'future_credit') OR coalesce(p.face_amount, CAST(1 AS DECIMAL(18, 4))) <> 0)
),
summed AS (
    SELECT
        incident_id,
        count(*) AS payouts,
        count(*) - count(amount) AS unpriced,
        CAST(coalesce(sum(amount), 0) AS DECIMAL(18, 4)) AS amount,
        CAST(coalesce(sum(amount) FILTER (WHERE form = 'cash'), 0) AS DECIMAL(18, 4)) AS cash,
        CAST(coalesce(sum(amount) FILTER (WHERE form = 'future_credit'), 0) AS DECIMAL(18, 4)) AS future_credit,
        CAST(coalesce(sum(amount) FILTER (WHERE form = 'in_kind'), 0) AS DECIMAL(18, 4)) AS in_kind,
        min(form) AS first_form,
        max(form) AS last_form,
        count(*) FILTER (WHERE form = 'gesture') AS gestures,
        count(*) FILTER (WHERE form = 'future_credit') AS credits,
        count(*) FILTER (WHERE form = 'future_credit' AND redeemed) AS credits_redeemed,
        min(issued_at) AS compensated_at,
        count(*) FILTER (WHERE face_amount IS NOT NULL AND limit_left >= 0) AS within,
        count(*) FILTER (WHERE limit_left < 0) AS beyond
    FROM given
    GROUP BY incident_id
),
known AS (
    SELECT
        c.subject_id,
        c.opened_second,
        c.loss_amount,
        g.*,
        CASE
            WHEN NOT u.compensations_face_amount OR g.unpriced > 0 THEN NULL
            ELSE coalesce(g.amount, CAST(0 AS DECIMAL(18, 4)))
        END AS known_amount
    FROM cases AS c
    LEFT JOIN summed AS g ON g.incident_id = c.incident_id
    CROSS JOIN supplied AS u
)
SELECT
    k.subject_id,
    CASE WHEN u.compensations THEN k.payouts IS NOT NULL END AS compensation_given,
    k.known_amount AS compensation_amount,
    CASE WHEN k.loss_amount > 0 THEN CAST(k.known_amount AS DOUBLE) / CAST(k.loss_amount AS DOUBLE) END
        AS compensation_share,
    CASE
        WHEN NOT u.compensations THEN NULL
        WHEN k.payouts IS NULL THEN 'none'
        WHEN k.first_form <> k.last_form THEN 'mixed'
        ELSE k.first_form
    END AS compensation_kind,
    CASE WHEN k.known_amount > 0 THEN CAST(k.cash AS DOUBLE) / CAST(k.known_amount AS DOUBLE) END AS cash_share,
    CASE WHEN k.known_amount > 0 THEN CAST(k.future_credit AS DOUBLE) / CAST(k.known_amount AS DOUBLE) END
        AS future_credit_share,
    CASE WHEN k.known_amount > 0 THEN CAST(k.in_kind AS DOUBLE) / CAST(k.known_amount AS DOUBLE) END AS in_kind_share,
    CASE WHEN u.compensations THEN coalesce(k.gestures, 0) > 0 END AS gesture,
    date_diff('second', k.opened_second, date_trunc('second', k.compensated_at)) AS paid_seconds,
    k.compensated_at,
    CASE WHEN u.compensations_redeemed_at AND k.credits > 0 THEN k.credits_redeemed > 0 END AS redeemed,
    CASE
        WHEN k.beyond > 0 THEN FALSE
        WHEN k.within = k.payouts THEN TRUE
    END AS within_authority
FROM known AS k CROSS JOIN supplied AS u
