import { GitAccess } from '@skein/plugin-campaigns-node';

/** What git may know of this process: how to reach the network, and nothing else. */
const passedOn = [
  'PATH',
  'TMPDIR',
  'HTTP_PROXY',
  'HTTPS_PROXY',
  'NO_PROXY',
  'http_proxy',
  'https_proxy',
  'no_proxy',
  'SSL_CERT_FILE',
  'SSL_CERT_DIR',
  'GIT_SSL_CAINFO',
  'GIT_SSL_CAPATH',
  'GIT_EXEC_PATH',
];

/**
 * Repositories are hostile: no hook, monitor or helper of theirs or of the
 * machine's runs, and git talks to nothing but the forge it was given.
 */
const settings: Array<[string, string]> = [
  ['core.hooksPath', '/dev/null'],
  ['core.fsmonitor', 'false'],
  ['core.autocrlf', 'false'],
  ['credential.helper', ''],
  ['protocol.allow', 'never'],
  ['protocol.http.allow', 'always'],
  ['protocol.https.allow', 'always'],
  // A redirect would carry our credentials to another host.
  ['http.followRedirects', 'false'],
  ['http.lowSpeedLimit', '1000'],
  ['http.lowSpeedTime', '60'],
  ['submodule.recurse', 'false'],
  ['fetch.recurseSubmodules', 'false'],
  ['push.recurseSubmodules', 'no'],
  ['gc.autoDetach', 'false'],
  ['commit.gpgSign', 'false'],
  ['init.defaultBranch', 'main'],
];

/**
 * The whole environment of a git process. Credentials go in as configuration
 * by environment, so that neither argument lists nor files ever hold them.
 */
export function gitEnvironment(
  access?: GitAccess,
  extra: Record<string, string> = {},
): Record<string, string> {
  const environment: Record<string, string> = {
    LC_ALL: 'C',
    HOME: '/nonexistent',
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_GLOBAL: '/dev/null',
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: 'true',
    GIT_OPTIONAL_LOCKS: '0',
    ...extra,
  };
  for (const name of passedOn) {
    const value = process.env[name];
    if (value !== undefined) environment[name] = value;
  }

  const entries = [...settings];
  if (access) {
    const basic = Buffer.from(
      `${access.username}:${access.password}`,
      'utf8',
    ).toString('base64');
    entries.push(['http.extraHeader', `Authorization: Basic ${basic}`]);
  }
  environment.GIT_CONFIG_COUNT = String(entries.length);
  entries.forEach(([key, value], index) => {
    environment[`GIT_CONFIG_KEY_${index}`] = key;
    environment[`GIT_CONFIG_VALUE_${index}`] = value;
  });
  return environment;
}
