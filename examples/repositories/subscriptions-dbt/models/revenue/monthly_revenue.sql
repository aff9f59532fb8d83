{{ config(materialized='incremental', unique_key=['subscriber_id', 'month']) }}

WITH payments AS (
    SELECT
        p.account_id,
        DATE_TRUNC(DATE(p.paid_at), MONTH) AS month,
        SUM(p.amount_eur) AS revenue_eur
    FROM {{ source('billing', 'payments') }} AS p
    {% if is_incremental() -%}
    WHERE DATE(p.paid_at) >= (SELECT MAX(month) FROM {{ this }})
    {%- endif %}
    GROUP BY 1, 2
)

SELECT
    s.subscriber_id,
    s.home_country,
    s.current_plan,
    payments.month,
    payments.revenue_eur
FROM payments
INNER JOIN {{ ref('base_accounts') }} AS a
    ON a.account_id = payments.account_id
INNER JOIN {{ ref('base_subscribers') }} AS s
    ON s.subscriber_id = a.subscriber_id
