import { expect, test } from 'vitest';
import type { ToolConfig } from './config.ts';
import { partTitle } from './part-title.ts';

const tools = [{ id: 'orders' }, { id: 'ask_shop' }] as ToolConfig[];

test.each([
  ['model', 'Asks the model', '询问模型'],
  ['orders', 'Calls orders', '调用 orders'],
  ['orders_2', 'Calls orders_2', '调用 orders_2'],
  ['orders_find', 'Calls orders_find', '调用 orders_find'],
  ['ask_orders', 'Asks a person about orders', '就 orders 征求人员同意'],
  ['tools_orders', 'Lists the tools of orders', '列出 orders 的工具'],
  ['ask_shop', 'Calls ask_shop', '调用 ask_shop'],
  ['gone', 'Calls gone', '调用 gone'],
])('%s is called “%s”', (id, en, zh) => {
  const { en: english, 'zh-Hans': chinese } = partTitle({ tools }, id);
  expect([english, chinese]).toEqual([en, zh]);
});
