select
    e.episode_id
  , e.show_id
  , e.title
  , count(distinct p.user_id) as listeners
  , countif(p.ms_played >= 0.9 * e.duration_ms) as completions
from {{ source('podcasts', 'episodes') }} as e
left join {{ source('listening', 'plays_v3') }} as p
    on p.track_id = e.episode_id
group by 1, 2, 3
