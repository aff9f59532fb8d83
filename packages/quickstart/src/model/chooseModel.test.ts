import { exampleCampaigns, isLaunched } from '../campaigns/exampleCampaigns';
import { chooseModel, describeModel, ModelChoice } from './chooseModel';

describe('chooseModel', () => {
  it.each<[boolean, string | undefined, ModelChoice]>([
    [false, undefined, 'standIn'],
    [false, '', 'standIn'],
    [false, 'sk-1', 'claude'],
    [true, undefined, 'none'],
    [true, 'sk-1', 'none'],
  ])('with noModel %s and the key %s chooses %s', (noModel, apiKey, choice) => {
    expect(chooseModel({ noModel, apiKey })).toBe(choice);
  });

  it('is told to people without the key', () => {
    const choices: ModelChoice[] = ['standIn', 'claude', 'none'];
    const told = choices.map(describeModel);
    expect(new Set(told).size).toBe(3);
  });
});

describe('isLaunched', () => {
  const launched = (model: ModelChoice) =>
    exampleCampaigns
      .filter(campaign => isLaunched(campaign, model))
      .map(({ name }) => name);

  it('spends no money of a real model by itself', () => {
    expect(launched('standIn')).toEqual(['retire-users-v1', 'retire-shows-v1']);
    expect(launched('claude')).toEqual(['retire-users-v1']);
    expect(launched('none')).toEqual(['retire-users-v1']);
  });
});
