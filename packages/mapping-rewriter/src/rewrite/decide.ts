import { Analysis } from './Analysis';
import { analyzeDefinitions } from './analyzeDefinitions';
import { analyzeColumns } from './analyzeColumns';
import { analyzeComments } from './analyzeComments';
import { analyzeLocalNames } from './analyzeLocalNames';
import { analyzeMentions } from './analyzeMentions';
import { analyzeGivenNames } from './analyzeGivenNames';
import { analyzeJinja } from './analyzeJinja';
import { analyzeProducers } from './analyzeProducers';
import { analyzeNatural } from './analyzeNatural';
import { analyzeNames } from './analyzeNames';
import { analyzeJobs } from './analyzeJobs';
import { analyzeFields } from './analyzeFields';
import { analyzeSources } from './analyzeSources';
import { analyzeStars } from './analyzeStars';
import { analyzeArrays, analyzeTables } from './analyzeTables';
import { analyzeUnread } from './analyzeUnread';
import { analyzeUsings } from './analyzeUsings';
import { keepAlignment } from './keepAlignment';
import { Culprit, PlannedEdit } from './Findings';
import { Region } from './Region';
import { Session } from './Session';

/** More rounds than this are a fault of ours: each must leave a reference or write out a star. */
const MAX_ROUNDS = 10000;

/** Decides on everything that is SQL, and leaves what would make a table be built from itself. */
export function decideAll(session: Session): Decision {
  for (;;) {
    const decision = decide(session, lookAtRegions);
    if (!session.freezeCycles()) {
      return decision;
    }
  }
}

/** What is changed, and why the rest stays. */
interface Decision {
  edits: PlannedEdit[];
  culprits: Culprit[];
}

/**
 * Looks at the project again and again, until what must stay on the old
 * dataset stays and what is left can move as a whole.
 */
export function decide(
  session: Session,
  look: (analysis: Analysis) => void,
): Decision {
  const culprits = new Map<string, Culprit>();
  for (let round = 0; round < MAX_ROUNDS; round++) {
    const analysis = new Analysis(session);
    look(analysis);
    const { findings } = analysis;
    let changed = false;
    for (const culprit of inOrder(findings.culprits, session)) {
      const key = `${culprit.file}:${culprit.start}:${culprit.end}:${culprit.code}`;
      if (!culprits.has(key)) {
        culprits.set(key, culprit);
      }
      for (const table of culprit.tables) {
        changed = session.freeze(table, culprit) || changed;
      }
    }
    for (const table of findings.expansions) {
      if (!session.frozen.has(table) && !session.expanded.has(table)) {
        session.expanded.add(table);
        changed = true;
      }
    }
    if (!changed) {
      session.culprits.push(...culprits.values());
      return { edits: findings.edits, culprits: session.culprits };
    }
  }
  throw new Error('the decisions did not come to rest');
}

/** Reasons that count whatever else there is. */
const WHOLE = /^(writes|builds)-dataset$/;

/**
 * A statement that writes a deprecated table or cannot be followed is refused
 * for that alone, whatever else is in it.
 */
function inOrder(culprits: Culprit[], session: Session): Culprit[] {
  const whole = culprits.filter(culprit => WHOLE.test(culprit.code));
  const refused = new Set(whole.flatMap(culprit => culprit.tables));
  const rest = culprits.filter(
    culprit =>
      !WHOLE.test(culprit.code) &&
      (culprit.tables.length === 0 ||
        culprit.tables.some(
          table => !refused.has(table) && !session.frozen.has(table),
        )),
  );
  return [...whole, ...rest];
}

/** The rules for everything that is SQL. A fault in one text holds that text alone. */
export function lookAtRegions(analysis: Analysis): void {
  const { session, findings } = analysis;
  for (const region of session.activeRegions()) {
    if (session.faulty.has(region)) {
      continue;
    }
    const edits = findings.edits.length;
    const culprits = findings.culprits.length;
    try {
      lookAtRegion(analysis, region);
    } catch (error) {
      session.faulty.add(region);
      findings.edits.length = edits;
      findings.culprits.length = culprits;
      refuseRegion(analysis, region, error);
    }
  }
  analyzeSources(analysis);
}

function lookAtRegion(analysis: Analysis, region: Region): void {
  analyzeProducers(analysis, region);
  analyzeTables(analysis, region);
  analyzeStars(analysis, region);
  for (const scope of region.tree.scopes) {
    analyzeNatural(analysis, region, scope);
    analyzeUsings(analysis, region, scope);
    analyzeArrays(analysis, region, scope);
    analyzeColumns(analysis, region, scope);
  }
  analyzeJinja(analysis, region);
  analyzeGivenNames(analysis, region);
  analyzeUnread(analysis, region);
  analyzeNames(analysis, region);
  analyzeComments(analysis, region);
  analyzeMentions(analysis, region);
  analyzeLocalNames(analysis, region);
  analyzeDefinitions(analysis, region);
  analyzeFields(analysis, region);
  analyzeJobs(analysis, region);
  keepAlignment(analysis, region);
}

function refuseRegion(
  analysis: Analysis,
  region: Region,
  error: unknown,
): void {
  const tables = [...region.tree.tables, ...region.looseTables].filter(table =>
    analysis.old(table),
  );
  analysis.refuse(region, {
    start: tables[0]?.start ?? region.start,
    end: tables[0]?.end ?? region.start,
    kind: 'dataset',
    code: 'unparsable',
    reason: `the text could not be followed: ${
      error instanceof Error ? error.message : String(error)
    }`,
    tables,
  });
}
