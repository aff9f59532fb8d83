import fs from 'fs';
import { aPlace, Place } from '../testing/StartScript';
import { CampaignOutcome, KillBench } from './KillBench';

/** Of the example: changed, partly changed, needs a person, red before any change. */
const repositories = [
  'royalty-statements',
  'marketing-audiences',
  'demographics-report',
  'year-in-music',
];

/** A moment at which a crash hurts, and how the test knows that it has come. */
const moments: Array<{
  name: string;
  prepare?: (bench: KillBench) => Promise<void>;
  reached: (bench: KillBench) => Promise<void>;
}> = [
  {
    name: 'a job was claimed',
    reached: bench =>
      bench.untilStored(
        'a job runs',
        "select 1 from jobs where state = 'running'",
      ),
  },
  {
    name: 'a patch was stored',
    reached: bench =>
      bench.untilStored('a patch is stored', 'select 1 from changes'),
  },
  {
    name: 'a branch was pushed',
    // The forge refuses to open it, so that nothing follows the push until the kill.
    prepare: bench =>
      bench.misbehave({
        serverErrors: {
          next: 100,
          match: 'POST /api/v3/repos/meridian/royalty-statements/pulls',
          when: 'before',
        },
      }),
    reached: async bench => {
      await bench.untilForge(
        'a branch is pushed',
        ({ branches }) => branches['royalty-statements'].length > 0,
      );
    },
  },
  {
    name: 'a pull request was created',
    // The forge opens it but the answer is lost, so that nobody has written it down.
    prepare: bench =>
      bench.misbehave({
        serverErrors: {
          next: 1,
          match: 'POST /api/v3/repos/meridian/royalty-statements/pulls',
          when: 'after',
        },
      }),
    reached: bench =>
      bench.untilForge(
        'a pull request is open',
        ({ pullRequests }) => pullRequests['royalty-statements'].length > 0,
      ),
  },
];

describe('the back end killed with SIGKILL', () => {
  let undisturbed: CampaignOutcome;
  let place: Place;
  let bench: KillBench;

  beforeEach(async () => {
    place = await aPlace();
    bench = new KillBench(place, repositories);
    await bench.startForge();
    await bench.startPortal();
  });

  afterEach(async () => {
    await bench.end();
    fs.rmSync(place.home, { recursive: true, force: true });
  });

  it('left alone, comes to its outcome', async () => {
    await bench.launch();
    undisturbed = await bench.outcome();

    expect(undisturbed.targets).toEqual({
      'royalty-statements/': { state: 'prOpen', edits: 5, notes: 0 },
      'marketing-audiences/': expect.objectContaining({ state: 'prOpen' }),
      'demographics-report/': expect.objectContaining({
        state: 'needsHuman',
      }),
      'year-in-music/': expect.objectContaining({ state: 'failed' }),
    });
    expect(undisturbed.pullRequests['royalty-statements']).toHaveLength(1);
  });

  it.each(moments)(
    'when $name, comes to the same outcome after a restart',
    async ({ prepare, reached }) => {
      await prepare?.(bench);
      await bench.launch();
      await reached(bench);
      await bench.killPortal();
      await bench.misbehave({ serverErrors: { next: 0 } });
      await bench.startPortal();

      expect(await bench.outcome()).toEqual(undisturbed);
    },
  );
});
