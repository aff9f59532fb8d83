import { Schemas } from '@skein/mapping-rewriter';
import { SchemaOrigin } from '@skein/plugin-campaigns-common';
import { toIso } from '../database/clock';
import { DatasetSchemaRow } from '../database/operations/schemas/tables';

/** Of a provider, what decides whom to believe. */
export interface RankedProvider {
  id: string;
  title: string;
  priority?: number;
}

/** Columns of datasets, and where each is known from. */
export interface MergedSchemas {
  schemas: Schemas;
  /** In the order of the datasets. */
  origins: SchemaOrigin[];
}

/** A stale state is still told where nothing better is. */
const order: Array<SchemaOrigin['state']> = [
  'known',
  'missing',
  'waiting',
  'failed',
  'unknown',
];

/**
 * One schema for each dataset: the campaign's own, or else that of the provider
 * with the highest priority who knows it.
 *
 * @param own - from the campaign's files
 */
export function mergeSchemas(
  datasets: readonly string[],
  own: Schemas,
  rows: readonly DatasetSchemaRow[],
  providers: readonly RankedProvider[],
): MergedSchemas {
  const ranked = [...providers].sort(
    (one, other) =>
      (other.priority ?? 0) - (one.priority ?? 0) ||
      (one.id < other.id ? -1 : 1),
  );
  const merged: MergedSchemas = { schemas: {}, origins: [] };
  for (const dataset of new Set(datasets)) {
    const written = own[dataset];
    if (written) {
      merged.schemas[dataset] = written;
      merged.origins.push({
        dataset,
        state: 'known',
        source: 'Campaign',
        columns: Object.keys(written).length,
      });
      continue;
    }
    const said = ranked.flatMap(provider => {
      const row = rows.find(
        each => each.provider === provider.id && each.dataset === dataset,
      );
      return row ? [{ provider, row }] : [];
    });
    const best = order
      .map(state => said.find(({ row }) => row.state === state))
      .find(Boolean);
    if (best?.row.state === 'known') {
      merged.schemas[dataset] = JSON.parse(best.row.columns ?? '{}');
    }
    merged.origins.push(
      best
        ? toOrigin(dataset, best.provider, best.row)
        : { dataset, state: 'unknown' },
    );
  }
  return merged;
}

function toOrigin(
  dataset: string,
  provider: RankedProvider,
  row: DatasetSchemaRow,
): SchemaOrigin {
  const columns =
    row.state === 'known'
      ? Object.keys(JSON.parse(row.columns ?? '{}')).length
      : undefined;
  const readAt = toIso(row.read_at);
  return {
    dataset,
    state: row.state,
    ...(row.state !== 'unknown' && { source: provider.title }),
    ...(columns !== undefined && { columns }),
    ...(readAt && { readAt }),
    ...(row.message && { message: row.message }),
  };
}
