#!/bin/sh
# The app reads these columns, and the job lists what the query reads.
set -eu
cd "$(dirname "$0")"

for column in chart_date show_id title category is_explicit position; do
  grep -qE "AS $column,?\$" charts.sql || { echo "no column $column" >&2; exit 1; }
done
for table in $(grep -o 'meridian-data\.[a-z_0-9.]*' charts.sql | sort -u); do
  grep -q -- "- $table\$" job.yaml || { echo "job.yaml: $table is no input" >&2; exit 1; }
done
echo "ok: 6 columns"
