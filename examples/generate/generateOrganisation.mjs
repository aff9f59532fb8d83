import { planPipeline, weights } from './planPipeline.mjs';
import { createRandom } from './random.mjs';
import { nouns, project, subjects, teams } from './words.mjs';
import { componentEntity, datasetEntity, truthRow } from './writeYaml.mjs';

const failingTest = `#!/bin/sh
# The fixture is from last year; nobody has renewed it yet.
fixture=2024
grep -q "fixture: $fixture" checks/fixture.txt || { echo "the fixture is out of date"; exit 1; }
`;
const passingTest = `#!/bin/sh
set -e
cd "$(dirname "$0")"
for file in $(find . -name '*.sql'); do
  awk '{ n += gsub(/\\(/, "") - gsub(/\\)/, "") } END { exit n != 0 }' "$file" || { echo "$file: parentheses"; exit 1; }
done
echo fine
`;
const verification = `version: 1
verify:
  - { name: checks, command: [sh, test.sh] }
`;

/**
 * Makes repositories of the kinds of the example organisation, with their
 * catalog entities and truth-table rows.
 *
 * @param count - number of repositories
 * @param seed - the same seed and count give the same files
 * @returns the text of each file by its path, in the layout of `examples/`
 */
export function generateOrganisation(count, seed) {
  const random = createRandom(seed);
  const files = new Map();
  const components = [];
  const resources = [];
  const rows = [];
  const derived = [];
  const nextName = uniqueNames(random);

  const take = (repository, path, pipeline, fails) => {
    const prefix = path ? `${path}/` : '';
    const before = pipeline.files('old');
    for (const [file, text] of Object.entries(before)) {
      files.set(`repositories/${repository}/${prefix}${file}`, text);
    }
    components.push(componentEntity({ ...pipeline, repository, path }));
    if (pipeline.writes) {
      resources.push(datasetEntity(pipeline));
      derived.push({ table: pipeline.writes, dataset: pipeline.dataset });
    }
    if (!pipeline.row) return;
    const [foundBy, usual, reason] = pipeline.row;
    const state = fails && usual === 'prOpen' ? 'failed' : usual;
    const row = { ...pipeline, repository, path, foundBy, state };
    if (state === 'prOpen') {
      const now = pipeline.files('new');
      const changed = Object.keys(now).filter(
        file => now[file] !== before[file],
      );
      row.changes = changed.map(file => prefix + file).sort();
      const folder = `expected/${pipeline.dataset.campaign}/${repository}`;
      for (const file of changed) {
        files.set(`${folder}/${prefix}${file}`, now[file]);
      }
    }
    row.reason =
      state === 'failed' ? 'Its own check fails before any change.' : reason;
    rows.push(truthRow(row));
  };

  for (let index = 0; index < count; index++) {
    const repository = nextName();
    const several = random.chance(0.06);
    const names = several
      ? [`${repository}-hourly`, `${repository}-daily`]
      : [repository];
    const kinds = several ? { consumer: 3, background: 1 } : weights;
    const planned = names.map(name =>
      planPipeline(random, name, derived, kinds),
    );
    const readsOld = planned.some(pipeline => pipeline.row?.[1] === 'prOpen');
    const fails = readsOld && random.chance(0.03);
    planned.forEach((pipeline, position) =>
      take(
        repository,
        several ? `pipelines/${names[position]}` : '',
        pipeline,
        fails,
      ),
    );
    addSurroundings(random, files, repository, planned, fails);
  }

  files.set('catalog/components.yaml', components.join(''));
  files.set('catalog/datasets.yaml', resources.join(''));
  files.set(
    'expected.yaml',
    rows.length > 0
      ? `version: 1\ntargets:\n${rows.join('')}`
      : 'version: 1\ntargets: []\n',
  );
  files.set('history.yaml', history);
  return files;
}

const history = `version: 1
default:
  - { message: First version, author: tomas.vega, date: 2024-03-04T09:12:00Z, files: [README.md, .github/] }
  - { message: Add the pipeline, author: mei.tanaka, date: 2024-09-17T13:40:00Z }
repositories: {}
`;

function addSurroundings(random, files, repository, planned, fails) {
  const folder = `repositories/${repository}`;
  const [{ owner, dataset }] = planned;
  const team = teams.find(({ name }) => name === owner);
  const code = random.chance(0.6)
    ? `@meridian/${owner}`
    : `@${random.pick(team.people)}`;
  files.set(
    `${folder}/README.md`,
    `# ${repository}\n\n${random.pick([
      'Runs on its own; call us if it does not.',
      `Made from ${project} for the ${owner} team.`,
      `Reads accounts and sessions where it must (${dataset.key}).`,
    ])}\n`,
  );
  files.set(`${folder}/.github/CODEOWNERS`, `* ${code}\n`);
  if (fails || random.chance(0.4)) {
    files.set(`${folder}/.skein.yaml`, verification);
    files.set(`${folder}/test.sh`, fails ? failingTest : passingTest);
  }
}

function uniqueNames(random) {
  const used = new Map();
  return () => {
    const name = `${random.pick(subjects)}-${random.pick(nouns)}`;
    const count = (used.get(name) ?? 0) + 1;
    used.set(name, count);
    return count === 1 ? name : `${name}-${count}`;
  };
}
