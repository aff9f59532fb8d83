SELECT 'newcomers' AS audience, CAST(u.user_identifier AS INT64) AS user_id, u.email, u.address.city AS city
FROM `meridian-data.user_data.users_v2` AS u
WHERE DATE(u.registered_at) >= DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY)
  AND u.address.city IS NOT NULL
ORDER BY u.created_at
