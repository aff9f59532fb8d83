with devices as (
    select s.device.os as os,
           s.device.os_version as os_version,
           s.device.model as model,
           count(*) as sessions,
           count(distinct s.user_id) as listeners
    from `meridian-data`.`user_data`.`sessions_v1` s
    where s.started_at >= timestamp_sub(current_timestamp(), interval 28 day)
    group by 1, 2, 3
),
errors as (
    -- not the same device struct as the one of sessions: this comes from the player
    select e.device.os as os, e.device.model as model, count(*) as errors
    from `meridian-data`.`telemetry`.`playback_errors` e
    where date(e.occurred_at) >= date_sub(current_date(), interval 28 day)
    group by 1, 2
)
select d.os, d.os_version, d.model, d.sessions, d.listeners,
       ifnull(x.errors, 0) as errors
from devices d
left join errors x on x.os = d.os and x.model = d.model
where d.listeners >= 50
