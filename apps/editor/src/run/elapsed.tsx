import { useEffect, useState } from 'react';
import { useLocale } from '../i18n/index.ts';
import { formatDuration } from '../ui/format.ts';

const everyMs = 100;

/** Time that goes on since a moment of the wall clock. Not announced: it would never be quiet. */
export function Elapsed({ since }: { since: number }) {
  const locale = useLocale();
  const [now, setNow] = useState(Date.now);
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), everyMs);
    return () => clearInterval(timer);
  }, []);
  return (
    <span className="figures" aria-hidden>
      {formatDuration(Math.max(0, now - since), locale)}
    </span>
  );
}
