import { EventsAnswer, protocolLimits, RunnerEvent } from '../protocol';
import { EventLog } from './EventLog';

describe('EventLog', () => {
  const posts: RunnerEvent[][] = [];
  let answer: () => Promise<EventsAnswer>;
  const client = {
    postEvents: async (events: RunnerEvent[]) => {
      posts.push(events);
      return answer();
    },
  };

  beforeEach(() => {
    posts.length = 0;
    answer = async () => ({ stop: false });
  });

  it('sends all before it closes, in order, within the bounds of the protocol', async () => {
    const log = new EventLog(client, () => {});
    log.phase('baseline', 'Checking');
    for (let line = 0; line < 450; line++) log.info(`line ${line}`);
    log.warn('é'.repeat(protocolLimits.messageBytes));
    await log.close();

    const events = posts.flat().filter(event => event.type !== 'heartbeat');
    expect(events).toHaveLength(452);
    expect(events[0]).toMatchObject({ type: 'phase', phase: 'baseline' });
    expect(events[450]).toMatchObject({
      message: 'line 449',
      phase: 'baseline',
    });
    expect(events[451].level).toBe('warn');
    for (const { message } of events) {
      expect(Buffer.byteLength(message!)).toBeLessThanOrEqual(
        protocolLimits.messageBytes,
      );
    }
    for (const post of posts) {
      expect(post.length).toBeLessThanOrEqual(protocolLimits.eventsPerRequest);
    }
  });

  it('beats at once, so that the backend knows of the runner', async () => {
    let log: EventLog | undefined;
    await new Promise<void>(resolve => {
      answer = async () => {
        resolve();
        return { stop: false };
      };
      log = new EventLog(client, () => {});
    });
    await log!.close();
    expect(posts[0]).toEqual([{ at: expect.any(String), type: 'heartbeat' }]);
  });

  async function stopReason(): Promise<Error | undefined> {
    let log: EventLog | undefined;
    const reason = await new Promise<Error | undefined>(resolve => {
      log = new EventLog(client, resolve);
    });
    await log!.close();
    return reason;
  }

  it('passes on that the job is over', async () => {
    answer = async () => ({ stop: true });
    expect(await stopReason()).toBeUndefined();
  });

  it('passes on that the backend cannot be reached', async () => {
    answer = async () => {
      throw new Error('ECONNREFUSED');
    };
    expect(await stopReason()).toMatchObject({ message: 'ECONNREFUSED' });
  });
});
