{#- Country comes from the play. It used to come from users_v1, which told creators
    where an account was made and not where people listen (POD-77). -#}
with plays as (
    select
        p.track_id as episode_id,
        p.user_id,
        p.country,
        date_trunc(date(p.played_at), isoweek) as week_start
    from {{ source('listening', 'plays_v3') }} as p
    where p.kind = 'episode'
)

select
    e.creator_id,
    plays.week_start,
    plays.country,
    count(*) as plays,
    count(distinct plays.user_id) as listeners -- not joined with users_v1: a count needs no account
from plays
join {{ source('podcasts', 'episodes') }} as e
    on e.episode_id = plays.episode_id
group by e.creator_id, plays.week_start, plays.country
