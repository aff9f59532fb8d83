"""Partners know these columns, and every source that a model reads is declared."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parents[1]
model = (root / "models/show_feed.sql").read_text()
declared = re.findall(r"^      - name: (\w+)", (root / "models/sources.yml").read_text(), re.M)

problems = [
    f"show_feed.sql: column {column} is gone"
    for column in ["show_id", "title", "publisher_name", "is_family_friendly"]
    if f" AS {column}" not in model
]
problems += [
    f"show_feed.sql: source table {table} is not declared"
    for table in re.findall(r"source\('podcasts', '(\w+)'\)", model)
    if table not in declared
]
for problem in problems:
    print(problem, file=sys.stderr)
sys.exit(1 if problems else 0)
