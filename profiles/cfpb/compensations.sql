-- One row per complaint closed with relief; how much it was worth isn't published.
SELECT
    concat('line ', _line) AS incident_id,
    CASE "Company response to consumer"
        WHEN 'Closed with monetary relief' THEN 'monetary_unspecified'
        ELSE 'non_monetary'
    END AS kind,
    _file,
    _line
FROM complaints
WHERE "Company response to consumer" IN ('Closed with monetary relief', 'Closed with non-monetary relief')
