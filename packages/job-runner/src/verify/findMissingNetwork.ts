/**
 * How tools say that they would have to fetch something. Jobs have no network,
 * so this says nothing about the repository.
 */
const signs: RegExp[] = [
  // Maven
  /Cannot access \S+ \([^)\n]*\) in offline mode[^\n]*/,
  /in offline mode and the artifact \S+ has not been downloaded[^\n]*/,
  // Gradle
  /No cached version of \S+ available for offline mode/,
  /No cached version listing for \S+ available for offline mode/,
  /Could not resolve [^\n]*\n[^\n]*offline mode[^\n]*/,
  /Downloading https:\/\/services\.gradle\.org\/[^\n]*/,
  // sbt, coursier
  /(?:download error|not found): [^\n]*(?:UnknownHostException|Connection refused|Network is unreachable)[^\n]*/i,
  /Error downloading [^\n]*/,
  // npm, yarn, pnpm
  /npm (?:ERR!|error) (?:network|code ENOTCACHED|code EAI_AGAIN|code ENOTFOUND)[^\n]*/,
  /ERR_PNPM_NO_OFFLINE_(?:TARBALL|META)[^\n]*/,
  // Go
  /module lookup disabled by GOPROXY=off[^\n]*/,
  /dial tcp: lookup [^\n]*/,
  /toolchain not available[^\n]*/,
  // Cargo
  /attempting to make an HTTP request, but --offline was specified[^\n]*/,
  /no matching package named `[^`\n]*` found[^\n]*[^]{0,400}--offline/,
  /failed to download `[^`\n]*`/,
  // Python
  /Network connectivity is disabled[^\n]*/,
  /Temporary failure in name resolution[^\n]*/,
  /\[Errno -[23]\] (?:Name or service not known|Temporary failure)[^\n]*/,
];

/** Output that is looked at: tools say it at the end, where they give up. */
const SEARCHED = 64 * 1024;

/** @returns why, in one line, where a check failed since it has no network */
export function findMissingNetwork(output: string): string | undefined {
  const end = output.slice(-SEARCHED);
  for (const sign of signs) {
    const match = sign.exec(end);
    if (match) {
      const [words] = match[0].split('\n');
      return `needs something that is not on this machine, and jobs have no network: ${words.trim()}`;
    }
  }
  return undefined;
}
