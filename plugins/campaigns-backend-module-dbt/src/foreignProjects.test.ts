import { answerYaml } from '@skein/mapping-rewriter';
import { findCalls, findConfig } from './project/findCalls';
import { isProjectFile, parseProject } from './project/parseProject';
import { ProjectConfig } from './project/ProjectConfig';
import { renderPlain } from './project/renderPlain';
import { asMap } from './project/YamlMap';
import { resolveProjects } from './resolveProjects';
import { DbtProject } from './types';

/** Processor time of a piece of work, in milliseconds. */
function timeOf(work: () => unknown): number {
  const before = process.cpuUsage();
  work();
  return process.cpuUsage(before).user / 1000;
}

const configOf = (yaml: string) =>
  ProjectConfig.of(asMap(answerYaml('values', yaml)[0]), undefined, {})!;

/** One project that builds many models and asks for as many that nobody builds. */
function largeProject(name: string): DbtProject {
  const names = Array.from({ length: 20_000 }, (_, index) => `model_${index}`);
  return {
    name,
    nodes: names.map(each => ({
      name: `${name}_${each}`,
      dataset: { name: `a.b.${each}`, confidence: 'certain' },
      ephemeral: false,
      calls: { refs: [{ name: each }], sources: [] },
    })),
    sources: new Map(),
    latestVersions: new Map(),
    exposures: [],
    macros: { refs: [], sources: [] },
  };
}

describe('dbt projects of others', () => {
  const context = { vars: new Map<string, string>() };
  const config = configOf('name: a');

  it.each<[string, (text: string) => unknown]>([
    ['calls', findCalls],
    ['configuration', findConfig],
    ['values', text => renderPlain(text, context)],
    [
      'models',
      text => parseProject(config, new Map([['models/a.sql', text]]), []),
    ],
    [
      'snapshots',
      text => parseProject(config, new Map([['snapshots/a.sql', text]]), []),
    ],
    [
      'macros',
      text => parseProject(config, new Map([['macros/a.sql', text]]), []),
    ],
    ['folders', text => configOf(`name: a\nmodel-paths: ['${text}']`)],
  ])('are read in time that grows with their length alone: %s', (_, read) => {
    const pieces = ['a', ' ', '/', './', '{', '{{', '{#', '{% snapshot a', '('];
    const calls = ['ref(', "ref('a", 'source(', 'config(', 'dbt . ', 'ref ('];
    for (const piece of [...pieces, ...calls, 'macro ', "alias='a',", ')  ']) {
      const text = piece.repeat(1024 ** 2 / piece.length);
      expect([piece, timeOf(() => read(text)) < 1_000]).toEqual([piece, true]);
    }
  });

  it('compare each file with no more folders than a project has', () => {
    const folders = Array.from({ length: 3_000 }, (_, index) => `f${index}`);
    const many = configOf(`name: a\nmodel-paths: [${folders.join(', ')}]`);
    expect(isProjectFile(many, 'f0/a.sql')).toBe(true);
    const paths = Array.from(
      { length: 50_000 },
      (_, index) => `x/${index}.sql`,
    );
    expect(
      timeOf(() => paths.filter(path => isProjectFile(many, path))),
    ).toBeLessThan(1_000);
  });

  it('find the models of each other by their names', () => {
    const projects = ['a', 'b', 'c'].map(largeProject);
    expect(timeOf(() => resolveProjects(projects))).toBeLessThan(1_000);
    const reader: DbtProject = {
      ...largeProject('d'),
      nodes: [],
      macros: {
        refs: [
          { name: 'a_model_1' },
          { name: 'b_model_2', version: '7' },
          { name: 'nobody' },
        ],
        sources: [],
      },
    };
    const resolved = resolveProjects([...projects, reader]).at(-1)!;
    expect(resolved.reads).toEqual([
      { name: 'a.b.model_1', confidence: 'likely' },
      { name: 'a.b.model_2', confidence: 'likely' },
    ]);
  });
});
