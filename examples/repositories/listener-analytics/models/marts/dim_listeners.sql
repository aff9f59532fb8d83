{{ config(materialized='table', cluster_by=['country_code']) }}

with listeners as (
    select * from {{ ref('stg_listeners') }}
),

regions as (
    select * from {{ ref('country_regions') }}
)

select
    listeners.listener_id,
    listeners.handle_name,
    listeners.country_code,
    coalesce(regions.region, 'other') as region,
    {{ age_band('listeners.year_of_birth') }} as age_band,
    listeners.plan_name,
    listeners.has_paid_plan,
    listeners.joined_on
from listeners
left join regions
    on regions.country_code = listeners.country_code
