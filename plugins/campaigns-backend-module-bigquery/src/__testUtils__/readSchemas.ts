import { ConfigReader } from '@backstage/config';
import { RepositorySource } from '@skein/plugin-campaigns-node';
import { BigQuerySchemaProvider } from '../BigQuerySchemaProvider';

/** The program of the test: reads the schemas that its argument names. */
async function main(): Promise<void> {
  const { config, datasets } = JSON.parse(process.argv[2]);
  const provider = BigQuerySchemaProvider.fromConfig(
    new ConfigReader({ campaigns: { bigquery: config } }),
  );
  const schemas = await provider.readSchemas(datasets, {
    signal: new AbortController().signal,
    source: {} as RepositorySource,
  });
  process.stdout.write(JSON.stringify(schemas));
}

main().catch(error => {
  process.stderr.write(String(error.stack));
  process.exitCode = 1;
});
