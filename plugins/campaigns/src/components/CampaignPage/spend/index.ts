export { LaunchCost } from './LaunchCost';
export { SpendCard } from './SpendCard';
