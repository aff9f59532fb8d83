import {
  CodeSearchReport,
  CodeSearchRequest,
  SystemStatus,
  TargetPrompt,
} from '@skein/plugin-campaigns-common';

/** For tests: one line found, which is what was looked for. */
export async function exampleSearch(
  wanted: CodeSearchRequest,
  _signal: AbortSignal,
): Promise<CodeSearchReport> {
  return {
    searchedRepositories: 3,
    totals: { repositories: 1, files: 1, lines: 1 },
    owners: [{ repositories: 1, files: 1, lines: 1 }],
    repositories: [
      {
        repository: { host: 'forge.example', owner: 'acme', name: 'web' },
        ownerRefs: [],
        files: 1,
        lines: 1,
        results: [
          {
            path: 'a.sql',
            lines: 1,
            matches: [
              {
                line: 7,
                text: wanted.query.query,
                ranges: [[0, 2]],
                providers: ['built-in'],
              },
            ],
          },
        ],
      },
    ],
    providers: [
      {
        id: 'built-in',
        title: 'Built-in search',
        lines: 1,
        milliseconds: 12,
        incomplete: 'There is more.',
      },
    ],
  };
}

/** For tests: a prompt that says which folder it is of. */
export function examplePrompt(path: string): TargetPrompt {
  return {
    commit: 'c0ffee',
    templates: 'v1',
    called: true,
    reason: 'Asked for.',
    sections: [{ name: 'target', text: path, tokens: 1 }],
  };
}

export const exampleStatus: SystemStatus = {
  executor: {
    id: 'local',
    sandbox: 'none',
    sandboxed: false,
    defences: [
      {
        id: 'sandbox',
        title: 'Sandbox',
        holds: false,
        description: 'There is none.',
      },
    ],
    runningJobs: 0,
    concurrency: 1,
  },
  forges: [],
  codeSearch: [],
  model: { available: false, message: 'No key' },
};
