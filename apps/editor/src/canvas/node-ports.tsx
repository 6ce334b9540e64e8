import type { FanInRule } from '@patchbay/flow';
import type { InputPort, OutputPort, PortType } from '@patchbay/node-kit';
import { Handle, Position } from '@xyflow/react';
import { type CSSProperties, type KeyboardEvent, type MouseEvent, memo } from 'react';
import { joinEnd } from '../store/edits/ends.ts';
import { useUi } from './canvas-ui.ts';
import { PortGlyph } from './port-glyph.tsx';
import { useConnectActions } from './use-connect.ts';
import { useWords } from './use-words.ts';

export interface PortView {
  port: InputPort | OutputPort;
  side: 'input' | 'output';
  /** The type as drawn: a chip's port shows the type of what is wired to it. */
  type: PortType;
  optional: boolean;
  missing: boolean;
  fanIn?: FanInRule | undefined;
}

const fanInGlyph: Record<FanInRule, string> = { first: '1', list: '≡', text: '¶' };

/** One port: its shape on the card's edge and its name. The 24 px around the shape take a drag, a click or Enter. */
const Port = memo(function Port({ node, step, view }: { node: string; step: string; view: PortView }) {
  const { t, type, label } = useWords();
  const actions = useConnectActions();
  const { port, side } = view;
  const end = joinEnd(node, port.id);
  const key = `${side}:${end}`;
  const state = useUi(({ open, loose }) =>
    loose?.end === end && loose.side === side ? 'from' : open === null ? '' : open.has(key) ? 'open' : 'closed',
  );
  const name = label(port.title);
  const press = (event: MouseEvent | KeyboardEvent) => {
    event.stopPropagation();
    const box = event.currentTarget.getBoundingClientRect();
    actions.pressPort({ end, side }, { x: box.x + box.width / 2, y: box.y + box.height });
  };
  return (
    <div className="port" data-side={side} data-state={state || undefined}>
      <Handle
        id={port.id}
        type={side === 'input' ? 'target' : 'source'}
        position={side === 'input' ? Position.Left : Position.Right}
        className="port-handle"
        role="button"
        tabIndex={-1}
        aria-label={t(side === 'input' ? 'portInput' : 'portOutput', { step, port: name, type: type(view.type) })}
        aria-description={view.missing ? t('required') : undefined}
        onClick={press}
        onKeyDown={(event) => {
          if (event.key === 'Enter' || event.key === ' ') press(event);
        }}
      >
        <PortGlyph type={view.type} optional={view.optional} missing={view.missing} />
      </Handle>
      <span className="port-name" title={name}>
        {name}
      </span>
      {view.fanIn !== undefined && (
        <span className="port-rule" title={t(`fanInRule.${view.fanIn}`)}>
          {fanInGlyph[view.fanIn]}
        </span>
      )}
    </div>
  );
});

/** A container's ports for what stands in it: what it hands out at the left of the inside, what it takes back at the right. */
export function InnerPorts({ node, step, inputs, outputs }: NodePortsProps) {
  return (
    <div className="frame-ports">
      <div className="frame-gives">
        {outputs.map((view) => (
          <Port key={view.port.id} node={node} step={step} view={view} />
        ))}
      </div>
      <div className="frame-takes">
        {inputs.map((view) => (
          <Port key={view.port.id} node={node} step={step} view={view} />
        ))}
      </div>
    </div>
  );
}

interface NodePortsProps {
  node: string;
  step: string;
  inputs: PortView[];
  outputs: PortView[];
}

/** Inputs on the left rail, outputs on the right, row by row. */
export function NodePorts({ node, step, inputs, outputs }: NodePortsProps) {
  if (inputs.length + outputs.length === 0) return null;
  return (
    <div className="ports">
      <div className="ports-in" style={rowsOf(inputs)}>
        {inputs.map((view) => (
          <Port key={view.port.id} node={node} step={step} view={view} />
        ))}
      </div>
      <div className="ports-out" style={rowsOf(outputs)}>
        {outputs.map((view) => (
          <Port key={view.port.id} node={node} step={step} view={view} />
        ))}
      </div>
    </div>
  );
}

/** Ports that are not drawn from afar keep their height by this. */
const rowsOf = (views: readonly PortView[]): CSSProperties => ({ ['--rows' as string]: views.length });
