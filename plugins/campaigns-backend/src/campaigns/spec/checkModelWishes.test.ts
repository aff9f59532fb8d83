import { CampaignSpec } from '@skein/plugin-campaigns-common';
import { checkModelWishes } from './checkModelWishes';

const terms = { currency: 'USD', models: ['claude-opus-5-5'] };
const spec = (more: Partial<CampaignSpec>) =>
  ({ transform: [{ mapping: {} }], ...more } as CampaignSpec);

describe('checkModelWishes', () => {
  it('has nothing against what the installation allows', () => {
    expect(
      checkModelWishes(
        spec({
          transform: [
            { mapping: {} },
            { agent: { model: 'claude-opus-5-5' } },
            { agent: {} },
          ],
          budget: { amount: 5, currency: 'USD' },
        }),
        terms,
      ),
    ).toEqual([]);
  });

  it('says before the launch what each call would be refused for', () => {
    const problems = checkModelWishes(
      spec({
        transform: [{ agent: { model: 'gpt-5' } }],
        judge: { changes: 'all', maxVetoes: 1, model: 'claude-fable-5-1' },
        budget: { amount: 5, currency: 'EUR' },
      }),
      terms,
    );
    expect(problems.map(({ path, message }) => [path, message])).toEqual([
      [
        '/budget/currency',
        "The budget is in EUR, but the model's prices are in USD: give the budget in USD",
      ],
      [
        '/transform/0/agent/model',
        "The model 'gpt-5' is not allowed here; allowed are: claude-opus-5-5",
      ],
      [
        '/judge/model',
        "The model 'claude-fable-5-1' is not allowed here; allowed are: claude-opus-5-5",
      ],
    ]);
  });
});
