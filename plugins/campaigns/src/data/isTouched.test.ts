import { isTouched } from './isTouched';

function query(meta: object, data?: unknown): any {
  return { meta, state: { data } };
}

describe('isTouched', () => {
  const changed = new Set(['c1']);

  it('leaves alone what another campaign shows', () => {
    const campaignOf = (data?: { id: string }) => data?.id;
    expect(
      isTouched(query({ live: true, campaignOf }, { id: 'c1' }), changed),
    ).toBe(true);
    expect(
      isTouched(query({ live: true, campaignOf }, { id: 'c2' }), changed),
    ).toBe(false);
  });

  it('takes in lists of campaigns, and what was not read yet', () => {
    expect(isTouched(query({ live: true }), changed)).toBe(true);
    expect(
      isTouched(query({ live: true, campaignOf: () => undefined }), changed),
    ).toBe(true);
  });

  it('leaves alone what only changes when somebody acts', () => {
    expect(isTouched(query({}), changed)).toBe(false);
  });
});
