/** Whether a run of this status is still to end. */
export const isUnfinished = (status: string): boolean => status === 'queued' || status === 'running' || status === 'waiting';
