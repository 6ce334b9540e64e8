import { createCatalogue } from '@patchbay/node-kit';
import { inputNode } from './input/input.node.ts';
import { modelNode } from './model/model.node.ts';
import { outputNode } from './output/output.node.ts';
import { promptNode } from './prompt/prompt.node.ts';

/** The built-in node types, in the palette's order. A new node is one folder and one line here. */
export const catalogue = createCatalogue([inputNode, outputNode, promptNode, modelNode]);
