import { type FlowDocument, type FlowNode, isRecord, type Json } from '@patchbay/flow';
import type { Ctx } from '../context.ts';
import { type FieldError, ServiceError } from '../service-error.ts';

/**
 * The document as a version keeps it: every step or tool that runs another flow names the number that is the newest now, so that
 * publishing that flow again changes nothing here. Throws where one is not published, or names a draft.
 */
export async function freezeFlows(ctx: Ctx, flow: FlowDocument): Promise<FlowDocument> {
  const errors: FieldError[] = [];
  const nodes: [string, FlowNode][] = [];
  for (const [id, node] of Object.entries(flow.nodes)) {
    const config = node.bypass === true ? node.config : await frozenConfig(ctx, node, { path: `/nodes/${id}/config`, errors });
    nodes.push([id, config === node.config ? node : { ...node, config }]);
  }
  if (errors.length > 0) throw new ServiceError('invalid_input', 'flow_has_problems', { errors });
  return nodes.some(([id, node]) => node !== flow.nodes[id]) ? { ...flow, nodes: Object.fromEntries(nodes) } : flow;
}

type Config = Record<string, Json>;
/** Where a config stands in the document, and what is wrong in any. */
interface Place {
  path: string;
  errors: FieldError[];
}

async function frozenConfig(ctx: Ctx, { type, config }: FlowNode, place: Place): Promise<Config> {
  if (type === 'sub_flow') return freeze(ctx, config, place);
  const { tools } = config;
  if (type !== 'agent' || !Array.isArray(tools)) return config;
  const frozen: Json[] = [];
  for (const [index, tool] of tools.entries()) {
    const names = isRecord(tool) && tool['kind'] === 'flow';
    frozen.push(names ? await freeze(ctx, tool as Config, { ...place, path: `${place.path}/tools/${index}` }) : tool);
  }
  return tools.some((tool, index) => tool !== frozen[index]) ? { ...config, tools: frozen } : config;
}

/** The settings that name a flow and its version, with the number they mean now. */
async function freeze(ctx: Ctx, config: Config, { path, errors }: Place): Promise<Config> {
  const { flow, version = 'newest', number = 1 } = config;
  const name = typeof flow === 'string' ? flow.trim() : '';
  const pointer = `${path}/${version === 'draft' ? 'version' : 'flow'}`;
  if (version === 'draft') {
    errors.push({ pointer, message: words.draft[ctx.locale] });
    return config;
  }
  const published = await findNumber(ctx, name, version === 'number' && typeof number === 'number' ? Math.floor(number) : undefined);
  if (published === undefined) {
    errors.push({ pointer, message: words.missing[ctx.locale] });
    return config;
  }
  return version === 'number' ? config : { ...config, version: 'number', number: published };
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
