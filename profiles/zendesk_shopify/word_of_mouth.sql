-- One row per answer to "would you recommend us", 0 to 10. The guest is known by e-mail, the ticket by the answer itself.
WITH answers AS (
    SELECT *, row_number() OVER (PARTITION BY id ORDER BY _fivetran_synced DESC, _line DESC) AS nth FROM survey_response
),
people AS (
    SELECT id, max(lower(trim(email))) AS email FROM survey_person GROUP BY id
),
guests AS (
    SELECT lower(trim(email)) AS email, min(id) AS customer_id
    FROM shop_customer
    WHERE trim(email) <> ''
    GROUP BY lower(trim(email))
    HAVING count(DISTINCT id) = 1
)
SELECT
    g.customer_id,
    nullif(regexp_extract(a.response_person_properties, '"ticket": "([0-9]+)"', 1), '') AS incident_id,
    a.created_at AS posted_at,
    'nps' AS kind,
    a.score,
    a._file,
    a._line
FROM answers AS a
LEFT JOIN people AS p ON p.id = a.person_id
LEFT JOIN guests AS g ON g.email = p.email
WHERE a.nth = 1
