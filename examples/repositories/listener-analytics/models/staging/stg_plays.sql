with source as (

    select * from {{ source('listening', 'plays_v3') }}

)

select
    play_id,
    user_id as listener_id,
    track_id,
    country as play_country,
    device.os as play_device_os,
    played_at,
    ms_played
from source
where ms_played >= 30000
