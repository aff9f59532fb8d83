SELECT
  CAST(s.show_identifier AS INT64) AS show_id,
  LOWER(s.name) AS search_title,
  LOWER(s.publisher.name) AS search_publisher,
  s.primary_category AS category,
  s.language
FROM `meridian-data.podcasts.shows_v2` AS s
WHERE s.episode_count > 0
