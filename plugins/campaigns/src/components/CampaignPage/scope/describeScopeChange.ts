import { PlaceFacts, ScopeChange } from '@skein/plugin-campaigns-common';
import { shortEntityName } from '../../../format/words';

const decisions: Record<PlaceFacts['decision'], string> = {
  in: 'in scope',
  out: 'out of scope',
  unsure: 'to be decided',
};

/** What moved, in one line. */
export function describeScopeChange({ before, after }: ScopeChange): string {
  if (!before)
    return after ? `${decisions[after.decision]}: ${after.reason}` : '';
  if (!after) return `was ${decisions[before.decision]}: ${before.reason}`;
  const owner = (facts: PlaceFacts) =>
    facts.ownerRef ? shortEntityName(facts.ownerRef) : 'nobody';
  const gone = before.evidence.filter(each => !after.evidence.includes(each));
  const added = after.evidence.filter(each => !before.evidence.includes(each));
  return [
    ...moved('', decisions[before.decision], decisions[after.decision]),
    ...moved('owner ', owner(before), owner(after)),
    ...moved('framework ', before.framework, after.framework),
    ...moved('entity ', before.entityRef ?? 'none', after.entityRef ?? 'none'),
    ...added.map(each => `new: ${each}`),
    ...gone.map(each => `no longer: ${each}`),
  ].join('; ');
}

function moved(what: string, from: string, to: string): string[] {
  return from === to ? [] : [`${what}${from} → ${to}`];
}
