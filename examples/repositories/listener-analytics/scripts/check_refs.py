"""Every ref() names a model or seed, and every source() a declared table."""
import pathlib
import re
import sys

root = pathlib.Path(__file__).resolve().parent.parent
models = {p.stem for d in ("models", "seeds", "snapshots") for p in (root / d).rglob("*") if p.suffix in (".sql", ".csv")}

declared = set()
source = None
in_sources = False
for path in sorted((root / "models").rglob("*.yml")):
    in_sources = False
    for line in path.read_text().splitlines():
        if re.match(r"\S", line):
            in_sources = line.startswith("sources:")
        if not in_sources:
            continue
        if m := re.match(r"  - name: (\w+)", line):
            source = m.group(1)
        if m := re.match(r"      - name: (\w+)", line):
            declared.add((source, m.group(1)))

problems = []
for path in sorted((root / "models").rglob("*.sql")):
    text = path.read_text()
    for name in re.findall(r"ref\(\s*'(\w+)'\s*\)", text):
        if name not in models:
            problems.append(f"{path.relative_to(root)}: no model or seed {name}")
    for pair in re.findall(r"source\(\s*'(\w+)'\s*,\s*'(\w+)'\s*\)", text):
        if pair not in declared:
            problems.append(f"{path.relative_to(root)}: source {'.'.join(pair)} is not declared")

print("\n".join(problems) or f"{len(models)} models and seeds, {len(declared)} source tables: all resolve")
sys.exit(1 if problems else 0)
