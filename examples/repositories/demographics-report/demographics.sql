SELECT
  DATE_TRUNC(CURRENT_DATE(), QUARTER) AS quarter,
  u.country AS country,
  CASE
    WHEN u.birth_year > EXTRACT(YEAR FROM CURRENT_DATE()) - 25 THEN '24 and under'
    WHEN u.birth_year > EXTRACT(YEAR FROM CURRENT_DATE()) - 45 THEN '25 to 44'
    ELSE '45 and over'
  END AS age_band,
  COALESCE(u.gender, 'not said') AS gender,
  COUNT(*) AS listeners
FROM `meridian-data.user_data.users_v1` AS u
WHERE u.is_active
GROUP BY 1, 2, 3, 4
