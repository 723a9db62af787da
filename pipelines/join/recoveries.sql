-- One row per incident: how the case ended and what the recovery came to, from the nouns before.
SELECT
    c.subject_id,
    CASE WHEN u.incidents_resolved_at OR u.incidents_closed_at OR o.resolve THEN sl.ended_seconds IS NOT NULL END
        AS closed,
    CAST(sl.resolved_seconds AS DOUBLE) / 3600 AS resolved_hours,
    CASE
        WHEN sl.company_contacts IS NULL OR NOT (u.incidents_resolved_at OR o.resolve) THEN NULL
        WHEN sl.resolved_seconds IS NOT NULL THEN sl.contacts_until_end = 1
        WHEN sl.ended_seconds IS NOT NULL OR sl.company_contacts > 1 THEN FALSE
    END AS resolved_at_first_contact,
    CASE
        WHEN c.contacts_known AND u.incidents_closed_at
        THEN coalesce(c.closed_seconds < coalesce(rs.first_contact_seconds, c.closed_seconds + 1), FALSE)
    END AS closed_without_contact,
    CASE WHEN u.incidents_threatened_to_leave_at THEN c.threatened_seconds IS NOT NULL END AS threatened,
    CASE
        WHEN u.incidents_threatened_to_leave_at AND c.contacts_known
        THEN coalesce(c.threatened_seconds < coalesce(rs.first_contact_seconds, c.threatened_seconds + 1), FALSE)
    END AS threatened_before_contact,
    CASE
        WHEN u.promises AND (NOT o.commit OR pr.promises_made > 0) THEN pr.promises_made > 0
        ELSE a.commitment_recorded
    END AS commitment_made,
    CASE
        WHEN NOT u.compensations THEN a.offer_recorded
        WHEN NOT o.offer THEN co.compensation_given
        ELSE co.compensation_given OR a.offer_recorded
    END AS olive_branch,
    CASE
        WHEN c.contacts_known
        THEN rs.first_contact_seconds IS NOT NULL AND NOT c.fixed_for_customer AND NOT co.compensation_given
    END AS words_only,
    CASE
        WHEN c.fixed_for_customer THEN sl.resolved_seconds <= c.departure_seconds
        ELSE c.fixed_for_customer
    END AS fixed_before_departure
FROM cases AS c
JOIN responses AS rs ON rs.subject_id = c.subject_id
JOIN silences AS sl ON sl.subject_id = c.subject_id
JOIN actions AS a ON a.subject_id = c.subject_id
JOIN promises_kept AS pr ON pr.subject_id = c.subject_id
JOIN compensation AS co ON co.subject_id = c.subject_id
CROSS JOIN observed AS o
CROSS JOIN supplied AS u
