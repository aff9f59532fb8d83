SELECT
  campaign_id,
  country,
  COUNT(DISTINCT user_id) AS listeners,
  COUNT(*) / MAX(booked_impressions) AS delivered
FROM `meridian-data.ads.impressions`
GROUP BY campaign_id, country
