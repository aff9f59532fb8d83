import { SqlStatement } from '@skein/mapping-rewriter';
import { compareResults } from '../compare/compareResults';
import { SampleAnswer, SampleVerdict, StatementName } from '../types';
import { ResultTable } from '../warehouse/Warehouse';
import { RunTools, ScriptRun } from './ScriptRun';

/** One statement, as it was and as it is. */
export interface StatementPair {
  name: StatementName;
  before: { script: ScriptRun; statement: SqlStatement };
  /** `gone`: nothing stands in its place. Undefined for the baseline. */
  after?: { script: ScriptRun; statement: SqlStatement } | 'gone';
}

/** Runs a statement as it was and as it is, and says what is different. */
export async function compareSides(
  { after, before, name }: StatementPair,
  { request }: RunTools,
  emit: (answer: SampleAnswer) => void,
): Promise<SampleVerdict> {
  const verdict = (
    outcome: SampleVerdict['outcome'],
    ...messages: string[]
  ): SampleVerdict => ({ ...name, outcome, messages });
  emit({ type: 'start', statement: name, side: 'old' });
  const olds = await attempt(before);
  if ('problem' in olds) return verdict('skipped', olds.problem);
  const [old, reversed] = olds.results;
  const unclear = whyUnclear(old, reversed);
  if (unclear) return verdict('skipped', unclear);
  if (!after) {
    return old.rows.length > 0
      ? verdict('ran')
      : verdict('skipped', 'it gives no row on the sample rows');
  }
  const subject = subjectOf(before.statement);
  if (after === 'gone') {
    return verdict('different', `${subject} is not there any more`);
  }
  emit({ type: 'start', statement: name, side: 'new' });
  const nows = await attempt(after);
  if ('problem' in nows) {
    return verdict(
      'different',
      `${subject} cannot be run on the sample rows any more: ${nows.problem}`,
    );
  }
  const options = {
    byPlace: before.statement.verb === 'INSERT',
    renamed: request.outputs === 'rename',
    ordered: false,
  };
  // Only what the order of rows does not change was ordered by the query.
  const ordered =
    before.statement.query!.ordered &&
    compareResults(old, reversed, { ...options, ordered: true }).length === 0;
  const different = [
    compareResults(old, nows.results[0], { ...options, ordered }),
    compareResults(reversed, nows.results[1], options),
  ].find(messages => messages.length > 0);
  if (different) {
    return verdict(
      'different',
      ...different.map(message => `on the sample rows ${subject} ${message}`),
    );
  }
  return old.rows.length > 0
    ? verdict('same')
    : verdict('skipped', 'it gives no row on the sample rows');
}

async function attempt({
  script,
  statement,
}: {
  script: ScriptRun;
  statement: SqlStatement;
}): Promise<{ results: ResultTable[] } | { problem: string }> {
  try {
    return { results: await script.run(statement) };
  } catch (error) {
    const [first] = String((error as Error).message).split('\n');
    return { problem: first.slice(0, 300) };
  }
}

/** Why what a text gives cannot be compared with anything. */
function whyUnclear(
  old: ResultTable,
  reversed: ResultTable,
): string | undefined {
  if (old.cut) return 'it gives more rows than are compared';
  const anyhow = { byPlace: true, renamed: false, ordered: false };
  return compareResults(old, reversed, anyhow).length > 0
    ? 'what it gives depends on the order in which rows are stored'
    : undefined;
}

function subjectOf({ verb, writes }: SqlStatement): string {
  if (!writes) return 'the query';
  return verb === 'MERGE'
    ? `what is merged into ${writes}`
    : `the query for ${writes}`;
}
