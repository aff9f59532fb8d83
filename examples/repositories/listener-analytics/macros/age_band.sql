{% macro age_band(column) %}
case
    when {{ column }} is null then 'unknown'
    {% for upper in [18, 25, 35, 50] %}
    when extract(year from current_date()) - {{ column }} < {{ upper }} then 'under {{ upper }}'
    {% endfor %}
    else '50 and over'
end
{% endmacro %}
