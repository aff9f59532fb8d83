SELECT
  s.show_id,
  LOWER(s.title) AS search_title,
  LOWER(s.publisher) AS search_publisher,
  s.category,
  s.language
FROM `meridian-data.podcasts.shows_v1` AS s
WHERE s.episode_count > 0
