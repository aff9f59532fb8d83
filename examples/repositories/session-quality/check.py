# Both queries must read shards and filter them, or they cost a fortune.
import re, sys

for name in ('quality.sql', 'backfill.sql'):
    sql = open(name).read()
    if not re.search(r'user_data\.sessions_v\d+_\*`', sql):
        sys.exit(f'{name}: does not read the shards')
    if '_TABLE_SUFFIX' not in sql:
        sys.exit(f'{name}: all shards are read')
    for column in ('day', 'platform', 'os', 'minutes'):
        if not re.search(rf'(AS {column}\b|\.{column}\b)', sql):
            sys.exit(f'{name}: no column {column}')
print('both read filtered shards')
