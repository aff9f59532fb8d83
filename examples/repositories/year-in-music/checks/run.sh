#!/bin/sh
# The job must run for the year that was signed off with the design team.
cd "$(dirname "$0")/.." || exit 1
signed_off=$(sed -n 's/^year=//p' checks/expected_parameters.txt)
configured=$(sed -n 's/^parameters: { year: \([0-9]*\) }/\1/p' job.yaml)
top=$(sed -n 's/^top=//p' checks/expected_parameters.txt)
status=0
if [ "$signed_off" != "$configured" ]; then
  echo "FAIL job.yaml runs for $configured, signed off is $signed_off"
  status=1
fi
grep -q "<= $top\$" sql/year_in_music.sql || { echo "FAIL not the top $top"; status=1; }
[ $status -eq 0 ] && echo "PASS"
exit $status
