#standardSQL
with habits as (
    select
        p.user_id,
        count(*) as plays,
        countif(extract(hour from p.played_at) < 5) / count(*) as night_share,
        countif(p.kind = 'episode') / count(*) as podcast_share
    from `meridian-data.listening.plays_v3` as p
    where p.played_at >= timestamp_sub(current_timestamp(), interval 28 day)
    group by p.user_id
)
select
    u.user_id as user_id,
    u.country as country,
    u.locale,
    case
        when h.plays is null then 'asleep'
        when h.night_share > 0.5 then 'night'
        when h.podcast_share > 0.5 then 'podcasts'
        when u.is_premium and h.plays > 400 then 'fans'
        else 'everyday'
    end as segment
from `meridian-data.user_data.users_v1` as u
left join habits as h on h.user_id = u.user_id
where u.is_active
