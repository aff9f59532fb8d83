"""Every column that the query reads is in the sample of its table."""
import json
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent
samples = json.loads((ROOT / "samples.json").read_text())
sql = (ROOT / "search.sql").read_text()

problems = []
for table, alias in re.findall(r"(?:FROM|JOIN) `([^`]+)` AS (\w+)", sql):
    if table not in samples:
        problems.append(f"samples.json has no row of {table}")
        continue
    for column in sorted(set(re.findall(rf"\b{alias}\.(\w+)", sql))):
        if column not in samples[table]:
            problems.append(f"samples.json: the row of {table} has no {column}")

for problem in problems:
    print(problem, file=sys.stderr)
sys.exit(1 if problems else 0)
