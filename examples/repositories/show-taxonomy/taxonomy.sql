SELECT
  s.show_id AS show_id,
  CASE
    WHEN s.is_explicit THEN CONCAT(s.category, ' (explicit)')
    ELSE s.category
  END AS feed_category
FROM `meridian-data.podcasts.shows_v1` AS s
