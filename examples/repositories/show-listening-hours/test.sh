#!/bin/sh
# The reports to publishers read these columns.
set -eu
cd "$(dirname "$0")"

for column in show_id title published_minutes listened_minutes; do
  grep -qE "AS $column,?\$" hours.sql || { echo "no column $column" >&2; exit 1; }
done
echo "ok: 4 columns"
