import { stringify } from 'yaml';

/** The deprecated dataset of the large organisation. */
export const largeDataset = 'listening.plays_v1';

export interface LargeOrganisation {
  /** Components that read the dataset, directly or through others. */
  consumers: number;
  teams: number;
}

/** How many of the consumers write a table that two others read. */
const writersShare = 0.2;
const frameworks = ['dbt', 'bigquery-runner', 'scio'];

/**
 * Catalog entities of an organisation in which thousands read one dataset: a
 * fifth of the direct consumers write a table, and each of those has two
 * readers.
 */
export function largeCatalog(organisation: LargeOrganisation): string {
  const { consumers, teams } = organisation;
  const direct = Math.round(consumers / (1 + 2 * writersShare));
  const entities: object[] = [dataset(largeDataset, 'platform')];
  for (let team = 0; team < teams; team++) entities.push(group(teamName(team)));
  for (let index = 0; index < consumers; index++) {
    const team = teamName(index % teams);
    const writer = Math.floor((index - direct) / 2);
    const reads = index < direct ? largeDataset : tableOf(writer);
    entities.push(component(index, team, reads));
    if (index < direct * writersShare) {
      entities.push(dataset(tableOf(index), team, componentName(index)));
    }
  }
  return entities.map(entity => stringify(entity)).join('---\n');
}

/** What the consumer with this number is called. */
export function componentName(index: number): string {
  return `pipeline-${String(index).padStart(4, '0')}`;
}

function teamName(index: number): string {
  return `team-${String(index).padStart(2, '0')}`;
}

function tableOf(writer: number): string {
  return `derived.plays_by_${String(writer).padStart(4, '0')}`;
}

function component(index: number, team: string, reads: string) {
  const name = componentName(index);
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Component',
    metadata: {
      name,
      annotations: {
        'github.com/project-slug': `large/${name}`,
        'campaigns.skein/framework': frameworks[index % frameworks.length],
      },
    },
    spec: {
      type: 'data-pipeline',
      lifecycle: 'production',
      owner: `group:default/${team}`,
      dependsOn: [`resource:default/${reads}`],
    },
  };
}

function dataset(name: string, owner: string, writer?: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Resource',
    metadata: { name },
    spec: {
      type: 'dataset',
      owner: `group:default/${owner}`,
      ...(writer && { dependsOn: [`component:default/${writer}`] }),
    },
  };
}

function group(name: string) {
  return {
    apiVersion: 'backstage.io/v1alpha1',
    kind: 'Group',
    metadata: { name },
    spec: { type: 'team', children: [] },
  };
}
