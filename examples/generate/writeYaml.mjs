import { project } from './words.mjs';

const entity = (kind, lines) =>
  `---\napiVersion: backstage.io/v1alpha1\nkind: ${kind}\n${lines.join(
    '\n',
  )}\n`;

/** A pipeline as a catalog entity. */
export function componentEntity(pipeline) {
  const { name, owner, framework, repository, path, dependsOn } = pipeline;
  return entity('Component', [
    'metadata:',
    `  name: ${name}`,
    '  annotations:',
    `    github.com/project-slug: meridian/${repository}`,
    ...(path ? [`    campaigns.skein/path: ${path}`] : []),
    `    campaigns.skein/framework: ${framework}`,
    `  tags: [${framework}]`,
    'spec:',
    '  type: data-pipeline',
    '  lifecycle: production',
    `  owner: group:default/${owner}`,
    ...(dependsOn.length > 0
      ? [
          '  dependsOn:',
          ...dependsOn.map(table => `    - resource:default/${table}`),
        ]
      : []),
  ]);
}

/** The dataset that a pipeline writes, which depends on the pipeline. */
export function datasetEntity({ name, owner, writes }) {
  return entity('Resource', [
    'metadata:',
    `  name: ${writes}`,
    `  title: ${writes}`,
    '  annotations:',
    `    campaigns.skein/dataset: ${project}.${writes}`,
    '  tags: [derived]',
    'spec:',
    '  type: dataset',
    `  owner: group:default/${owner}`,
    `  dependsOn: [component:default/${name}]`,
  ]);
}

/** A row of the truth table. */
export function truthRow(row) {
  return [
    `  - campaign: ${row.dataset.campaign}`,
    `    repository: meridian/${row.repository}`,
    `    path: ${row.path || "''"}`,
    `    framework: ${row.framework}`,
    `    owner: group:default/${row.owner}`,
    `    foundBy: ${row.foundBy}`,
    `    state: ${row.state}`,
    `    reason: ${row.reason}`,
    ...(row.changes
      ? ['    changes:', ...row.changes.map(file => `      - ${file}`)]
      : []),
    '',
  ].join('\n');
}
