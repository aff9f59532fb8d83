import { Knex } from 'knex';
import { chooseCanonical } from '../../../lineage/chooseCanonical';
import { databaseNow, hasRowLocks } from '../../clock';
import { jsonRows } from './jsonRows';
import { LineageAliasRow } from './tables';

/** More names than a dataset has: somebody calls different datasets the same. */
const MAX_NAMES = 50;

/** Names of one dataset, and when that was true; by default now. */
export interface AliasFact {
  names: string[];
  last_seen?: number;
}

/** What came of telling names. */
export interface LearnedAliases {
  /** Some names were not known to mean the same: `mergeAliases` may have work. */
  learned: boolean;
  /** Not believed: they would make one dataset of too many names. */
  refused: AliasFact[];
}

/**
 * Remembers which names mean one dataset, over all sources: what `a` and `b`
 * are, and `b` and `c`, is one dataset with three names. `resolveNodes` goes by
 * it from now on; what was stored before is moved by `mergeAliases`.
 */
export async function learnAliases(
  tx: Knex,
  provider: string,
  facts: AliasFact[],
): Promise<LearnedAliases> {
  if (facts.length === 0) return { learned: false, refused: [] };
  const before = await readAliases(
    tx,
    facts.flatMap(fact => fact.names),
  );
  const isKnown = ({ names }: AliasFact) => {
    const canonical = before.get(names[0])?.canonical;
    return (
      canonical !== undefined &&
      names.every(name => before.get(name)?.canonical === canonical)
    );
  };
  await touch(tx, facts.filter(isKnown));
  const news = facts.filter(fact => !isKnown(fact));
  // Rare, and groups may only be joined by one at a time.
  if (news.length > 0 && hasRowLocks(tx)) {
    await tx.raw('lock table lineage_aliases in share row exclusive mode');
  }
  const refused: AliasFact[] = [];
  for (const fact of news) {
    if (!(await learn(tx, provider, fact))) refused.push(fact);
  }
  return { learned: refused.length < news.length, refused };
}

/** Names that were seen again. */
async function touch(tx: Knex, facts: AliasFact[]): Promise<void> {
  if (facts.length === 0) return;
  const seen = new Map<string, number | null>();
  for (const fact of facts) {
    for (const name of fact.names) {
      const at = fact.last_seen ?? null;
      if ((seen.get(name) ?? -1) < (at ?? 0)) seen.set(name, at);
    }
  }
  await tx.raw(
    `update lineage_aliases set last_seen = coalesce(r.seen, ?) from ? as r
     where lineage_aliases.kind = 'dataset' and lineage_aliases.name = r.name
       and lineage_aliases.last_seen < coalesce(r.seen, ?)`,
    [
      databaseNow(tx),
      jsonRows(tx, { name: 'text', seen: 'bigint' }, [...seen].sort()),
      databaseNow(tx),
    ],
  );
}

async function learn(
  tx: Knex,
  provider: string,
  { names, last_seen: seen }: AliasFact,
): Promise<boolean> {
  const known = await readAliases(tx, names);
  const canonicals = [...known.values()].map(row => row.canonical);
  const members = new Set(names);
  if (canonicals.length > 0) {
    const rows = await tx<LineageAliasRow>('lineage_aliases')
      .where({ kind: 'dataset' })
      .whereIn('canonical', canonicals)
      .select('name');
    for (const { name } of rows) members.add(name);
  }
  if (members.size > MAX_NAMES) return false;
  const canonical = chooseCanonical(members);
  await tx<LineageAliasRow>('lineage_aliases')
    .where({ kind: 'dataset' })
    .whereIn('name', [...members])
    .whereNot({ canonical })
    .update({ canonical });
  const rows = jsonRows(
    tx,
    { name: 'text', seen: 'bigint' },
    names.map(name => [name, seen ?? null]),
  );
  await tx.raw(
    `insert into lineage_aliases (kind, name, canonical, provider, last_seen)
     select 'dataset', name, ?, ?, coalesce(seen, ?) from ? as r where true
     on conflict (kind, name) do update set
       canonical = excluded.canonical,
       provider = excluded.provider,
       last_seen = excluded.last_seen
     where lineage_aliases.last_seen < excluded.last_seen
       or lineage_aliases.canonical <> excluded.canonical`,
    [
      tx.raw('cast(? as text)', [canonical]),
      tx.raw('cast(? as text)', [provider]),
      databaseNow(tx),
      rows,
    ],
  );
  return true;
}

async function readAliases(
  tx: Knex,
  names: string[],
): Promise<Map<string, LineageAliasRow>> {
  const rows = await tx<LineageAliasRow>('lineage_aliases')
    .where({ kind: 'dataset' })
    .whereIn('name', [...new Set(names)]);
  return new Map(rows.map(row => [row.name, row]));
}
