SELECT
  CONCAT('offer-', LOWER(u.marketing_segment)) AS audience,
  u.user_id AS user_id,
  u.email
FROM `meridian-data.user_data.users_v1` AS u
WHERE u.marketing_segment IN ('Night Owls', 'Commuters', 'Families')
  AND NOT u.is_premium
