import {
  ContextComparison,
  ContextDocument,
} from '@skein/plugin-campaigns-common';
import { createTwoFilesPatch, FILE_HEADERS_ONLY } from 'diff';

/**
 * Beyond so many added and removed lines the search for the shortest difference
 * costs more than it tells: its time grows with their square.
 */
const MOST_EDITS = 600;
/** Of both sides together; longer ones are not compared line by line. */
const MOST_CHARACTERS = 256 * 1024;

/** The documents that differ, each as a unified diff; those of `head` first, in its order. */
export function compareDocuments(
  base: ContextDocument[],
  head: ContextDocument[],
): ContextComparison['documents'] {
  const before = new Map(base.map(({ name, text }) => [name, text]));
  const after = new Map(head.map(({ name, text }) => [name, text]));
  let budget = MOST_EDITS ** 2;
  return [...new Set([...after.keys(), ...before.keys()])].flatMap(name => {
    const [old, now] = [before.get(name) ?? '', after.get(name) ?? ''];
    if (old === now) return [];
    const mostEdits = Math.floor(Math.sqrt(budget));
    const patch = shortestPatch(name, old, now, mostEdits);
    const edits = patch?.match(/^[+-]/gm)?.length ?? mostEdits;
    budget = Math.max(0, budget - edits ** 2);
    return [{ name, patch: patch ?? wholePatch(name, old, now) }];
  });
}

function shortestPatch(
  name: string,
  before: string,
  after: string,
  mostEdits: number,
): string | undefined {
  if (before.length + after.length > MOST_CHARACTERS) return undefined;
  return createTwoFilesPatch(name, name, before, after, undefined, undefined, {
    context: 3,
    maxEditLength: mostEdits,
    headerOptions: FILE_HEADERS_ONLY,
  });
}

/** All of one text for all of the other. */
function wholePatch(name: string, before: string, after: string): string {
  const [removed, added] = [marked(before, '-'), marked(after, '+')];
  return `--- ${name}\n+++ ${name}\n@@ -1,${removed.count} +1,${added.count} @@\n${removed.text}${added.text}`;
}

/** Lines behind a mark each. */
function marked(text: string, mark: string): { text: string; count: number } {
  if (text === '') return { text: '', count: 0 };
  const lines = (text.endsWith('\n') ? text.slice(0, -1) : text).split('\n');
  return {
    text: `${mark}${lines.join(`\n${mark}`)}\n`,
    count: lines.length,
  };
}
