-- How many times may this listener still hear this campaign today?
SELECT
  imp.user_id,
  imp.campaign_id,
  GREATEST(
    CASE u.plan WHEN 'free' THEN 6 WHEN 'student' THEN 3 ELSE 0 END - COUNT(*),
    0
  ) AS remaining
FROM `meridian-data`.ads.impressions AS imp
INNER JOIN `meridian-data`.user_data.users_v1 AS u
  ON imp.user_id = u.user_id
WHERE DATE(imp.shown_at, u.timezone) = CURRENT_DATE(u.timezone)
  AND imp.country = u.country
GROUP BY imp.user_id, imp.campaign_id, u.plan
