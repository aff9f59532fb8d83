import { Config } from '@backstage/config';
import { InputError } from '@backstage/errors';
import { RepositoryRef } from '@skein/plugin-campaigns-common';
import { DatasetRef, EventJob } from '../spec/types';
import { readSourceCodeLocation } from './readSourceCodeLocation';
import { wildcard } from './wildcard';

/** Where the code of a job is. */
export interface CodePlace {
  repository: RepositoryRef;
  /** File or folder; empty for all of it. */
  path: string;
}

/**
 * Warehouses whose tables have one name wherever they are spoken of, also by
 * sources that know nothing of OpenLineage's namespaces.
 */
const bareNamespaces = [
  'bigquery',
  'bigquery:*',
  'snowflake:*',
  'redshift:*',
  'databricks*',
  'unitycatalog*',
  'athena*',
  'awsathena:*',
];

/** How OpenLineage's datasets and jobs are called here, so that one has one name in all sources. */
export class Naming {
  readonly #namespaces: Array<{
    matches(namespace: string): boolean;
    prefix: string;
  }>;
  readonly #jobs: Array<{
    matches(job: EventJob): boolean;
    place: CodePlace;
  }>;

  private constructor(
    namespaces: Array<{ match: string; prefix: string }>,
    jobs: Array<{ namespace: string; name?: string; place: CodePlace }>,
  ) {
    this.#namespaces = [
      ...namespaces,
      ...bareNamespaces.map(match => ({ match, prefix: '' })),
    ].map(({ match, prefix }) => ({ matches: wildcard(match), prefix }));
    this.#jobs = jobs.map(({ namespace, name = '*', place }) => {
      const [ofNamespace, ofName] = [wildcard(namespace), wildcard(name)];
      return {
        matches: job => ofNamespace(job.namespace) && ofName(job.name),
        place,
      };
    });
  }

  /** @throws InputError where a repository is not written as host/owner/name */
  static fromConfig(config: Config): Naming {
    const section = config.getOptionalConfig('campaigns.openlineage');
    return new Naming(
      (section?.getOptionalConfigArray('namespaces') ?? []).map(each => ({
        match: each.getString('match'),
        prefix: each.getOptionalString('prefix') ?? '',
      })),
      (section?.getOptionalConfigArray('jobs') ?? []).map(each => ({
        namespace: each.getString('namespace'),
        name: each.getOptionalString('name'),
        place: {
          repository: parseRepository(each.getString('repository')),
          path: each.getOptionalString('path') ?? '',
        },
      })),
    );
  }

  /** The dotted name of a table, or a path of what is none. */
  dataset({ namespace, name }: DatasetRef): string {
    const known = this.#namespaces.find(each => each.matches(namespace));
    if (known) return `${known.prefix}${name}`;
    return `${namespace.replace(/(?<!\/)\/+$/, '')}/${name.replace(
      /^\/+/,
      '',
    )}`;
  }

  /** The folder or file of a job where it is known, or a name of the source's own. */
  job(job: EventJob): { name: string; place?: CodePlace } {
    const place =
      this.#jobs.find(each => each.matches(job))?.place ??
      readSourceCodeLocation(job.facets?.sourceCodeLocation);
    if (!place) {
      return { name: `openlineage:${job.namespace}/${job.name}` };
    }
    const { host, owner, name } = place.repository;
    return { name: `${host}/${owner}/${name}//${place.path}`, place };
  }
}

function parseRepository(text: string): RepositoryRef {
  const match = /^([^/\s]+)\/([^/\s]+)\/([^/\s]+)$/.exec(text);
  if (!match) {
    throw new InputError(
      `campaigns.openlineage.jobs: '${text}' is not a repository; write host/owner/name`,
    );
  }
  const [, host, owner, name] = match;
  return { host, owner, name };
}
