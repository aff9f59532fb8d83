import { Expectation } from '../example/expectations';
import { Organisation } from '../example/Organisation';
import { aPullRequest, aTarget } from '../testing/targets';
import { MergeRequest, Owners } from './Owners';

const organisation: Organisation = {
  login: 'meridian',
  name: 'Meridian',
  users: [{ login: 'luca-moretti', name: 'Luca Moretti', email: '' }],
  teams: [
    {
      slug: 'insights',
      name: 'Insights',
      description: '',
      members: ['luca-moretti'],
    },
  ],
};

const expectation: Expectation = {
  campaign: 'retire-users-v1',
  repository: 'meridian/year-in-music',
  path: '',
  owner: 'group:default/insights',
  state: 'verified',
  ownerMerges: true,
};

function ownersOf(expectations: Expectation[]) {
  const merged: MergeRequest[] = [];
  const owners = new Owners(organisation, expectations, async request => {
    merged.push(request);
    return true;
  });
  return { owners, merged };
}

describe('Owners', () => {
  it('merge as a member of the owning team', async () => {
    const { owners, merged } = ownersOf([expectation]);

    const lines = await owners.act([
      aTarget({ state: 'prOpen', pullRequest: aPullRequest(7) }),
    ]);

    expect(merged).toEqual([
      {
        login: 'luca-moretti',
        owner: 'meridian',
        repository: 'year-in-music',
        number: 7,
      },
    ]);
    expect(lines).toEqual([
      'meridian/year-in-music: Luca Moretti, its owner, merges #7 on the forge',
    ]);
  });

  it('leave alone what the example does not have them merge', async () => {
    const { owners, merged } = ownersOf([
      { ...expectation, ownerMerges: undefined },
    ]);
    const target = aTarget({ state: 'prOpen', pullRequest: aPullRequest() });

    await owners.act([target]);

    expect(merged).toEqual([]);
    expect(owners.merging([target]).size).toBe(0);
  });

  it('do not merge twice what the portal has not heard of yet', async () => {
    const { owners, merged } = ownersOf([expectation]);
    const target = aTarget({ state: 'prOpen', pullRequest: aPullRequest() });

    await owners.act([target]);
    await owners.act([target]);

    expect(merged).toHaveLength(1);
  });

  it('say what the forge refused, once, and are not waited for', async () => {
    const owners = new Owners(organisation, [expectation], async () => {
      throw new Error('it has a conflict');
    });
    const target = aTarget({ state: 'prOpen', pullRequest: aPullRequest(7) });

    expect(await owners.act([target])).toEqual([
      'meridian/year-in-music: Luca Moretti, its owner, could not merge #7: it has a conflict',
    ]);
    expect(await owners.act([target])).toEqual([]);
    expect(owners.merging([target]).size).toBe(0);
  });

  it('say nothing of what was merged before', async () => {
    const owners = new Owners(organisation, [expectation], async () => false);
    const target = aTarget({ state: 'prOpen', pullRequest: aPullRequest(7) });

    expect(await owners.act([target])).toEqual([]);
    expect(owners.merging([target]).size).toBe(1);
  });
});
