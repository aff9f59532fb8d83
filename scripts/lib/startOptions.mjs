import { parseArgs } from 'node:util';
import { UserError } from './UserError.mjs';

export const startHelp = `npm start [-- options]

Retires a dataset across an example organisation: starts a development forge
and the portal, launches the example campaigns, and shows their progress.
Stays up until Ctrl-C. A second start resumes from what is stored.

  --fresh   begin again: delete databases, repositories, logs and secrets
  --once    exit when the campaigns have come to rest: 0 if every target reached
            the state that examples/expected.yaml expects, else 1
  --no-model
            connect no model, not even the scripted stand-in
  --help    this text

Environment
  SKEIN_PORT         port of the portal            (7007)
  SKEIN_FORGE_PORT   port of the development forge (7071)
  SKEIN_HOME         folder of the state           (.skein in the checkout)
  SKEIN_ANTHROPIC_API_KEY
                     connects Claude in place of the scripted stand-in
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
        'no-model': { type: 'boolean', default: false },
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
