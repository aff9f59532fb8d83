#!/usr/bin/env python3
# Columns that others rely on must stay in the models.
import re, sys, pathlib

CONTRACTS = {
    'models/base/base_subscribers.sql': ['subscriber_id', 'current_plan', 'is_paying', 'home_country', 'first_seen_on', 'updated_at'],
    'models/trials/trial_conversions.sql': ['subscriber_id', 'trial_started_on', 'trial_ends_on', 'billed_plan', 'converted'],
    'snapshots/plan_history.sql': ['user_id', 'plan', 'country', 'updated_at'],
}
root = pathlib.Path(__file__).resolve().parents[1]
bad = 0
for name, columns in CONTRACTS.items():
    select = (root / name).read_text().split('FROM {{')[0]
    for column in columns:
        if not re.search(r'(\bAS |\.)%s,?\s' % column, select):
            print('%s: column %s is gone' % (name, column))
            bad = 1
declared = re.findall(r'^  - name: (\w+)', (root / 'models/_sources.yml').read_text(), re.M)
for path in [*root.glob('models/**/*.sql'), *root.glob('snapshots/*.sql')]:
    for table in re.findall(r"source\('\w+', '(\w+)'\)", path.read_text()):
        if table not in declared:
            print('%s: source table %s is not declared' % (path.name, table))
            bad = 1
print('contracts broken' if bad else 'contracts hold')
sys.exit(bad)
