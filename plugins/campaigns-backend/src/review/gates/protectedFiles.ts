import { Gate } from './Gate';

/** Files that decide what runs in CI or on other machines, who owns code, and what the repository is checked with. */
const guarded: Array<[RegExp, string]> = [
  [
    /(?:^|\/)(?:\.github|\.gitlab|\.circleci|\.buildkite|\.semaphore|\.tekton|\.husky)\/|(?:^|\/)(?:\.gitlab-ci[^/]*|\.travis|\.drone|\.cirrus|azure-pipelines[^/]*|bitbucket-pipelines|cloudbuild[^/]*|appveyor|codecov|\.codecov|\.pre-commit-config|lefthook)\.ya?ml$|(?:^|\/)(?:Jenkinsfile[^/]*|renovate\.json5?|\.renovaterc[^/]*)$/i,
    'decides what runs in CI',
  ],
  [/(?:^|\/)(?:CODEOWNERS|OWNERS|\.mailmap)$/i, 'decides who owns the code'],
  [
    /(?:^|\/)\.git(?:modules|attributes|ignore)$/i,
    'decides how git handles the repository',
  ],
  [/(?:^|\/)\.?skein\.ya?ml$/i, 'decides how the repository is checked'],
];

/** Keeps a change away from what decides how it is judged and by whom. */
export const protectedFiles: Gate = {
  name: 'protectedFiles',
  check({ files }) {
    return files.flatMap(({ path }) => {
      const found = guarded.find(([pattern]) => pattern.test(path));
      return found ? [{ file: path, message: `This file ${found[1]}` }] : [];
    });
  },
};
