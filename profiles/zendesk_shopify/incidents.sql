-- One row per ticket of type "incident". A row synced twice counts once, as last synced. The guest is the shop's
-- customer with the requester's e-mail address; nobody else is guessed.
WITH tickets AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth FROM ticket
),
requesters AS (
    SELECT
        id,
        max(lower(trim(email))) AS email,
        max(custom_region) AS region,
        max(custom_segment) AS segment,
        max(custom_loyalty) AS loyalty_tier
    FROM help_desk_user
    WHERE role = 'end-user'
    GROUP BY id
),
guests AS (
    SELECT lower(trim(email)) AS email, min(id) AS customer_id
    FROM shop_customer
    WHERE trim(email) <> ''
    GROUP BY lower(trim(email))
    HAVING count(DISTINCT id) = 1
),
changes AS (
    SELECT
        ticket_id,
        max(CASE WHEN field_name = 'status' AND value = 'solved' THEN updated END) AS resolved_at,
        max(CASE WHEN field_name = 'status' AND value = 'closed' THEN updated END) AS closed_at,
        max(CASE WHEN field_name = 'custom_churn_risk' AND value = 'true' THEN updated END) AS threatened_at,
        max(CASE WHEN field_name = 'custom_cause_review' AND value = 'done' THEN updated END) AS reviewed_at
    FROM ticket_field_history
    GROUP BY ticket_id
),
marks AS (
    SELECT
        ticket_id,
        max(CASE WHEN tag = 'public_complaint' THEN 1 ELSE 0 END) AS in_public,
        max(CASE WHEN tag = 'publicised_by_us' THEN 1 ELSE 0 END) AS publicised,
        max(CASE tag WHEN 'test_usual' THEN 'usual' WHEN 'test_credit_offer' THEN 'credit_offer' END) AS arm
    FROM ticket_tag
    GROUP BY ticket_id
),
houses AS (
    SELECT id, max(name) AS name FROM help_desk_group GROUP BY id
),
brands AS (
    SELECT id, max(name) AS name FROM help_desk_brand GROUP BY id
),
problems AS (
    SELECT id, external_id FROM tickets WHERE type = 'problem' AND nth = 1
),
follow_ups AS (
    SELECT via_followup_source_id AS ticket_id, min(created_at) AS reopened_at
    FROM tickets
    WHERE type = 'question' AND nth = 1 AND via_followup_source_id <> ''
    GROUP BY via_followup_source_id
)
SELECT
    t.id AS incident_id,
    g.customer_id,
    t.created_at AS opened_at,
    t.custom_occurred_at AS occurred_at,
    t.custom_noticed_by AS detected_by,
    t.via_channel AS channel,
    replace(t.custom_failure_type, 'fail_', '') AS category,
    t.custom_root_cause AS root_cause,
    t.priority AS severity,
    CAST(TRY_CAST(t.custom_loss_cents AS BIGINT) / 100 AS DECIMAL(18, 2)) AS loss_amount,
    'EUR' AS currency,
    t.custom_fault AS fault,
    p.external_id AS event_id,
    h.name AS site_id,
    b.name AS brand,
    r.region,
    r.segment,
    r.loyalty_tier,
    t.custom_arrival AS service_start,
    t.custom_departure AS service_end,
    coalesce(m.in_public, 0) = 1 AS public_complaint,
    c.threatened_at AS threatened_to_leave_at,
    c.resolved_at,
    c.closed_at,
    f.reopened_at,
    t.custom_fixed AS fixed_for_customer,
    t.custom_guest_told AS fix_communicated,
    coalesce(m.publicised, 0) = 1 AS company_publicised,
    c.reviewed_at AS cause_reviewed_at,
    m.arm AS assignment,
    t.custom_nights AS x_nights,
    t._file,
    t._line
FROM tickets AS t
LEFT JOIN requesters AS r ON r.id = t.requester_id
LEFT JOIN guests AS g ON g.email = r.email
LEFT JOIN changes AS c ON c.ticket_id = t.id
LEFT JOIN marks AS m ON m.ticket_id = t.id
LEFT JOIN houses AS h ON h.id = t.group_id
LEFT JOIN brands AS b ON b.id = t.brand_id
LEFT JOIN problems AS p ON p.id = t.problem_id
LEFT JOIN follow_ups AS f ON f.ticket_id = t.id
WHERE t.type = 'incident' AND t.nth = 1
