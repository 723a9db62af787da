-- One row per comment that the guest could read, on tickets of type "incident"; internal notes are no contact. An
-- answer with the mark of a macro is not in the agent's own words. Whoever shares a log-in has no agent id.
WITH comments AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth FROM ticket_comment
),
users AS (
    SELECT id, max(role) AS role, max(alias) AS alias, max(shared_agent) AS shared_agent FROM help_desk_user GROUP BY id
),
incident_tickets AS (
    SELECT DISTINCT id FROM ticket WHERE type = 'incident'
),
spoken AS (
    SELECT
        c.*,
        u.shared_agent,
        CASE WHEN u.role = 'end-user' THEN 'customer' WHEN u.alias = 'bot' THEN 'bot' ELSE 'agent' END AS actor
    FROM comments AS c
    JOIN incident_tickets AS t ON t.id = c.ticket_id
    JOIN users AS u ON u.id = c.user_id
    WHERE c.nth = 1 AND c.public = 'true'
)
SELECT
    ticket_id AS incident_id,
    created AS contacted_at,
    actor,
    CASE WHEN actor = 'agent' AND shared_agent <> 'true' THEN user_id END AS agent_id,
    CASE WHEN actor = 'agent' THEN NOT contains(body, '[macro') END AS personal,
    tweet = 'true' OR facebook_comment = 'true' AS public,
    body AS message,
    _file,
    _line
FROM spoken
