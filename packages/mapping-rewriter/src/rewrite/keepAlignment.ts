import { Item } from '../sql/ast';
import { Analysis } from './Analysis';
import { PlannedEdit } from './Findings';
import { Region } from './Region';

/** An `AS` behind white space, which may put it into one column with others. */
interface Keyword {
  item: Item;
  /** Where the white space in front of it starts. */
  padding: number;
  start: number;
  lineStart: number;
  /** By how much the text in front of it grows. */
  growth: number;
}

const columnOf = ({ start, lineStart }: Keyword) => start - lineStart;

const growthOf = (edits: PlannedEdit[], from: number, to: number) =>
  edits
    .filter(edit => edit.start >= from && edit.end <= to)
    .reduce(
      (sum, { start, end, newText }) => sum + newText.length - (end - start),
      0,
    );

function keywordOf(
  region: Region,
  item: Item,
  edits: PlannedEdit[],
): Keyword | undefined {
  const { content } = region;
  const before = item.alias?.start ?? item.start;
  const lineStart = content.lastIndexOf('\n', before - 1) + 1;
  const line = content.slice(lineStart, before);
  const found = /( +)as\s+["`]?$/i.exec(line);
  if (!item.alias || !found || line.includes('\t')) {
    return undefined;
  }
  const padding = lineStart + found.index;
  return {
    item,
    padding,
    start: padding + found[1].length,
    lineStart,
    growth: growthOf(edits, lineStart, padding),
  };
}

/** The items of a select list, parted where an empty line or a comment stands between them. */
function paragraphs(region: Region, items: Item[]): Item[][] {
  const groups: Item[][] = [];
  items.forEach((item, index) => {
    const between = region.content.slice(items[index - 1]?.end, item.start);
    if (index === 0 || /\n[ \t]*(\r?\n|--|\/\*|\{#)/.test(between)) {
      groups.push([]);
    }
    groups[groups.length - 1].push(item);
  });
  return groups;
}

/** The keywords that stand in their column on purpose: behind several spaces, or where such a one stands too. */
function alignedIn(keywords: Keyword[]): Keyword[] {
  const columns = new Set(
    keywords.filter(({ padding, start }) => start - padding > 1).map(columnOf),
  );
  return keywords.filter(keyword => columns.has(columnOf(keyword)));
}

/** Puts the `AS` of items that grow differently back into their column. Returns where each stands then. */
function realign(
  analysis: Analysis,
  region: Region,
  aligned: Keyword[],
  edits: PlannedEdit[],
): Map<Item, number> {
  const places = new Map<Item, number>();
  for (const keyword of aligned) {
    const { item, padding, start, lineStart, growth } = keyword;
    const column = columnOf(keyword);
    const shiftsAlone = aligned.some(
      other => columnOf(other) === column && other.growth !== growth,
    );
    const width = start - padding;
    const newWidth = shiftsAlone ? Math.max(1, width - growth) : width;
    places.set(item, column + growth + newWidth - width);
    const cause = edits.find(
      edit => edit.start >= lineStart && edit.end <= padding,
    );
    if (cause && newWidth !== width) {
      analysis.edit(region, {
        ...cause,
        start: padding,
        end: start,
        newText: ' '.repeat(newWidth),
        reason: 'AS stays in the column of the others',
      });
    }
  }
  return places;
}

/** Puts the `AS` of an alias that an edit adds into the column of the others. */
function padAdded(
  region: Region,
  item: Item,
  column: number,
  edits: PlannedEdit[],
): void {
  const added = edits.find(
    edit => edit.end === item.end && / as \S+$/i.test(edit.newText),
  );
  const lineStart = region.content.lastIndexOf('\n', item.end - 1) + 1;
  if (!added || added.start < lineStart) {
    return;
  }
  const at = added.newText.search(/ as \S+$/i);
  const end =
    added.start -
    lineStart +
    growthOf(
      edits.filter(edit => edit !== added),
      lineStart,
      added.start,
    ) +
    at;
  if (end < column) {
    added.newText =
      added.newText.slice(0, at) +
      ' '.repeat(column - end - 1) +
      added.newText.slice(at);
  }
}

function alignParagraph(
  analysis: Analysis,
  region: Region,
  items: Item[],
  edits: PlannedEdit[],
): void {
  const keywords = items.flatMap(item => keywordOf(region, item, edits) ?? []);
  const places = realign(analysis, region, alignedIn(keywords), edits);
  items.forEach((item, index) => {
    const near = [...places].sort(
      ([a], [b]) =>
        Math.abs(items.indexOf(a) - index) - Math.abs(items.indexOf(b) - index),
    )[0];
    if (!item.alias && near) {
      padAdded(region, item, near[1], edits);
    }
  });
}

/** Keeps the `AS` of a select list in their column where names in front of them change, where asked. */
export function keepAlignment(analysis: Analysis, region: Region): void {
  if (analysis.session.options.alignment !== 'keep') {
    return;
  }
  const distinct = new Map<string, PlannedEdit>();
  for (const edit of analysis.findings.edits) {
    if (
      edit.file === region.file &&
      edit.start >= region.start &&
      edit.end <= region.end
    ) {
      distinct.set(`${edit.start}:${edit.end}:${edit.newText}`, edit);
    }
  }
  const edits = [...distinct.values()];
  for (const scope of edits.length > 0 ? region.tree.scopes : []) {
    for (const items of paragraphs(region, scope.items)) {
      alignParagraph(analysis, region, items, edits);
    }
  }
}
