import { join } from './join.ts';

/** The place of something that is still loading. */
export const Skeleton = ({ className }: { className?: string }) => (
  <div aria-hidden className={join('animate-pulse rounded-chip bg-sunken', className)} />
);
