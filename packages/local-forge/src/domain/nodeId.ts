/** Kinds of things with a global id, by the prefix GitHub gives them. */
export const nodePrefixes = {
  User: 'U',
  Organization: 'O',
  Bot: 'BOT',
  App: 'A',
  Team: 'T',
  Repository: 'R',
  Ref: 'REF',
  Commit: 'C',
  Tree: 'TR',
  Blob: 'B',
  Tag: 'TA',
  Issue: 'I',
  PullRequest: 'PR',
  IssueComment: 'IC',
  PullRequestReview: 'PRR',
  PullRequestReviewComment: 'PRRC',
  Label: 'LA',
  StatusContext: 'SC',
  CheckSuite: 'CS',
  CheckRun: 'CR',
  IntegrationInstallation: 'IN',
} as const;

export type NodeKind = keyof typeof nodePrefixes;

/** A stable opaque id; `key` is a row's id, or `repository:sha` and the like. */
export function nodeId(kind: NodeKind, key: string | number): string {
  return `${nodePrefixes[kind]}_${Buffer.from(`k${key}`).toString(
    'base64url',
  )}`;
}

export function parseNodeId(
  id: string,
): { kind: NodeKind; key: string } | undefined {
  const at = id.indexOf('_');
  const kind = (Object.keys(nodePrefixes) as NodeKind[]).find(
    candidate => nodePrefixes[candidate] === id.slice(0, at),
  );
  const key = Buffer.from(id.slice(at + 1), 'base64url').toString();
  return kind && key.startsWith('k') ? { kind, key: key.slice(1) } : undefined;
}
