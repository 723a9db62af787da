-- One row per incident: what a person of the company did and said. TRUE when recorded; FALSE when the case was
-- readable (nobody answered, or some answer carries an action) and it was not; NULL otherwise: unknown is never no.
WITH said AS (
    SELECT
        subject_id,
        count(*) FILTER (WHERE actor = 'agent') AS answers,
        count(action) FILTER (WHERE actor = 'agent') AS coded_answers,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'apologise') AS apologise,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'apologise' AND personal) AS apologise_personally,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'apologise' AND personal IS NULL) AS apologise_unclear,
        min(seconds) FILTER (WHERE actor = 'agent' AND action = 'apologise') AS apology_seconds,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'empathise') AS empathise,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'own') AS own,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'explain') AS explain,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'commit') AS commit,
        count(*) FILTER (WHERE actor = 'agent' AND action = 'offer') AS offer,
        count(*) FILTER (WHERE action = 'escalate') AS escalate,
        min(seconds) FILTER (WHERE action = 'escalate' OR (actor = 'customer' AND public)) AS demand_seconds,
        count(*) FILTER (WHERE actor = 'agent' AND NOT public) AS private_answers,
        count(*) FILTER (WHERE actor = 'agent' AND public IS NULL) AS unplaced_answers
    FROM contacts
    GROUP BY subject_id
),
readable AS (
    SELECT
        c.subject_id,
        c.public_complaint,
        c.contacts_known,
        c.contacts_known AND (coalesce(a.answers, 0) = 0 OR a.coded_answers > 0) AS readable,
        coalesce(a.answers, 0) AS answers,
        coalesce(a.apologise, 0) AS apologise,
        coalesce(a.apologise_personally, 0) AS apologise_personally,
        coalesce(a.apologise_unclear, 0) AS apologise_unclear,
        a.apology_seconds,
        coalesce(a.empathise, 0) AS empathise,
        coalesce(a.own, 0) AS own,
        coalesce(a.explain, 0) AS explain,
        coalesce(a.commit, 0) AS commit,
        coalesce(a.offer, 0) AS offer,
        coalesce(a.escalate, 0) AS escalate,
        least(a.demand_seconds, c.threatened_seconds, CASE WHEN c.public_complaint THEN 0 END) AS demand_seconds,
        coalesce(a.private_answers, 0) AS private_answers,
        coalesce(a.unplaced_answers, 0) AS unplaced_answers
    FROM cases AS c
    LEFT JOIN said AS a ON c.contacts_known AND a.subject_id = c.subject_id
)
SELECT
    r.subject_id,
    CASE WHEN o.apologise AND (r.readable OR r.apologise > 0) THEN r.apologise > 0 END AS apology_given,
    CASE
        WHEN NOT o.apologise OR NOT u.interactions_personal THEN NULL
        WHEN r.apologise_personally > 0 THEN TRUE
        WHEN r.apologise_unclear > 0 THEN NULL
        WHEN r.readable THEN FALSE
    END AS apology_personal,
    r.apology_seconds,
    r.demand_seconds,
    CASE WHEN o.empathise AND (r.readable OR r.empathise > 0) THEN r.empathise > 0 END AS empathy_shown,
    CASE WHEN o.own AND (r.readable OR r.own > 0) THEN r.own > 0 END AS accountability_accepted,
    CASE WHEN o.explain AND (r.readable OR r.explain > 0) THEN r.explain > 0 END AS explanation_given,
    CASE WHEN o.commit AND (r.readable OR r.commit > 0) THEN r.commit > 0 END AS commitment_recorded,
    CASE WHEN o.offer AND (r.readable OR r.offer > 0) THEN r.offer > 0 END AS offer_recorded,
    CASE WHEN o.escalate AND (r.readable OR r.escalate > 0) THEN r.escalate > 0 END AS escalated,
    CASE
        WHEN NOT r.contacts_known OR NOT u.interactions_public OR NOT coalesce(r.public_complaint, FALSE) THEN NULL
        WHEN r.private_answers > 0 THEN TRUE
        WHEN r.unplaced_answers > 0 THEN NULL
        ELSE FALSE
    END AS moved_to_private
FROM readable AS r CROSS JOIN observed AS o CROSS JOIN supplied AS u
