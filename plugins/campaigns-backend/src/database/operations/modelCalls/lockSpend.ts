import { Knex } from 'knex';
import { ScopeSpend } from '../../../gateway/budget/types';
import { hasRowLocks } from '../../clock';
import { ModelSpendRow, SpendScope } from './tables';

/** The order in which all lock, so that none waits for another in a circle. */
const lockOrder: SpendScope[] = ['campaign', 'run', 'job'];

/** A scope by its name. */
export interface SpendKey {
  scope: SpendScope;
  id: string;
}

/** What is spent and reserved in these scopes, locked until the transaction ends. */
export async function lockSpend<T extends SpendKey>(
  tx: Knex.Transaction,
  campaignId: string,
  keys: T[],
): Promise<Array<T & ScopeSpend>> {
  const ordered = [...keys].sort(
    (a, b) => lockOrder.indexOf(a.scope) - lockOrder.indexOf(b.scope),
  );
  const locked: Array<T & ScopeSpend> = [];
  for (const key of ordered) {
    await tx('model_spend')
      .insert({ scope: key.scope, scope_id: key.id, campaign_id: campaignId })
      .onConflict(['scope', 'scope_id'])
      .ignore();
    const query = tx<ModelSpendRow>('model_spend').where({
      scope: key.scope,
      scope_id: key.id,
    });
    const row = (await (hasRowLocks(tx) ? query.forUpdate() : query).first())!;
    locked.push({ ...key, ...toSpend(row) });
  }
  return locked;
}

/** The stored sums as numbers. */
export function toSpend(row: ModelSpendRow): ScopeSpend {
  return {
    spent: {
      nanos: Number(row.spent_nanos),
      tokens: Number(row.spent_tokens),
    },
    reserved: {
      nanos: Number(row.reserved_nanos),
      tokens: Number(row.reserved_tokens),
    },
  };
}
