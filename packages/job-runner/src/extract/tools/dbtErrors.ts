import { blockFrom, detailOf } from '../block';
import { ErrorExtractor } from '../types';

const HEAD =
  /^\s*((?:Compilation|Database|Runtime|Parsing|Dependency|Schema|Validation|Internal) Error|Failure)(?: in (\w+) (\S+))?(?: \((\S+\.\w+)\))?$/;
const PATH = /^\s*(?:path|> in file): ?(\S+\.\w+)/;
const COUNT =
  /^(?:Completed with \d+ error|Done\. PASS=|Encountered an error:$)/;

/** dbt: parse, compile, run and test. Times at the start of lines are gone already. */
export const dbtErrors: ErrorExtractor = {
  tool: 'dbt',
  read(lines, at) {
    const line = lines[at];
    if (COUNT.test(line)) return { errors: [], lines: 1 };
    const head = HEAD.exec(line);
    if (!head) return undefined;
    const [, kind, resource, name, file] = head;
    const block = blockFrom(
      lines,
      at,
      next => /^\s+\S/.test(next) && !HEAD.test(next),
    );
    const body = block
      .slice(1)
      .filter(each => !/^\s*compiled (?:code|SQL) at /i.test(each));
    const [message = kind, ...rest] = body;
    const path = file ?? block.map(each => PATH.exec(each)?.[1]).find(Boolean);
    const detail = detailOf(rest, 8);
    return {
      lines: block.length,
      errors: [
        {
          tool: 'dbt',
          rank: kind === 'Failure' ? ('test' as const) : ('cause' as const),
          ...(path && { file: path }),
          ...(kind === 'Failure' && name ? { test: name } : { code: kind }),
          message:
            resource && kind !== 'Failure'
              ? `${resource} ${name}: ${message.trim()}`
              : message.trim(),
          ...(detail && { detail }),
        },
      ],
    };
  },
};
