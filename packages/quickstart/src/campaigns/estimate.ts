import { Portal } from '../portal/Portal';

/**
 * Has the portal reckon what a campaign will cost, as a person would before
 * launching it. @returns one line; why, where it could not
 */
export async function estimate(portal: Portal, name: string): Promise<string> {
  try {
    const { currency, high, low, targets } =
      await portal.campaigns.estimateCost(name);
    const amount = (value: number) => value.toFixed(2);
    return `estimated at ${amount(low)} to ${amount(
      high,
    )} ${currency} for ${targets} targets, by made-up prices`;
  } catch (error) {
    return `not estimated: ${(error as Error).message}`;
  }
}
