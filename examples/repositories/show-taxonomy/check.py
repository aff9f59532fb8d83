"""Each category of a feed has one line in categories.csv."""
import csv
import pathlib
import sys

ROOT = pathlib.Path(__file__).resolve().parent
with open(ROOT / "categories.csv", newline="") as file:
    rows = list(csv.DictReader(file))

names = [row["feed_category"] for row in rows]
twice = sorted({name for name in names if names.count(name) > 1})
for name in twice:
    print(f"categories.csv: {name} is there twice", file=sys.stderr)
sys.exit(1 if twice else 0)
