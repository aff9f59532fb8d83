import {
  ContextComparison,
  ContextDocument,
} from '@skein/plugin-campaigns-common';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/** Beyond so many added and removed lines a closer look for the shortest difference costs more than it tells. */
const MOST_EDITS = 2_000;

/** The documents that differ, each as a unified diff; those of `head` first, in its order. */
export function compareDocuments(
  base: ContextDocument[],
  head: ContextDocument[],
): ContextComparison['documents'] {
  const before = new Map(base.map(({ name, text }) => [name, text]));
  const after = new Map(head.map(({ name, text }) => [name, text]));
  return [...new Set([...after.keys(), ...before.keys()])].flatMap(name => {
    const [old, now] = [before.get(name) ?? '', after.get(name) ?? ''];
    return old === now ? [] : [{ name, patch: patchOf(name, old, now) }];
  });
}

function patchOf(name: string, before: string, after: string): string {
  return (
    createTwoFilesPatch(name, name, before, after, undefined, undefined, {
      context: 3,
      maxEditLength: MOST_EDITS,
      headerOptions: FILE_HEADERS_ONLY,
    }) ?? wholePatch(name, before, after)
  );
}

/** All of one text for all of the other. */
function wholePatch(name: string, before: string, after: string): string {
  const [removed, added] = [linesOf(before), linesOf(after)];
  return [
    `--- ${name}`,
    `+++ ${name}`,
    `@@ -1,${removed.length} +1,${added.length} @@`,
    ...removed.map(line => `-${line}`),
    ...added.map(line => `+${line}`),
    '',
  ].join('\n');
}

function linesOf(text: string): string[] {
  return text === '' ? [] : text.replace(/\n$/, '').split('\n');
}
