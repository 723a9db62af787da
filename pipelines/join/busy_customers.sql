-- One row per customer with so many incidents that joining each to every order would explode.
SELECT c.customer_key
FROM cases AS c CROSS JOIN settings AS s
WHERE c.customer_key IS NOT NULL
GROUP BY c.customer_key, s.busy_incidents
HAVING count(*) > s.busy_incidents
