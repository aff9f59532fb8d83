import { ContextContent } from '../../campaigns/context';
import { exampleContext } from './campaign';

/** Mapping tables first, then an agent for what they refuse. */
export const agentSteps: ContextContent['steps'] = [
  { type: 'mapping' },
  {
    type: 'agent',
    when: 'refused',
    maxTotalTokens: 1_000_000,
    maxTurns: 20,
    timeoutSeconds: 600,
    bash: [],
    skills: [],
    mcpServers: [],
  },
];

/** One column that is renamed, and one about which a person was to decide: {@link refusedFiles} reads both. */
export const agentContext: ContextContent = {
  ...exampleContext,
  mappings: [
    {
      ...exampleContext.mappings[0],
      columns: [
        { from: 'user_id', to: 'user_identifier', line: 2 },
        { from: 'gender', decision: 'person', line: 3 },
      ],
    },
  ],
  steps: agentSteps,
  promptVersion: 'v1',
};

/** A model that the rewriter refuses. */
export const REFUSED =
  'select user_id, gender\nfrom `acme.user_data.users_v1`\n';

/** It, as an agent solves it. */
export const SOLVED =
  "select user_identifier as user_id, '' as gender\nfrom `acme.user_data.users_v2`\n";

/** A repository with {@link REFUSED}, and a test that looks at it. */
export const refusedFiles = {
  'models/a.sql': REFUSED,
  'test.sh': '#!/bin/sh\ngrep -q users models/a.sql\n',
};
