import { RootConfigService } from '@backstage/backend-plugin-api';
import { readDurationFromConfig } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { durationToMilliseconds } from '@backstage/types';
import { SqlDialect } from '@skein/mapping-rewriter';

/** What the configuration says about lineage; `config.d.ts` describes it. */
export interface LineageConfig {
  keepUninstalledMilliseconds?: number;
  sql: {
    enabled: boolean;
    intervalSeconds?: number;
    defaultProject?: string;
    dialect?: SqlDialect;
    frameworkRules?: unknown;
  };
}

const dialects: readonly SqlDialect[] = [
  'bigquery',
  'snowflake',
  'postgres',
  'spark',
  'trino',
];

/**
 * Reads `campaigns.lineage`.
 *
 * @throws InputError where the dialect is none
 */
export function readLineageConfig(config: RootConfigService): LineageConfig {
  const lineage = config.getOptionalConfig('campaigns.lineage');
  const sql = lineage?.getOptionalConfig('sql');
  const milliseconds = (from: typeof sql, key: string) =>
    from?.has(key)
      ? durationToMilliseconds(readDurationFromConfig(from, { key }))
      : undefined;
  const dialect = sql?.getOptionalString('dialect');
  if (dialect !== undefined && !dialects.includes(dialect as SqlDialect)) {
    throw new InputError(
      `campaigns.lineage.sql.dialect is '${dialect}'; use one of ${dialects.join(
        ', ',
      )}`,
    );
  }
  const interval = milliseconds(sql, 'interval');
  return {
    keepUninstalledMilliseconds: milliseconds(lineage, 'keepUninstalled'),
    sql: {
      enabled: sql?.getOptionalBoolean('enabled') ?? true,
      intervalSeconds: interval === undefined ? undefined : interval / 1000,
      defaultProject: sql?.getOptionalString('defaultProject'),
      dialect: dialect as SqlDialect | undefined,
      frameworkRules: config.getOptional('campaigns.frameworks'),
    },
  };
}
