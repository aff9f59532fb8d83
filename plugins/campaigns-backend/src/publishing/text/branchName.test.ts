import fc from 'fast-check';
import { assertBranchName } from '../../repositories/repositoryFolder';
import { branchName } from './branchName';

describe('branchName', () => {
  it('is readable', () => {
    expect(branchName('skein', 'users-v1', '')).toBe('skein/users-v1/root');
    expect(branchName('skein', 'users-v1', 'dbt')).toBe('skein/users-v1/dbt');
    expect(branchName('bots/skein', 'users-v1', 'dbt/models')).toMatch(
      /^bots\/skein\/users-v1\/dbt-models-[0-9a-f]{8}$/,
    );
  });

  it('is a branch that git takes, whatever the path', () => {
    fc.assert(
      fc.property(
        fc.string(),
        fc.string({ unit: 'binary' }),
        (prefix, path) => {
          expect(() =>
            assertBranchName(branchName(prefix, 'campaign', path)),
          ).not.toThrow();
        },
      ),
    );
  });

  it('tells any two paths apart', () => {
    const path = fc.string({
      unit: fc.constantFrom('a', 'A', '-', '/', '.', '_', 'é'),
      maxLength: 6,
    });
    fc.assert(
      fc.property(path, path, (one, other) => {
        fc.pre(one !== other);
        expect(branchName('skein', 'c', one)).not.toBe(
          branchName('skein', 'c', other),
        );
      }),
    );
    expect(branchName('skein', 'c', 'root')).not.toBe(
      branchName('skein', 'c', ''),
    );
  });
});
