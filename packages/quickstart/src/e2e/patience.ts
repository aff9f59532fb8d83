/**
 * How long an end-to-end test waits for one thing, in milliseconds. It waits on
 * conditions, so this only bounds how long a failure takes; a machine that is
 * busy with something else must not reach it.
 */
export const PATIENCE = 10 * 60_000;
