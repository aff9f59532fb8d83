import { ErrorExtractor } from '../types';

const HEAD = /^g?make(?:\[\d+\])?: \*\*\* (.+)$/;

/** make: that a command of a rule failed, or that there is no rule. */
export const makeErrors: ErrorExtractor = {
  tool: 'make',
  read(lines, at) {
    const head = HEAD.exec(lines[at]);
    if (!head) return undefined;
    return {
      lines: 1,
      errors: [
        {
          tool: 'make',
          rank: /^No rule/.test(head[1]) ? 'cause' : 'consequence',
          message: head[1],
        },
      ],
    };
  },
};
