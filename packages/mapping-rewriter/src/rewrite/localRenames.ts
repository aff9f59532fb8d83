import { Analysis } from './Analysis';
import { Region } from './Region';
import { movedIn, tableRenames, WordRename } from './wordRenames';

/** Where WITH names and aliases stand, and where they are read as tables. */
export function localNames(region: Region): Map<number, string> {
  const names = new Map<number, string>();
  for (const cte of region.tree.ctes) {
    names.set(cte.name.start, cte.name.value ?? '');
  }
  const ctes = new Set([...names.values()].map(name => name.toLowerCase()));
  for (const scope of region.tree.scopes) {
    for (const source of scope.sources) {
      if (source.alias) {
        names.set(source.alias.start, source.alias.value ?? '');
      }
      const part =
        source.table?.parts.length === 1 ? source.table.parts[0] : undefined;
      if (part?.value !== undefined && ctes.has(part.value.toLowerCase())) {
        names.set(part.start, part.value);
      }
    }
  }
  return names;
}

/** Calls whose strings are no names of this query. */
const NAMES_NO_QUERY = /^((builtins\.)?(ref|source)|var|env_var|config)$/;

/** Names that macros are given as strings, and may look up by themselves. */
function namesInJinja(region: Region): Set<string> {
  return new Set(
    region.jinja.flatMap(({ code }) => {
      const known = code.calls.filter(call => NAMES_NO_QUERY.test(call.name));
      return code.strings
        .filter(
          ({ start, end }) =>
            !known.some(call => call.start <= start && end <= call.end),
        )
        .map(string => string.value.toLowerCase());
    }),
  );
}

/**
 * Aliases and WITH names of a text that are like an old table's name and take
 * its new name, lower case, where that is asked for.
 */
export function localRenames(
  analysis: Analysis,
  region: Region,
): Map<string, WordRename> {
  const known = analysis.locals.get(region);
  if (known) {
    return known;
  }
  const renames = new Map<string, WordRename>();
  analysis.locals.set(region, renames);
  if (
    analysis.session.options.localNames !== 'follow' ||
    movedIn(analysis, region).size === 0
  ) {
    return renames;
  }
  const taken = new Set(
    [...localNames(region).values()].map(name => name.toLowerCase()),
  );
  const inJinja = namesInJinja(region);
  for (const mapping of analysis.session.mappings) {
    for (const [from, rename] of tableRenames(mapping)) {
      const name = from.toLowerCase();
      if (
        taken.has(name) &&
        !taken.has(rename.newText.toLowerCase()) &&
        !inJinja.has(name)
      ) {
        renames.set(name, rename);
      }
    }
  }
  return renames;
}
