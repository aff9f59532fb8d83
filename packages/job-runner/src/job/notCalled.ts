import { noUsage } from '../agent/usage';
import { AgentReport } from '../protocol';

/** The report of an agent that was needed and not called. */
export function notCalled(summary: string): AgentReport {
  return {
    outcome: 'unavailable',
    summary,
    remarks: [],
    turns: 0,
    usage: noUsage,
    files: [],
    resolved: [],
    asked: [],
  };
}
