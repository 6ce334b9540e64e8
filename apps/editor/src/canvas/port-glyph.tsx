import { family, isList, type PortType } from '@patchbay/node-kit';
import type { ReactNode } from 'react';

/** What a port is, before its name is read: shape and colour by family, doubled for a list, hollow for optional. */
export interface PortGlyphProps {
  type: PortType;
  /** Drawn hollow. */
  optional?: boolean;
  /** Required and without a value: an amber ring. */
  missing?: boolean;
  size?: number;
}

const shapes: Record<ReturnType<typeof family>, ReactNode> = {
  text: <circle cx="8" cy="8" r="4.5" />,
  value: <path d="M8 2.6 13.4 8 8 13.4 2.6 8Z" />,
  data: <rect x="3.75" y="3.75" width="8.5" height="8.5" rx="0.5" />,
  media: <path d="M8 3.2 13 12.4H3Z" />,
  chat: <path d="M3 12.4V8a5 5 0 0 1 10 0v4.4Z" />,
  any: <circle cx="8" cy="8" r="4" />,
};

export function PortGlyph({ type, optional = false, missing = false, size = 16 }: PortGlyphProps) {
  const kind = family(type);
  const hollow = optional || kind === 'any';
  const colour = `var(--type-${kind})`;
  return (
    <svg width={size} height={size} viewBox="0 0 16 16" aria-hidden="true" className="port-glyph" data-missing={missing || undefined}>
      {missing && <circle cx="8" cy="8" r="7" fill="var(--surface)" stroke="var(--warn)" strokeWidth="1.5" />}
      {isList(type) && (
        <g fill="var(--surface)" stroke={colour} strokeWidth="1.25" transform="translate(2 0)">
          {shapes[kind]}
        </g>
      )}
      <g
        fill={hollow ? 'var(--surface)' : colour}
        stroke={colour}
        strokeWidth={hollow ? 1.75 : 1.25}
        transform={isList(type) ? 'translate(-1 0)' : undefined}
      >
        {shapes[kind]}
      </g>
    </svg>
  );
}
