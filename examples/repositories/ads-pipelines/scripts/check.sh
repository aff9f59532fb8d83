#!/bin/sh
set -u
cd "$(dirname "$0")/.."
failed=0
for job in pipelines/*/job.yaml; do
  dir=$(dirname "$job")
  query=$(awk '$1 == "query:" {print $2}' "$job")
  if [ ! -f "$dir/$query" ]; then
    echo "$job: no such file: $query"
    failed=1
    continue
  fi
  for input in $(awk '/^inputs:/ {on = 1; next} /^[^ ]/ {on = 0} on {print $2}' "$job"); do
    # backticks may stand around the parts as well
    tr -d '`' < "$dir/$query" | grep -qF "$input" || { echo "$job: $input is not read by $query"; failed=1; }
  done
done
[ "$failed" -eq 0 ] && echo "all jobs complete"
exit "$failed"
