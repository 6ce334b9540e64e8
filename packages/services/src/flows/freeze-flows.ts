import type { FlowDocument, FlowNode } from '@patchbay/flow';
import type { Ctx } from '../context.ts';
import { type FieldError, ServiceError } from '../service-error.ts';

/**
 * The document as a version keeps it: every step that runs another flow names the number that is the newest now, so that
 * publishing that flow again changes nothing here. Throws where one is not published, or names a draft.
 */
export async function freezeFlows(ctx: Ctx, flow: FlowDocument): Promise<FlowDocument> {
  const errors: FieldError[] = [];
  const nodes: [string, FlowNode][] = [];
  for (const [id, node] of Object.entries(flow.nodes)) {
    if (node.type !== 'sub_flow' || node.bypass === true) nodes.push([id, node]);
    else nodes.push([id, await freeze(ctx, id, node, errors)]);
  }
  if (errors.length > 0) throw new ServiceError('invalid_input', 'flow_has_problems', { errors });
  return nodes.some(([id, node]) => node !== flow.nodes[id]) ? { ...flow, nodes: Object.fromEntries(nodes) } : flow;
}

async function freeze(ctx: Ctx, id: string, node: FlowNode, errors: FieldError[]): Promise<FlowNode> {
  const { flow, version = 'newest', number = 1 } = node.config;
  const name = typeof flow === 'string' ? flow.trim() : '';
  const pointer = `/nodes/${id}/config/${version === 'draft' ? 'version' : 'flow'}`;
  if (version === 'draft') {
    errors.push({ pointer, message: words.draft[ctx.locale] });
    return node;
  }
  const published = await findNumber(ctx, name, version === 'number' && typeof number === 'number' ? Math.floor(number) : undefined);
  if (published === undefined) {
    errors.push({ pointer, message: words.missing[ctx.locale] });
    return node;
  }
  return version === 'number' ? node : { ...node, config: { ...node.config, version: 'number', number: published } };
}

async function findNumber({ workspaceId, deps }: Ctx, name: string, version: number | undefined): Promise<number | undefined> {
  const { flows, versions } = deps.database;
  const bySlug = await flows.findBySlug(name);
  const id = bySlug?.workspaceId === workspaceId ? bySlug.id : name;
  return (await versions.findPublished(workspaceId, id, version))?.version;
}

const words = {
  draft: {
    en: 'A published flow cannot run the draft of another one: publish that flow and choose a version.',
    'zh-Hans': '已发布的流程不能运行其他流程的草稿：请先发布该流程并选择版本。',
  },
  missing: {
    en: 'The flow this step runs is not published under this address and number.',
    'zh-Hans': '此步骤要运行的流程没有以此地址和版本号发布。',
  },
};
