#!/bin/sh
# Each step of job.yaml has its file, and each file selects an audience and a user_id.
set -e
cd "$(dirname "$0")"
for file in $(sed -n 's/.*file: \([^ ,}]*\).*/\1/p' job.yaml); do
  test -s "$file"
  grep -q 'AS audience' "$file" || { echo "$file: no audience"; exit 1; }
  grep -qE '(AS|\.) ?user_id' "$file" || { echo "$file: no user_id"; exit 1; }
done
echo "3 steps, all good"
