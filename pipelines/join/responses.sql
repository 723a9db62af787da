-- One row per incident: when a person, a bot and the customer first spoke. A reply before opening answers nothing.
WITH firsts AS (
    SELECT
        subject_id,
        min(seconds) FILTER (WHERE actor = 'agent' AND seconds >= 0) AS first_contact_seconds,
        min(contacted_at) FILTER (WHERE actor = 'agent' AND seconds >= 0) AS first_contact_at,
        min(seconds) FILTER (WHERE actor = 'bot' AND seconds >= 0) AS first_bot_seconds,
        min(seconds) FILTER (WHERE actor = 'agent' AND seconds >= 0 AND action IN ('explain', 'offer', 'resolve'))
            AS first_substance_seconds,
        min(seconds) FILTER (WHERE actor = 'agent' AND seconds >= 0 AND action = 'resolve') AS resolve_seconds,
        min(seconds) FILTER (WHERE actor IN ('agent', 'bot')) AS company_spoke_seconds,
        min(seconds) FILTER (WHERE actor = 'customer') AS customer_spoke_seconds
    FROM contacts
    GROUP BY subject_id
),
answerers AS (
    SELECT k.subject_id, CASE WHEN min(k.agent_id) = max(k.agent_id) THEN min(k.agent_id) END AS first_agent
    FROM contacts AS k
    JOIN firsts AS f ON f.subject_id = k.subject_id AND f.first_contact_seconds = k.seconds
    WHERE k.actor = 'agent'
    GROUP BY k.subject_id
),
spoken AS (
    SELECT
        c.subject_id,
        c.age_seconds,
        c.contacts_known,
        f.first_contact_seconds,
        f.first_contact_at,
        a.first_agent,
        f.first_bot_seconds,
        f.first_substance_seconds,
        f.resolve_seconds,
        f.company_spoke_seconds,
        CASE
            WHEN c.detected_by = 'customer' THEN least(coalesce(f.customer_spoke_seconds, 0), 0)
            ELSE f.customer_spoke_seconds
        END AS customer_spoke_seconds
    FROM cases AS c
    LEFT JOIN firsts AS f ON c.contacts_known AND f.subject_id = c.subject_id
    LEFT JOIN answerers AS a ON a.subject_id = f.subject_id
)
SELECT
    p.subject_id,
    CASE
        WHEN NOT p.contacts_known THEN NULL
        WHEN p.first_contact_seconds <= s.response_cap_seconds THEN 'answered'
        WHEN p.age_seconds > s.response_cap_seconds THEN 'unanswered'
        ELSE 'open'
    END AS response_status,
    p.first_contact_seconds,
    p.first_contact_at,
    p.first_agent,
    p.first_bot_seconds,
    p.first_substance_seconds,
    p.resolve_seconds,
    CASE
        WHEN NOT p.contacts_known OR p.customer_spoke_seconds IS NULL THEN NULL
        WHEN p.company_spoke_seconds < p.customer_spoke_seconds THEN p.customer_spoke_seconds - p.company_spoke_seconds
        ELSE 0
    END AS proactive_notice_seconds
FROM spoken AS p CROSS JOIN settings AS s
