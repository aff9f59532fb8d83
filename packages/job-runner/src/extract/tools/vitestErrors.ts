import { blockFrom, detailOf, placeOf } from '../block';
import { ErrorExtractor } from '../types';

const HEAD =
  /^ FAIL {2}(?:\|[^|]{1,80}\| )?(\S+)(?: > (.{1,400})| \[ .{1,400} \])$/;
const FRAME = /^ ❯ (?:.{0,200} )?(\S+):(\d{1,7}):(\d{1,5})$/;
const RULER = /^⎯{3,}/;

/** Vitest. */
export const vitestErrors: ErrorExtractor = {
  tool: 'vitest',
  read(lines, at) {
    const head = HEAD.exec(lines[at]);
    if (!head) return undefined;
    const [, suite, name] = head;
    const block = blockFrom(
      lines,
      at,
      next => !RULER.test(next) && !HEAD.test(next),
    );
    const frame = block
      .map(each => FRAME.exec(each))
      .find(each => each && !each[1].includes('node_modules'));
    const end = block.findIndex(each => each.startsWith(' ❯ '));
    const [message = 'failed', ...rest] = block
      .slice(1, end < 0 ? undefined : end)
      .filter(each => each !== '');
    const detail = detailOf(rest, 8);
    return {
      lines: block.length,
      errors: [
        {
          tool: 'vitest',
          rank: name ? ('test' as const) : ('cause' as const),
          ...placeOf(frame?.[1] ?? suite, frame?.[2], frame?.[3]),
          ...(name && { test: `${suite} › ${name}` }),
          message: message.trim(),
          ...(detail && { detail }),
        },
      ],
    };
  },
};
