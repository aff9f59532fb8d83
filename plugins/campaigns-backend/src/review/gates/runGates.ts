import { GateFinding, GatesSpec } from '@skein/plugin-campaigns-common';
import { allowedFiles } from './allowedFiles';
import { Gate, GateInput } from './Gate';
import { lintRules } from './lintRules';
import { protectedFiles } from './protectedFiles';
import { secrets } from './secrets';
import { size } from './size';
import { tests } from './tests/tests';
import { versions } from './versions';

/** More than this of one gate tells nobody more. */
const FINDINGS_PER_GATE = 50;

const gates: Gate[] = [
  allowedFiles,
  tests,
  lintRules,
  versions,
  protectedFiles,
  secrets,
  size,
  mappingGate('oldDataset'),
  mappingGate('mapping'),
];

/** All that the gates find in a change, each with the action that the policy says, worst first. */
export async function runGates(input: GateInput): Promise<GateFinding[]> {
  const findings = await Promise.all(
    gates.map(async gate => {
      const found = await gate.check(input);
      const { name } = gate;
      const action = input.spec.policy[name];
      return found
        .slice(0, FINDINGS_PER_GATE)
        .map(finding => ({ gate: name, action, ...finding }));
    }),
  );
  return findings
    .flat()
    .sort((one, other) => rank(one.action) - rank(other.action));
}

function mappingGate(name: 'oldDataset' | 'mapping'): Gate {
  return {
    name,
    check: ({ mapping }) =>
      mapping
        .filter(({ gate }) => gate === name)
        .map(({ gate: _, ...finding }) => finding),
  };
}

function rank(action: GatesSpec['policy'][keyof GatesSpec['policy']]): number {
  return ['block', 'ask', 'warn'].indexOf(action);
}
