import { inertText } from './inertText';

/** What a commit of ours says about where it comes from. */
export interface CommitOrigin {
  campaignName: string;
  revisionNumber: number;
  /** SHA-256 of the context, hexadecimal. */
  revisionDigest: string;
  targetId: string;
}

/** Trailers by which a commit or a pull request is known as ours. */
export function trailers(origin: CommitOrigin): string {
  return [
    `Skein-Campaign: ${inertText(origin.campaignName)}`,
    `Skein-Revision: ${origin.revisionNumber} (${origin.revisionDigest.slice(
      0,
      12,
    )})`,
    `Skein-Target: ${origin.targetId}`,
  ].join('\n');
}

/** A commit message: subject, reason, trailers. Code spans protect nothing here. */
export function commitMessage(
  subject: string,
  reason: string,
  origin: CommitOrigin,
): string {
  return `${inertText(subject)}\n\n${inertText(reason)}\n\n${trailers(
    origin,
  )}\n`;
}
