import fc from 'fast-check';
import { runInNewContext } from 'vm';
import { JsonObject } from '@backstage/types';
import { visibleLogger } from './visibleLogger';

type Line = { level: string; message: string; meta?: Error | JsonObject };

function recorder() {
  const lines: Line[] = [];
  const children: JsonObject[] = [];
  const at =
    (level: string) => (message: string, meta?: Error | JsonObject) => {
      lines.push({ level, message, meta });
    };
  const logger = {
    error: at('error'),
    warn: at('warn'),
    info: at('info'),
    debug: at('debug'),
    child(meta: JsonObject) {
      children.push(meta);
      return logger;
    },
  };
  return { logger, lines, children };
}

/** All that is handed on, as one text: `\n` only between the frames of a stack. */
function written(lines: Line[]): string {
  return lines
    .map(({ message, meta }) =>
      meta instanceof Error
        ? `${message}${meta.name}${meta.message}${meta.stack}${String(
            meta.cause && (meta.cause as Error).stack,
          )}${Object.entries(meta).join()}`
        : `${message}${Object.entries(flat(meta ?? {})).join()}`,
    )
    .join('');
}

function flat(meta: JsonObject): JsonObject {
  return Object.fromEntries(
    Object.entries(meta).flatMap(([key, value]) =>
      typeof value === 'object' && value
        ? [[key, ''], ...Object.entries(flat(value as JsonObject))]
        : [[key, value]],
    ),
  );
}

const UNSEEN = /(?!\n)[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\p{Bidi_Control}]/u;
const hostile =
  'a\u001b[2J\u001b]8;;https://evil.example\u0007\u009b31m\u202eb\u2066\u200e\u061c\u2028c\ud800\r\n2026-01-01 info all is well';

describe('a logger of words of others', () => {
  it('writes a message as one line that is what it looks like, at each level', () => {
    const { logger, lines } = recorder();
    const log = visibleLogger(logger);
    log.error(hostile);
    log.warn(hostile);
    log.info(hostile);
    log.debug(hostile);
    expect(lines.map(({ level }) => level)).toEqual([
      'error',
      'warn',
      'info',
      'debug',
    ]);
    for (const { message, meta } of lines) {
      expect(message).toBe(
        'a [2J ]8;;https://evil.example 31m b c 2026-01-01 info all is well',
      );
      expect(meta).toBe(undefined);
    }
  });

  it('writes errors without it, in message, stack, cause and fields, and leaves the error as it was', () => {
    const { logger, lines } = recorder();
    const error = Object.assign(
      new TypeError(hostile, { cause: new Error(hostile) }),
      { status: 500, code: hostile, response: { data: hostile } },
    );
    visibleLogger(logger).warn('It failed', error);
    const meta = lines[0].meta as Error & { status: number };
    expect(written(lines)).not.toMatch(UNSEEN);
    expect(meta.message).not.toContain('\n');
    expect(meta.name).toBe('TypeError');
    expect(meta.status).toBe(500);
    expect(Object.keys(meta)).not.toContain('response');
    // Each line of a stack after the first is a frame.
    const [first, ...frames] = meta.stack!.split('\n');
    expect(first).toBe(`TypeError: ${meta.message}`);
    expect(frames.length).toBeGreaterThan(0);
    for (const frame of frames) expect(frame).toMatch(/^ {4}at /);
    expect(error.message).toBe(hostile);

    // Who catches an error may say more in it, and its stack stays as it was.
    error.message = 'Something else';
    visibleLogger(logger).warn('It failed', error);
    expect((lines[1].meta as Error).stack).toBe(
      [`TypeError: Something else`, ...frames].join('\n'),
    );
  });

  it('writes fields and those of a child without it, and all within bounds', () => {
    const { logger, lines, children } = recorder();
    const log = visibleLogger(logger).child({ repository: hostile });
    log.info('x'.repeat(2 ** 20), {
      [hostile]: { deep: [hostile, { more: hostile }], count: 1 },
    });
    expect(children[0].repository).not.toMatch(/[\p{Cc}\u202e]/u);
    expect(written(lines)).not.toMatch(UNSEEN);
    expect(written(lines)).not.toContain('\n');
    expect(lines[0].message).toHaveLength(2_000);
  });

  it('writes what was thrown and is no error of this process', () => {
    const { logger, lines } = recorder();
    const log = visibleLogger(logger);
    const elsewhere = runInNewContext('new Error(text)', { text: hostile });
    log.warn('It failed', elsewhere);
    log.warn('It failed', hostile as unknown as Error);
    expect(lines[0].meta).toBeInstanceOf(Error);
    for (const { meta } of lines) {
      const { message, error } = meta as { message?: string; error?: string };
      expect(message ?? error).toBe(
        'a [2J ]8;;https://evil.example 31m b c 2026-01-01 info all is well',
      );
    }
  });

  it('lets nothing else through, whatever it is given', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.object() as fc.Arbitrary<JsonObject>,
        (message, meta) => {
          const { logger, lines } = recorder();
          visibleLogger(logger).info(message, meta);
          visibleLogger(logger).error(message, new Error(message));
          expect(written(lines)).not.toMatch(UNSEEN);
          expect(lines[0].message).not.toContain('\n');
        },
      ),
    );
  });
});
