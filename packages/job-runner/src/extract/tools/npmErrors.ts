import { blockFrom } from '../block';
import { ErrorExtractor } from '../types';

const NPM = /^npm (?:ERR!|error)(?: (.*))?$/;
const YARN =
  /^(?:error Command failed|info Visit https:\/\/yarnpkg|➤ YN\d+: (?:│ )?.*(?:Error|Failed)|\s?ELIFECYCLE\s|\s?ERR_PNPM_)/;

/** npm, yarn and pnpm: that a script failed, or that there is none. */
export const npmErrors: ErrorExtractor = {
  tool: 'npm',
  read(lines, at) {
    const line = lines[at];
    if (YARN.test(line)) {
      return {
        lines: 1,
        errors: [{ tool: 'npm', rank: 'consequence', message: line.trim() }],
      };
    }
    if (/^npm (?:WARN|warn) /.test(line)) return { errors: [], lines: 1 };
    if (!NPM.test(line)) return undefined;
    const block = blockFrom(lines, at, next => NPM.test(next));
    const said = block
      .map(each => NPM.exec(each)?.[1]?.trim() ?? '')
      .filter(
        each =>
          each !== '' && !/^A complete log|^code |^path |^command /.test(each),
      );
    return {
      lines: block.length,
      errors: [
        {
          tool: 'npm',
          rank: 'consequence',
          message: said[0] ?? block[0],
        },
      ],
    };
  },
};
