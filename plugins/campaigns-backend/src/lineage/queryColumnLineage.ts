import {
  LineageColumn,
  LineageColumnEdge,
  LineageColumnGraph,
} from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { toIso } from '../database/clock';
import { findNode } from '../database/operations/lineage/findNode';
import {
  ColumnEdgeRow,
  readColumnEdges,
} from '../database/operations/lineage/readColumns';
import { readNodes } from '../database/operations/lineage/readNodes';
import { normalizeColumnName } from './normalizeColumnName';
import { toLineageNode } from './toLineageNode';

/** A question to the stored lineage of columns. */
export interface ColumnLineageQuery {
  /** A dotted dataset name, or an entity ref. */
  dataset: string;
  column: string;
  /** In jobs. Default: 3. */
  depth?: number;
  /** Columns in the answer at most. Default: 1,000. */
  limit?: number;
}

/** Rows of one level that are read; a column has a handful of witnesses. */
const ROWS_PER_COLUMN = 20;

/**
 * What becomes of a column, through all jobs whose source says so. A filter or
 * a join by it changes a dataset as a whole, and is not followed further: all
 * behind it would be.
 */
export async function queryColumnLineage(
  knex: Knex,
  { dataset, column, depth = 3, limit = 1000 }: ColumnLineageQuery,
): Promise<LineageColumnGraph> {
  const root = await findNode(knex, dataset);
  const name = normalizeColumnName(column);
  if (root?.kind !== 'dataset' || name === '') {
    return { columns: [], edges: [], nodes: [], truncated: false };
  }
  const found = new Map<string, LineageColumn>();
  const rows: ColumnEdgeRow[] = [];
  let truncated = false;
  let level = [{ nodeId: root.id, column: name }];
  found.set(idOf(root.id, name), toColumn(root.id, name, 0));
  for (let step = 1; step <= depth && level.length > 0; step += 1) {
    const bound = (limit + level.length) * ROWS_PER_COLUMN;
    const next = await readColumnEdges(knex, level, bound);
    if (next.length === bound) truncated = true;
    level = [];
    for (const row of sorted(next)) {
      const id = idOf(row.to_node, row.to_column);
      if (row.to_node !== 0 && !found.has(id)) {
        if (found.size === limit) {
          truncated = true;
          continue;
        }
        found.set(id, toColumn(row.to_node, row.to_column, step));
        if (row.to_column !== '') {
          level.push({ nodeId: row.to_node, column: row.to_column });
        }
      }
      rows.push(row);
    }
  }
  const depths = depthsOf(found, rows);
  const nodes = await readNodes(knex, [...depths.keys()]);
  return {
    root: idOf(root.id, name),
    columns: [...found.values()],
    edges: joinEdges(rows.filter(row => nodes.has(row.job_node))),
    nodes: [...nodes.values()].map(node =>
      toLineageNode(node, depths.get(node.id)!),
    ),
    truncated,
  };
}

function idOf(nodeId: number, column: string): string {
  return `${nodeId} ${column}`;
}

function toColumn(
  nodeId: number,
  column: string,
  depth: number,
): LineageColumn {
  return {
    id: idOf(nodeId, column),
    nodeId: String(nodeId),
    ...(column !== '' && { column }),
    depth,
  };
}

/** So that the same graph gives the same answer. */
function sorted(rows: ColumnEdgeRow[]): ColumnEdgeRow[] {
  const keyOf = (row: ColumnEdgeRow) =>
    [row.to_node, row.to_column, row.job_node, row.from_node, row.from_column]
      .join('\n')
      .concat(row.transformation, row.provider);
  return rows
    .map(row => ({ row, key: keyOf(row) }))
    .sort((a, b) => (a.key < b.key ? -1 : 1))
    .map(({ row }) => row);
}

/** Of a dataset the nearest of its columns, of a job one more than what it reads. */
function depthsOf(
  found: ReadonlyMap<string, LineageColumn>,
  rows: ColumnEdgeRow[],
): Map<number, number> {
  const depths = new Map<number, number>();
  const add = (id: number, depth: number) =>
    depths.set(id, Math.min(depth, depths.get(id) ?? Infinity));
  for (const { nodeId, depth } of found.values()) add(Number(nodeId), depth);
  for (const row of rows) {
    const from = found.get(idOf(row.from_node, row.from_column))!;
    add(row.job_node, from.depth + 1);
  }
  return depths;
}

/** The same from two sources is one edge with two witnesses. */
function joinEdges(rows: ColumnEdgeRow[]): LineageColumnEdge[] {
  // Only shown, so this process's clock will do.
  const now = Date.now();
  const edges = new Map<
    string,
    {
      row: ColumnEdgeRow;
      uses: Set<string>;
      providers: Set<string>;
      seen: number;
      stale: boolean;
    }
  >();
  for (const row of rows) {
    const key = [
      row.job_node,
      idOf(row.from_node, row.from_column),
      idOf(row.to_node, row.to_column),
    ].join('\n');
    const seen = Number(row.last_seen);
    const stale =
      row.stale_after !== null && seen < now - Number(row.stale_after);
    const edge = edges.get(key) ?? {
      row,
      uses: new Set<string>(),
      providers: new Set<string>(),
      seen,
      stale,
    };
    edges.set(key, edge);
    if (row.transformation) edge.uses.add(row.transformation);
    edge.providers.add(row.provider);
    edge.seen = Math.max(edge.seen, seen);
    edge.stale &&= stale;
  }
  return [...edges.values()].map(({ row, uses, providers, seen, stale }) => ({
    from: idOf(row.from_node, row.from_column),
    ...(row.to_node !== 0 && { to: idOf(row.to_node, row.to_column) }),
    jobId: String(row.job_node),
    uses: [...uses].sort(),
    providers: [...providers].sort(),
    lastSeenAt: toIso(seen)!,
    ...(stale && { stale }),
  }));
}
