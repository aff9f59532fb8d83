import { NotFoundError } from '@backstage/errors';
import { FailureKind } from '@skein/plugin-campaigns-common';
import { Knex } from 'knex';
import { reduceTarget, TargetEvent } from '../../../targets/reduceTarget';
import { databaseNow, hasRowLocks } from '../../clock';
import { TargetRow } from '../../tables';

/**
 * Applies an event to a stored target, in the caller's transaction so that
 * what belongs together happens together. The row is locked: of two events at
 * one time the second sees the state that the first left.
 *
 * @throws NotFoundError where there is no such target
 * @throws ConflictError where the event is not legal in its state
 */
export async function transitionTarget(
  tx: Knex.Transaction,
  targetId: string,
  event: TargetEvent,
): Promise<TargetRow> {
  const query = tx<TargetRow>('targets').where({ id: targetId });
  const row = await (hasRowLocks(tx) ? query.forUpdate() : query).first();
  if (!row) throw new NotFoundError(`No target with id ${targetId}`);

  const next = reduceTarget(
    {
      state: row.state,
      stateReason: row.state_reason ?? undefined,
      failureKind: (row.failure_kind as FailureKind | null) ?? undefined,
    },
    event,
  );
  const update: Partial<TargetRow> = {
    state: next.state,
    state_reason: next.stateReason ?? null,
    failure_kind: next.failureKind ?? null,
    ...(event.type === 'finished' && {
      change_id: event.changeId ?? null,
      edit_count: event.editCount ?? 0,
      note_count: event.noteCount ?? 0,
      approval_required: event.approvalRequired ?? false,
    }),
    ...(next.state !== 'publishing' && { expected_at: null }),
  };
  const [updated] = await tx<TargetRow>('targets')
    .where({ id: targetId })
    .update({
      ...update,
      updated_at: databaseNow(tx) as unknown as number,
    })
    .returning('*');
  return updated;
}
