import { ModelChoice } from '../model/chooseModel';

/** A campaign file of the examples. */
export interface ExampleCampaign {
  name: string;
  /** Relative to the examples. */
  file: string;
  /**
   * When the quickstart launches it: `always`; `never`, for the person to do;
   * `standIn` where its agent costs nothing, since a real model's money is a
   * person's to spend.
   */
  launch: 'always' | 'never' | 'standIn';
}

/** The campaigns of the example organisation. */
export const exampleCampaigns: readonly ExampleCampaign[] = [
  {
    name: 'retire-users-v1',
    file: 'campaigns/users-v1.yaml',
    launch: 'always',
  },
  {
    name: 'retire-sessions-v1',
    file: 'campaigns/sessions-v1.yaml',
    launch: 'never',
  },
  {
    name: 'retire-shows-v1',
    file: 'campaigns/shows-v1.yaml',
    launch: 'standIn',
  },
];

/** Whether the quickstart launches a campaign by itself. */
export function isLaunched(
  { launch }: ExampleCampaign,
  model: ModelChoice,
): boolean {
  return launch === 'always' || (launch === 'standIn' && model === 'standIn');
}
