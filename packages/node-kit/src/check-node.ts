import { isJson, issueProblem, type Problem, toPointer } from '@patchbay/flow';
import { chipTexts } from './chips.ts';
import { ruleFits } from './convert.ts';
import type { KitCode } from './describe-problem.ts';
import { labelParams, typeParams } from './label.ts';
import type { InputPort, OutputPort } from './ports.ts';
import type { PlacedNode, ResolvedFlow } from './resolve.ts';
import { parseTemplate } from './template.ts';
import { valueFault } from './value.ts';

type Path = (string | number)[];

/** What is wrong with one node of a known type: its version, config, ports, literal values and failure rule. */
export function checkNode(placed: PlacedNode, resolved: ResolvedFlow): Problem[] {
  const { id, node, definition } = placed;
  const problems: Problem[] = placed.issues.map(({ code, path, params }) => issueProblem({ code, path, params }, ['nodes', id, 'config']));
  const add = (code: KitCode, severity: Problem['severity'], path: Path, params: Problem['params'] = {}, port?: string): void => {
    const problem: Problem = { code, severity, pointer: toPointer(['nodes', id, ...path]), node: id, params };
    problems.push(port === undefined ? problem : { ...problem, port });
  };
  if ((node.v ?? 1) > definition.version) add('newer_node', 'error', ['v'], { version: node.v ?? 1, known: definition.version });
  const parent = node.parent === undefined ? undefined : resolved.nodes.get(node.parent);
  if (parent !== undefined && parent.definition.role !== 'container')
    add('parent_not_container', 'error', ['parent'], { parent: parent.id });
  for (const port of duplicates(placed.inputs))
    add('duplicate_port', 'error', ['config'], labelParams('port', port.id, port.title), port.id);
  for (const port of duplicates(placed.outputs))
    add('duplicate_port', 'error', ['config'], labelParams('port', port.id, port.title), port.id);
  // A config that does not parse is told by its issues; the node's own check reads only what parsed.
  if (placed.issues.length === 0) {
    for (const { code, path, params } of definition.check?.(placed.config) ?? []) add(code, 'error', ['config', ...path], params);
  }
  checkLiterals(placed, add);
  checkFailureRule(placed, add);
  checkTexts(placed, add);
  if (node.bypass !== true) for (const port of placed.inputs) checkPort(port, placed, resolved, add);
  return problems;
}

type Add = (code: KitCode, severity: Problem['severity'], path: Path, params?: Problem['params'], port?: string) => void;

function duplicates<Port extends InputPort | OutputPort>(ports: readonly Port[]): Port[] {
  const seen = new Set<string>();
  return ports.filter(({ id }) => seen.size === seen.add(id).size);
}

function checkLiterals({ node, inputOf }: PlacedNode, add: Add): void {
  for (const [name, value] of Object.entries(node.values ?? {})) {
    const port = inputOf.get(name);
    if (port === undefined) add('value_of_no_port', 'warning', ['values', name], { port: name }, name);
    else if (value !== null && isJson(value)) {
      const fault = valueFault(port.type, value);
      const params = { ...labelParams('port', name, port.title), ...typeParams('expected', port.type) };
      if (fault !== undefined) add('value_does_not_fit', 'error', ['values', name], params, name);
    }
  }
  for (const [name, rule] of Object.entries(node.fanIn ?? {})) {
    const port = inputOf.get(name);
    if (port === undefined) add('fan_in_of_no_port', 'warning', ['fanIn', name], { port: name }, name);
    else if (!ruleFits(rule, port.type)) {
      add(
        'fan_in_does_not_fit',
        'error',
        ['fanIn', name],
        { ...labelParams('port', name, port.title), ...typeParams('expected', port.type) },
        name,
      );
    }
  }
}

function checkFailureRule({ node, outputOf, config }: PlacedNode, add: Add): void {
  const { onError } = node;
  if (onError?.rule === 'fallback-model') {
    if (!Object.hasOwn(config, 'model')) add('fallback_model_useless', 'error', ['onError', 'rule']);
    else if (onError.model === undefined || onError.model === '') add('fallback_model_missing', 'error', ['onError', 'model']);
  }
  if (onError?.rule !== 'fallback-value') return;
  for (const [name, value] of Object.entries(onError.values ?? {})) {
    const port = outputOf.get(name);
    if (port === undefined) add('fallback_of_no_port', 'warning', ['onError', 'values', name], { port: name }, name);
    else if (value !== null && valueFault(port.type, value) !== undefined) {
      add(
        'value_does_not_fit',
        'error',
        ['onError', 'values', name],
        { ...labelParams('port', name, port.title), ...typeParams('expected', port.type) },
        name,
      );
    }
  }
}

const bracesPattern = /(\\?)\{\{([^{}\n]{1,100})\}\}/g;
const nameLike = /^\s*[\p{L}_#$][\p{L}\p{N}_ .#$?[\]-]*$/u;

/** Something in double braces that is no chip stays text in the run; that is seldom what was meant. */
function checkTexts({ definition, config }: PlacedNode, add: Add): void {
  for (const { path, text } of chipTexts(definition, config)) {
    if (!text.includes('{{')) continue;
    for (const [whole, backslash, inner = ''] of text.matchAll(bracesPattern)) {
      if (backslash !== '' || !nameLike.test(inner) || typeof parseTemplate(whole).parts[0] !== 'string') continue;
      add('not_a_chip', 'warning', ['config', ...path], { text: whole });
    }
  }
}

function checkPort(port: InputPort, { id, node }: PlacedNode, { targets }: ResolvedFlow, add: Add): void {
  // A wire that is there but broken is named for itself.
  if (targets.has(`${id}.${port.id}`)) return;
  const literal = node.values !== undefined && Object.hasOwn(node.values, port.id) ? node.values[port.id] : undefined;
  const params = labelParams('port', port.id, port.title);
  if (!port.required) return;
  if (literal === null && port.chip !== true) add('null_for_required', 'warning', ['values', port.id], params, port.id);
  if (literal !== undefined || port.default !== undefined) return;
  add(port.chip === true ? 'chip_not_connected' : 'required_input_missing', 'error', [], params, port.id);
}
