import { PlaceFacts, ScopeChange } from '@skein/plugin-campaigns-common';
import { describeScopeChange } from './describeScopeChange';

const facts: PlaceFacts = {
  decision: 'in',
  framework: 'dbt',
  ownerRef: 'group:default/growth',
  reason: 'a.sql:3 reads users_v1',
  evidence: ['search: users_v1'],
};
const change: Omit<ScopeChange, 'kind'> = {
  id: '1',
  snapshotNumber: 2,
  at: '2026-01-01T00:00:00.000Z',
  repository: { host: 'h', owner: 'o', name: 'n' },
  path: '',
};

describe('describeScopeChange', () => {
  it.each<[string, Partial<PlaceFacts>, string]>([
    ['another owner', { ownerRef: 'group:default/ads' }, 'owner growth → ads'],
    ['no owner', { ownerRef: undefined }, 'owner growth → nobody'],
    ['another decision', { decision: 'unsure' }, 'in scope → to be decided'],
    [
      'other evidence',
      { evidence: ['lineage: users_v1 → daily'] },
      'new: lineage: users_v1 → daily; no longer: search: users_v1',
    ],
  ])('tells of %s', (_, update, words) => {
    expect(
      describeScopeChange({
        ...change,
        kind: 'changed',
        before: facts,
        after: { ...facts, ...update },
      }),
    ).toBe(words);
  });

  it('gives the reason of what came and of what went', () => {
    expect(describeScopeChange({ ...change, kind: 'came', after: facts })).toBe(
      'in scope: a.sql:3 reads users_v1',
    );
    expect(
      describeScopeChange({ ...change, kind: 'went', before: facts }),
    ).toBe('was in scope: a.sql:3 reads users_v1');
  });
});
