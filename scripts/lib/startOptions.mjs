import { parseArgs } from 'node:util';
import { UserError } from './UserError.mjs';

export const startHelp = `npm start [-- options]

Retires a dataset across an example organisation: starts a development forge
and the portal, launches the example campaign, and shows its progress.
Stays up until Ctrl-C. A second start resumes from what is stored.

  --fresh   begin again: delete databases, repositories, logs and secrets
  --once    exit when the campaign has come to rest: 0 if every target reached
            the state that examples/expected.yaml expects, else 1
  --help    this text

Environment
  SKEIN_PORT         port of the portal            (7007)
  SKEIN_FORGE_PORT   port of the development forge (7071)
  SKEIN_HOME         folder of the state           (.skein in the checkout)
  XDG_CACHE_HOME     where a Node that is brought from npm lies (~/.cache)
`;

/** @throws UserError for what is not understood */
export function parseStartOptions(args) {
  try {
    const { values } = parseArgs({
      args,
      options: {
        fresh: { type: 'boolean', default: false },
        once: { type: 'boolean', default: false },
        help: { type: 'boolean', short: 'h', default: false },
      },
    });
    return values;
  } catch (error) {
    throw new UserError(
      `${error.message.split('. ')[0]}. See npm start -- --help.`,
    );
  }
}
