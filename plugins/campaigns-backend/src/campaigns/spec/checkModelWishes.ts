import { CampaignSpec, SpecProblem } from '@skein/plugin-campaigns-common';

/** What the installation's model allows. */
export interface ModelTerms {
  /** Of the prices, and so of budgets. */
  currency: string;
  /** Models that may be asked for. */
  models: string[];
}

/** What a campaign asks of the model that this installation would refuse at each call. */
export function checkModelWishes(
  spec: CampaignSpec,
  terms: ModelTerms,
): SpecProblem[] {
  const { currency, models } = terms;
  const wishes = [
    ...spec.transform.map((step, index) => ({
      model: 'agent' in step ? step.agent.model : undefined,
      path: `/transform/${index}/agent/model`,
    })),
    { model: spec.judge?.model, path: '/judge/model' },
  ];
  return [
    ...(spec.budget && spec.budget.currency !== currency
      ? [
          {
            severity: 'error' as const,
            message: `The budget is in ${spec.budget.currency}, but the model's prices are in ${currency}: give the budget in ${currency}`,
            path: '/budget/currency',
          },
        ]
      : []),
    ...wishes.flatMap(({ model, path }) =>
      model === undefined || models.includes(model)
        ? []
        : [
            {
              severity: 'error' as const,
              message: `The model '${model}' is not allowed here; allowed are: ${models.join(
                ', ',
              )}`,
              path,
            },
          ],
    ),
  ];
}
