SELECT
  f.user_id AS partner_user_id,
  f.country,
  f.gender,
  a.user_id
FROM `meridian-data.partner_feeds.users_v1` AS f
JOIN `meridian-data.billing.accounts` AS a
  ON TO_HEX(SHA256(LOWER(a.email))) = f.hashed_email
