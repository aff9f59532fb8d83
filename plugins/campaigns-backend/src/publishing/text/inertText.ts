import { oneLine } from '../../jobs/oneLine';

/** Takes no room and is part of no word: what it stands in is no reference any more. */
const BREAK = '\u200b';

/**
 * What a forge, or a program that listens to it, acts upon wherever it stands:
 * the place after each is broken. GitHub resolves mentions and references after
 * Markdown, so that no escape and no entity protects from them, and the title
 * and body of a pull request can become a commit message, where no code span
 * protects either.
 *
 * Sources: GitHub documentation, "Autolinked references and URLs", "Basic
 * writing and formatting syntax" (mentions), "Linking a pull request to an
 * issue" (keywords need a reference), "Skipping workflow runs", "Creating a
 * commit with multiple authors"; GitHub Flavored Markdown 6.9 (autolinks).
 */
const ACTIVE: RegExp[] = [
  // @user, @org/team, user@commit, mail addresses
  /@/g,
  // #1, owner/repo#1
  /#(?=\d)/g,
  // GH-1
  /\bgh-(?=\d)/gi,
  // https://…, and with it addresses of issues, pull requests and commits
  /:(?=\/\/)/g,
  /\bwww(?=\.)/gi,
  /\b(?:mailto|xmpp)(?=:)/gi,
  // [skip ci], [ci skip], [no ci], [skip actions], ***NO_CI***, skip-checks: true, …
  /\b(?:skip|no)(?=[\s_-]*(?:ci|cd|checks?|actions?|builds?|pipelines?|deploy|travis|circleci|appveyor|netlify|vercel|drone|buildkite|azurepipelines)\b)/gi,
  /\b(?:ci|cd|checks?|actions?|builds?|pipelines?|travis|circleci|appveyor|netlify|vercel|drone|buildkite|azurepipelines)(?=[\s_-]*skip\b)/gi,
  // Co-authored-by: and other trailers of people
  /^\s*[\w-]+-by(?=\s*:)/gi,
];

/** GitHub takes 7 hexadecimal digits or more for a commit. */
const COMMIT = /(?<![0-9a-z_])[0-9a-f]{7,}(?![0-9a-z_])/gi;

/**
 * Words of a repository, a runner or a model as one line that does nothing on a
 * forge: nobody is mentioned, no issue, commit or address is referred to or
 * closed, no run of CI is skipped, no command is given. It reads as before, but
 * for what has the form of a secret.
 *
 * @param length - characters at most, without the breaks
 */
export function inertText(text: string, length = 500): string {
  const broken = ACTIVE.reduce(
    (line, pattern) => line.replace(pattern, found => `${found}${BREAK}`),
    oneLine(text, length),
  );
  return broken
    .replace(COMMIT, digits => digits.replace(/.{6}(?=.)/g, `$&${BREAK}`))
    .replace(/^\/(?=\p{L})/u, `${BREAK}/`);
}
