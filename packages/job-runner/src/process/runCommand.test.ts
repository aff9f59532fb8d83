import { CommandBounds, runCommand } from './runCommand';

const run = (command: string[], bounds: Partial<CommandBounds> = {}) =>
  runCommand(
    command,
    '/',
    { PATH: process.env.PATH },
    {
      timeoutMilliseconds: 300_000,
      outputBytes: 1_000_000,
      signal: new AbortController().signal,
      ...bounds,
    },
  );

const isAlive = (pid: number) => {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
};

describe('runCommand', () => {
  it('gives the exit code and what was printed, in its order', async () => {
    expect(
      await run(['sh', '-c', 'echo out; echo err >&2; exit 3']),
    ).toMatchObject({ type: 'exited', code: 3, output: 'out\nerr\n' });
  });

  it('interprets nothing in its words', async () => {
    const words = ['$(id)', '`id`', '; exit 1', '*', '-n'];
    expect(await run(['printf', '%s|', ...words])).toMatchObject({
      code: 0,
      output: `${words.join('|')}|`,
    });
  });

  it('says that there is no such program', async () => {
    expect(await run(['no-such-program'])).toMatchObject({
      type: 'missing',
      code: undefined,
    });
  });

  it('gives the signal that ended it as a shell does', async () => {
    expect(await run(['sh', '-c', 'kill -SEGV $$'])).toMatchObject({
      type: 'exited',
      code: 139,
    });
  });

  it('waits for nobody who holds its output open, and kills them', async () => {
    const { output, type } = await run(['sh', '-c', 'sleep 600 & echo $!']);
    expect(type).toBe('exited');
    const pid = Number(output);
    while (isAlive(pid)) await new Promise(resolve => setTimeout(resolve, 10));
  });

  it.each<[string, string, Partial<CommandBounds>]>([
    [
      'timeout',
      'trap "" TERM INT HUP; while :; do sleep 600; done',
      { timeoutMilliseconds: 200 },
    ],
    ['output-limit', 'yes', { outputBytes: 50_000 }],
    ['stopped', 'sleep 600', { signal: AbortSignal.abort() }],
  ])('ends by %s', async (type, script, bounds) => {
    expect(await run(['sh', '-c', script], bounds)).toMatchObject({
      type,
      code: undefined,
    });
  });

  it('keeps the last part of a long output', async () => {
    const { output } = await run(['seq', '1', '20000']);
    expect(output.startsWith('…')).toBe(true);
    expect(output.endsWith('\n20000\n')).toBe(true);
    expect(output.length).toBeLessThan(17_000);
  });
});
