-- How many times may this listener still hear this campaign today?
SELECT
  imp.user_id,
  imp.campaign_id,
  GREATEST(
    CASE u.subscription.tier WHEN 'free' THEN 6 WHEN 'student' THEN 3 ELSE 0 END - COUNT(*),
    0
  ) AS remaining
FROM `meridian-data`.ads.impressions AS imp
INNER JOIN `meridian-data`.user_data.users_v2 AS u
  ON imp.user_id = CAST(u.user_identifier AS INT64)
WHERE DATE(imp.shown_at, u.timezone) = CURRENT_DATE(u.timezone)
  AND imp.country = UPPER(u.address.country_code)
GROUP BY imp.user_id, imp.campaign_id, u.subscription.tier
