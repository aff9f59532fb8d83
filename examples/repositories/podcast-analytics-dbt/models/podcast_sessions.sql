-- sessions in which at least one episode was played
-- (sessions_v1 also has music; the join takes care of that)
select
    s.session_id
  , s.user_id                  as listener_id
  , s.started_at               as session_started_at
  , s.duration_seconds         as session_seconds
  , s.geo.country              as country
  , s.device.os                as device_os
  , count(distinct p.track_id) as episodes
from {{ source('user_data', 'sessions_v1') }} as s
inner join {{ source('listening', 'plays_v3') }} as p
    on  p.session_id = s.session_id
    and p.user_id = s.user_id
    and p.kind = 'episode'
group by 1, 2, 3, 4, 5, 6
