{% set trial_days = var('trial_days') %}

SELECT
    u.user_id AS subscriber_id,
    u.signup_date AS trial_started_on,
    DATE_ADD(u.signup_date, INTERVAL {{ trial_days }} DAY) AS trial_ends_on,
    a.plan AS billed_plan,
    u.is_premium AS converted
FROM {{ source('user_data', 'users_v1') }} AS u
LEFT JOIN {{ source('billing', 'accounts') }} AS a
    ON a.user_id = u.user_id
WHERE u.signup_date >= DATE_SUB(CURRENT_DATE(), INTERVAL 2 * {{ trial_days }} DAY)
