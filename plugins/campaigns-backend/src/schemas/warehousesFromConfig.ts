import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { durationToMilliseconds } from '@backstage/types';
import knexFactory, { Knex } from 'knex';
import { WarehouseSchemaProvider } from './WarehouseSchemaProvider';

/** Reads `campaigns.schemas.warehouses`; `config.d.ts` describes it. */
export function warehousesFromConfig(
  config: RootConfigService,
): WarehouseSchemaProvider[] {
  const entries =
    config.getOptionalConfigArray('campaigns.schemas.warehouses') ?? [];
  return entries.map(entry => {
    const id = entry.getString('id');
    const client = entry.getString('client');
    const connection = entry.get<Knex.Config['connection']>('connection');
    return new WarehouseSchemaProvider({
      id: `warehouse:${id}`,
      title: entry.getOptionalString('title') ?? id,
      catalog: entry.getOptionalString('catalog'),
      priority: entry.getOptionalNumber('priority'),
      maxAgeSeconds: entry.has('maxAge')
        ? durationToMilliseconds(
            readDurationFromConfig(entry, { key: 'maxAge' }),
          ) / 1_000
        : undefined,
      connect: () =>
        knexFactory({
          client,
          connection,
          // One question at a time, seldom: nothing is worth keeping open.
          pool: { min: 0, max: 1 },
          acquireConnectionTimeout: 30_000,
        }),
    });
  });
}
