-- One row per incident: human contacts, and the longest wait without one, from opening until the case ended
-- (resolved, else closed) or the data cut. While the case is open the wait is censored. `landmark_silence_seconds` is
-- the longest wait between the first contact and 72 hours after opening, of cases answered and still open then. Where
-- the export holds the first answer alone, what came after it isn't known.
WITH ends AS (
    SELECT
        c.subject_id,
        c.contacts_known,
        coalesce(c.resolved_seconds, r.resolve_seconds) AS resolved_seconds,
        coalesce(c.resolved_seconds, r.resolve_seconds, c.closed_seconds) AS ended_seconds,
        coalesce(c.resolved_seconds, r.resolve_seconds, c.closed_seconds, c.age_seconds) AS end_seconds
    FROM cases AS c JOIN responses AS r ON r.subject_id = c.subject_id
),
steps AS (
    SELECT
        k.subject_id,
        k.seconds,
        k.agent_id,
        e.end_seconds,
        lag(k.seconds) OVER (PARTITION BY k.subject_id ORDER BY k.seconds) AS previous_seconds
    FROM contacts AS k JOIN ends AS e ON e.subject_id = k.subject_id
    WHERE k.actor = 'agent' AND k.seconds >= 0
),
gaps AS (
    SELECT
        subject_id,
        count(*) FILTER (WHERE seconds > coalesce(previous_seconds, -1)) AS company_contacts,
        count(*) FILTER (WHERE seconds > coalesce(previous_seconds, -1) AND seconds <= end_seconds) AS contacts_until_end,
        max(seconds - coalesce(previous_seconds, 0)) FILTER (WHERE seconds <= end_seconds) AS widest_seconds,
        max(seconds) FILTER (WHERE seconds <= end_seconds) AS last_seconds,
        max(seconds - previous_seconds) FILTER (WHERE seconds <= 259200) AS widest_by_landmark_seconds,
        max(seconds) FILTER (WHERE seconds <= 259200) AS last_by_landmark_seconds,
        count(DISTINCT agent_id) AS agents
    FROM steps
    GROUP BY subject_id
)
SELECT
    e.subject_id,
    e.resolved_seconds,
    e.ended_seconds,
    CASE WHEN e.contacts_known AND s.all_answers THEN coalesce(g.company_contacts, 0) END AS company_contacts,
    CASE WHEN e.contacts_known AND s.all_answers THEN coalesce(g.contacts_until_end, 0) END AS contacts_until_end,
    CASE WHEN e.contacts_known AND s.all_answers THEN
        greatest(coalesce(g.widest_seconds, 0), e.end_seconds - coalesce(g.last_seconds, 0))
    END AS longest_silence_seconds,
    CASE WHEN e.contacts_known AND s.all_answers THEN e.ended_seconds IS NULL END AS silence_censored,
    CASE WHEN e.contacts_known AND s.all_answers AND e.end_seconds > 259200 THEN
        greatest(g.widest_by_landmark_seconds, 259200 - g.last_by_landmark_seconds)
    END AS landmark_silence_seconds,
    CASE
        WHEN NOT e.contacts_known OR NOT s.all_answers OR NOT u.interactions_agent_id OR (g.agents = 0 AND g.company_contacts > 0) THEN NULL
        ELSE greatest(coalesce(g.agents, 0) - 1, 0)
    END AS handoffs
FROM ends AS e
LEFT JOIN gaps AS g ON g.subject_id = e.subject_id
CROSS JOIN supplied AS u
CROSS JOIN settings AS s
