{% set trial_days = var('trial_days') %}

SELECT
    CAST(u.user_identifier AS INT64) AS subscriber_id,
    DATE(u.registered_at) AS trial_started_on,
    DATE_ADD(DATE(u.registered_at), INTERVAL {{ trial_days }} DAY) AS trial_ends_on,
    a.plan AS billed_plan,
    IFNULL(u.subscription.tier != 'free', FALSE) AS converted
FROM {{ source('user_data', 'users_v2') }} AS u
LEFT JOIN {{ source('billing', 'accounts') }} AS a
    ON a.user_id = CAST(u.user_identifier AS INT64)
WHERE DATE(u.registered_at) >= DATE_SUB(CURRENT_DATE(), INTERVAL 2 * {{ trial_days }} DAY)
