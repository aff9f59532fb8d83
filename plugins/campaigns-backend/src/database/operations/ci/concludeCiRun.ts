import { ChangeReport } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import type { DescribedConclusion } from '../../../ci/describeConclusion';
import { ChangeRow } from '../jobs/tables';
import { transitionTarget } from '../targets/transitionTarget';
import { CiRunRow } from './tables';
import { updateCiRun } from './updateCiRun';

/**
 * Writes down what CI said, into the change's report and the target's state.
 *
 * @throws ConflictError where the run is no longer the holder's, or the target moved on
 */
export async function concludeCiRun(
  tx: Knex.Transaction,
  run: CiRunRow,
  { results, event }: DescribedConclusion,
): Promise<void> {
  await updateCiRun(tx, run, { state: 'concluded', attempts: 0, nextIn: 0 });
  const change = (await tx<ChangeRow>('changes')
    .where({ id: run.change_id })
    .first('report'))!;
  const report: ChangeReport = JSON.parse(change.report);
  await tx<ChangeRow>('changes')
    .where({ id: run.change_id })
    .update({
      report: JSON.stringify({
        ...report,
        verification: [
          ...report.verification.filter(({ source }) => source !== 'ci'),
          ...results,
        ],
      }),
    });
  await transitionTarget(tx, run.target_id, event);
}
