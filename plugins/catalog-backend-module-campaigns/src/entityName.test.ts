import { makeValidator } from '@backstage/catalog-model';
import fc from 'fast-check';
import { entityName } from './entityName';

describe('entityName', () => {
  const { isValidEntityName } = makeValidator();

  it('keeps a name that the catalog allows', () => {
    expect(entityName('meridian-data.user_data.users_v1')).toBe(
      'meridian-data.user_data.users_v1',
    );
  });

  it('makes an allowed name of any, and never one for two datasets', () => {
    const name = fc.oneof(
      fc.string({ minLength: 1, maxLength: 200 }),
      fc.stringMatching(/^[a-z0-9_*.-]{1,80}$/),
      fc.stringMatching(/^p\.logs\.events_[*-]{0,3}$/),
    );
    fc.assert(
      fc.property(name, name, fc.boolean(), (one, two, digest) => {
        expect(isValidEntityName(entityName(one, { digest }))).toBe(true);
        fc.pre(one !== two);
        expect(entityName(one)).not.toBe(entityName(two, { digest }));
      }),
      { numRuns: 500 },
    );
  });
});
