-- One row per incident: the number it goes by within the join.
SELECT incident_id, row_number() OVER (ORDER BY incident_id) AS subject_id
FROM incidents
