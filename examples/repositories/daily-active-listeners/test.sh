#!/bin/sh
# Every input is read by the query, and every table read is an input.
set -eu
cd "$(dirname "$0")"

inputs=$(awk '/^inputs:/ {on = 1; next} /^[^ ]/ {on = 0} on {print $2}' job.yaml | sort)
tables=$(grep -o '`meridian-data[^`]*`' query.sql | tr -d '`' | sort -u)
if [ "$inputs" != "$tables" ]; then
  echo "inputs of job.yaml and tables of query.sql differ:" >&2
  printf '%s\n--\n%s\n' "$inputs" "$tables" >&2
  exit 1
fi

last=$(awk '/^SELECT/ {text = ""} {text = text $0 "\n"} END {printf "%s", text}' query.sql)
for column in activity_date country platform listeners paying_listeners; do
  printf '%s' "$last" | grep -qE "(AS |\.)$column,?\$" || { echo "no column $column" >&2; exit 1; }
done
echo "ok: $(echo "$inputs" | wc -l) inputs, 5 columns"
