import { datasets } from './datasets.mjs';
import {
  consumer,
  destinationOf,
  personDecides,
  reader,
} from './templates/bigqueryRunner.mjs';
import { dbtProject } from './templates/dbt.mjs';
import { scioPipeline } from './templates/scio.mjs';
import { teams } from './words.mjs';

/** How often each kind of pipeline is made. */
export const weights = {
  consumer: 40,
  dbt: 22,
  searchOnly: 5,
  indirect: 5,
  personDecides: 4,
  migrated: 4,
  falseMatch: 4,
  scio: 5,
  background: 11,
};

/**
 * Draws one pipeline.
 *
 * @param derived - datasets that earlier direct consumers write, as `{ table, dataset }`
 * @returns its entity and truth-table row in parts, and `files(version)`
 */
export function planPipeline(random, name, derived, kinds = weights) {
  const dataset = datasets[random.weighted({ users: 3, sessions: 2 })];
  const owner = random.pick(teams).name;
  let kind = random.weighted(kinds);
  const possible = derived.filter(each => each.dataset === dataset);
  if (kind === 'indirect' && possible.length === 0) kind = 'consumer';
  const given = { name, owner, dataset };
  const deprecated = `user_data.${dataset.from}`;
  const base = { name, owner, dataset, kind, framework: 'bigquery-runner' };

  switch (kind) {
    case 'consumer': {
      const made = consumer(random, given);
      return {
        ...base,
        ...made,
        dependsOn: [deprecated, ...made.reads],
        writes: destinationOf(name, owner),
        row: ['both', 'prOpen', 'Reads the old dataset.'],
      };
    }
    case 'searchOnly': {
      const made = consumer(random, { ...given, listInputs: false });
      return {
        ...base,
        ...made,
        dependsOn: [],
        row: ['search', 'prOpen', 'The catalog knows of no input.'],
      };
    }
    case 'dbt':
      return {
        ...base,
        ...dbtProject(random, given),
        framework: 'dbt',
        dependsOn: [],
        row: ['both', 'prOpen', 'A model reads the old dataset as a source.'],
      };
    case 'scio':
      return {
        ...base,
        ...scioPipeline(random, given),
        framework: 'scio',
        dependsOn: [deprecated],
        row: ['both', 'outOfScope', 'Scio is excluded by the policy.'],
      };
    case 'personDecides':
      return {
        ...base,
        ...personDecides(random, given),
        dependsOn: [deprecated],
        row: ['both', 'needsHuman', 'The only statement needs a decision.'],
      };
    case 'migrated': {
      const made = consumer(random, given);
      return {
        ...base,
        reads: made.reads,
        files: () => withoutOldName(made.files('new'), dataset),
        dependsOn: [deprecated, ...made.reads],
        row: ['catalog', 'noChanges', 'Moved already; the catalog is late.'],
      };
    }
    case 'indirect': {
      const { table } = random.pick(possible);
      const columns = [dataset.id, 'events'];
      return {
        ...base,
        ...reader(random, { name, owner, table, columns }),
        dependsOn: [table],
        row: ['lineage', 'noChanges', 'Reads what a direct consumer writes.'],
      };
    }
    case 'falseMatch': {
      const comment = `no longer joined with ${dataset.from}`;
      const made = reader(random, { name, owner, comment });
      return {
        ...base,
        ...made,
        dependsOn: made.reads,
        row: ['search', 'noChanges', 'The old name is only in a comment.'],
      };
    }
    default: {
      const made = reader(random, { name, owner });
      return { ...base, ...made, dependsOn: made.reads };
    }
  }
}

/** A team that has moved has no mention of the old name left. */
function withoutOldName(files, dataset) {
  return Object.fromEntries(
    Object.entries(files).map(([path, text]) => [
      path,
      text.replaceAll(dataset.from, dataset.to),
    ]),
  );
}
