import {
  matchesRepository,
  RepositoryRef,
  ScopeReason,
  ScopeSpec,
} from '@skein/plugin-campaigns-common';

/** The framework of a place where no detector and no source of lineage knows one. */
export const UNKNOWN_FRAMEWORK = 'unknown';

/** A rule that decides, whatever lineage and search say. */
export type RuleReason = Extract<ScopeReason, { type: 'rule' }>;

/** The rule of the campaign that leaves a repository out, if one does. */
export function repositoryRule(
  scope: ScopeSpec,
  repository: RepositoryRef,
): RuleReason | undefined {
  const name = `${repository.owner}/${repository.name}`;
  const { include = [], exclude = [] } = scope.repositories;
  const excludedBy = exclude.find(each => matchesRepository(each, repository));
  if (excludedBy !== undefined) {
    return out(
      'repositories.exclude',
      `The campaign leaves out ${
        excludedBy.includes('*') ? `${excludedBy}, and so ${name}` : name
      }`,
    );
  }
  if (
    include.length > 0 &&
    !include.some(each => matchesRepository(each, repository))
  ) {
    return out(
      'repositories.include',
      `The campaign takes in ${list(include)} alone, and not ${name}`,
    );
  }
  return undefined;
}

/**
 * The rule of the campaign that leaves a framework out, if one does. A framework
 * that nobody knows is not left out by a list of others: a person looks.
 */
export function frameworkRule(
  scope: ScopeSpec,
  framework: string,
): RuleReason | undefined {
  const { include = [], exclude = [] } = scope.frameworks;
  if (exclude.includes(framework)) {
    return out(
      'frameworks.exclude',
      `The campaign leaves out the framework ${framework}`,
    );
  }
  if (
    include.length > 0 &&
    !include.includes(framework) &&
    framework !== UNKNOWN_FRAMEWORK
  ) {
    return out(
      'frameworks.include',
      `The campaign takes in the frameworks ${list(
        include,
      )} alone, and not ${framework}`,
    );
  }
  return undefined;
}

/** A rule that says out. */
export function out(rule: string, detail: string): RuleReason {
  return { type: 'rule', rule, detail, decision: 'out' };
}

function list(names: string[]): string {
  return names.length > 1
    ? `${names.slice(0, -1).join(', ')} and ${names[names.length - 1]}`
    : names[0];
}
