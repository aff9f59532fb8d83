import { CampaignSpec, Lesson } from '@skein/plugin-campaigns-common';
import { contextOf, digestOf } from '../context';
import { parseCampaign, parseCampaignObject } from './parseCampaign';

const file = (lessons: unknown) => ({
  yaml: `apiVersion: skein/v1
kind: Campaign
name: retire-users
title: Retire users
owner: group:default/platform
guide: https://guides.example/users
datasets:
  - from: acme.user_data.users_v1
    to: acme.user_data.users_v2
    mapping: { columns: [{ old_column: a, new_column: b }] }
${lessons === undefined ? '' : `lessons: ${JSON.stringify(lessons)}\n`}`,
});
const lesson: Lesson = {
  text: 'Keep the CAST.',
  for: ['agent', 'judge'],
  source: 'https://github.com/acme/warehouse/pull/7#discussion_r42',
};
const specOf = (lessons?: unknown): CampaignSpec => {
  const { spec, problems } = parseCampaign(file(lessons));
  expect(problems).toEqual([]);
  return spec!;
};

describe('lessons of a campaign file', () => {
  it('are part of what jobs are told, and nothing where there are none', () => {
    expect(specOf([lesson]).lessons).toEqual([lesson]);
    expect(contextOf(specOf([lesson])).lessons).toEqual([lesson]);
    expect(parseCampaignObject(specOf([lesson])).spec?.lessons).toEqual([
      lesson,
    ]);
    expect(contextOf(specOf())).not.toHaveProperty('lessons');
    expect(digestOf(contextOf(specOf([])))).toBe(digestOf(contextOf(specOf())));
    expect(digestOf(contextOf(specOf([lesson])))).not.toBe(
      digestOf(contextOf(specOf())),
    );
  });

  it.each([
    ['too many', Array(101).fill(lesson), /lessons.*100/],
    [
      'too long',
      [{ ...lesson, text: 'x'.repeat(2_001) }],
      /lessons\.0\.text.*2000/,
    ],
    ['empty', [{ ...lesson, text: ' \n' }], /lessons\.0\.text/],
    ['for nobody', [{ ...lesson, for: [] }], /lessons\.0\.for/],
    [
      'for anybody',
      [{ ...lesson, for: ['people'] }],
      /lessons\.0\.for.*agent.*judge/,
    ],
    ['without readers', [{ text: 'x' }], /lessons\.0.*for/],
    [
      'from nowhere',
      [{ ...lesson, source: 'data:text/html,1' }],
      /lessons\.0\.source/,
    ],
    ['more than it may', [{ ...lesson, priority: 1 }], /priority/],
  ])('are refused where they are %s, with the line', (_, lessons, message) => {
    const { valid, problems } = parseCampaign(file(lessons));
    expect(valid).toBe(false);
    expect(problems[0]).toMatchObject({
      severity: 'error',
      message: expect.stringMatching(message),
      line: 11,
    });
  });
});
