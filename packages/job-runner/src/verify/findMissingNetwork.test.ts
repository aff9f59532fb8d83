import { findMissingNetwork } from './findMissingNetwork';

/** What tools of this kind really print where they have no network. */
const logs: Array<[string, string, string]> = [
  [
    'Maven',
    '[INFO] BUILD FAILURE\n[ERROR] Failed to execute goal on project jobs: Could not resolve dependencies for project com.acme:jobs:jar:1.0: Cannot access central (https://repo.maven.apache.org/maven2) in offline mode and the artifact junit:junit:jar:4.x has not been downloaded from it before. -> [Help 1]\n',
    'Cannot access central (https://repo.maven.apache.org/maven2) in offline mode',
  ],
  [
    'Gradle',
    "* What went wrong:\nCould not resolve all files for configuration ':compileClasspath'.\n> Could not resolve com.google.guava:guava:31.0-jre.\n  Required by:\n      project :\n   > No cached version of com.google.guava:guava:31.0-jre available for offline mode.\n",
    'No cached version of com.google.guava:guava:31.0-jre available for offline mode',
  ],
  [
    'Go',
    'bad/bad.go:5:2: cannot find module providing package github.com/acme/missing: module lookup disabled by GOPROXY=off\n',
    'module lookup disabled by GOPROXY=off',
  ],
  [
    'Cargo',
    "error: no matching package named `serde` found\nlocation searched: crates.io index\nrequired by package `jobs v0.1.0 (/checkout)`\nAs a reminder, you're using offline mode (--offline) which can sometimes cause surprising resolution failures\n",
    'no matching package named `serde` found',
  ],
];

describe('findMissingNetwork', () => {
  it.each(logs)('knows the words of %s, and says them', (_, output, words) => {
    const noise = 'compiling\n'.repeat(20_000);
    expect(findMissingNetwork(`${noise}${output}`)).toMatch(
      /^needs something that is not on this machine, and jobs have no network: /,
    );
    expect(findMissingNetwork(output)).toContain(words);
  });

  it.each([
    '',
    'a.go:1:2: undefined: Client',
    'AssertionError: expected connection refused',
    'error[E0432]: unresolved import `serde`',
    'no matching package named `serde` found',
  ])('takes no other failure for it: %j', output => {
    expect(findMissingNetwork(output)).toBeUndefined();
  });
});
