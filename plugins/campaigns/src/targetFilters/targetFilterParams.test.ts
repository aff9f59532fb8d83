import fc from 'fast-check';
import { TargetSortField, targetStates } from '@skein/plugin-campaigns-common';
import {
  TargetsView,
  formatTargetsView,
  isFiltered,
  pageSizes,
  parseTargetsView,
  toListTargetsRequest,
} from './targetFilterParams';

const words = fc.string({ minLength: 1 }).filter(text => text.trim() === text);
const some = <T>(item: fc.Arbitrary<T>) =>
  fc.array(item, { minLength: 1, maxLength: 4 });
const sortFields: TargetSortField[] = [
  'repository',
  'framework',
  'owner',
  'state',
  'wave',
  'updatedAt',
];

const views: fc.Arbitrary<TargetsView> = fc.record({
  filter: fc.record(
    {
      states: some(fc.constantFrom(...targetStates)),
      frameworks: some(words),
      owners: some(words),
      waves: some(words),
      failureKinds: some(words),
      search: words,
    },
    { requiredKeys: [] },
  ),
  sort: fc.constantFrom(...sortFields),
  order: fc.constantFrom('asc', 'desc'),
  page: fc.nat(1000),
  pageSize: fc.constantFrom(...pageSizes),
});

describe('targetFilterParams', () => {
  it('reads back every view that it writes', () => {
    fc.assert(
      fc.property(views, view => {
        const address = formatTargetsView(view).toString();
        expect(parseTargetsView(new URLSearchParams(address))).toEqual(view);
      }),
    );
  });

  it('reads any address as some view within bounds', () => {
    fc.assert(
      fc.property(fc.webQueryParameters(), address => {
        const request = toListTargetsRequest(
          parseTargetsView(new URLSearchParams(address)),
        );
        expect(request.limit).toBeLessThanOrEqual(200);
        expect(request.offset).toBeGreaterThanOrEqual(0);
      }),
    );
  });

  it('leaves out what is as usual, and what it does not know', () => {
    expect(
      formatTargetsView(parseTargetsView(new URLSearchParams())).toString(),
    ).toBe('');
    const { filter } = parseTargetsView(
      new URLSearchParams('state=vanished&state=failed&sort=color&page=-3'),
    );
    expect(filter).toEqual({ states: ['failed'] });
    expect(isFiltered(filter)).toBe(true);
    expect(isFiltered({})).toBe(false);
  });
});
