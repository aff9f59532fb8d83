SELECT 'newcomers' AS audience, u.user_id AS user_id, u.email, u.city AS city
FROM `meridian-data.user_data.users_v1` AS u
WHERE u.signup_date >= DATE_SUB(CURRENT_DATE(), INTERVAL 7 DAY)
  AND u.city IS NOT NULL
ORDER BY u.created_at
