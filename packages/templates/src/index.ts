import { type FlowDocument, isRecord, type Locale, readFlow, type Words } from '@patchbay/flow';
import chat from '../flows/chat/chat.json' with { type: 'json' };
import chatChinese from '../flows/chat/chat.zh-Hans.json' with { type: 'json' };
import code from '../flows/code/code.json' with { type: 'json' };
import codeChinese from '../flows/code/code.zh-Hans.json' with { type: 'json' };
import documents from '../flows/documents/documents.json' with { type: 'json' };
import documentsChinese from '../flows/documents/documents.zh-Hans.json' with { type: 'json' };
import extract from '../flows/extract/extract.json' with { type: 'json' };
import extractChinese from '../flows/extract/extract.zh-Hans.json' with { type: 'json' };
import grading from '../flows/grading/grading.json' with { type: 'json' };
import gradingChinese from '../flows/grading/grading.zh-Hans.json' with { type: 'json' };
import imageCopy from '../flows/image-copy/image-copy.json' with { type: 'json' };
import imageCopyChinese from '../flows/image-copy/image-copy.zh-Hans.json' with { type: 'json' };
import minutes from '../flows/minutes/minutes.json' with { type: 'json' };
import minutesChinese from '../flows/minutes/minutes.zh-Hans.json' with { type: 'json' };
import moderation from '../flows/moderation/moderation.json' with { type: 'json' };
import moderationChinese from '../flows/moderation/moderation.zh-Hans.json' with { type: 'json' };
import withoutPersonalData from '../flows/private/private.json' with { type: 'json' };
import withoutPersonalDataChinese from '../flows/private/private.zh-Hans.json' with { type: 'json' };
import productCopy from '../flows/product-copy/product-copy.json' with { type: 'json' };
import productCopyChinese from '../flows/product-copy/product-copy.zh-Hans.json' with { type: 'json' };
import research from '../flows/research/research.json' with { type: 'json' };
import researchChinese from '../flows/research/research.zh-Hans.json' with { type: 'json' };
import sort from '../flows/sort/sort.json' with { type: 'json' };
import sortChinese from '../flows/sort/sort.zh-Hans.json' with { type: 'json' };
import sortMails from '../flows/sort-mails/sort-mails.json' with { type: 'json' };
import sortMailsChinese from '../flows/sort-mails/sort-mails.zh-Hans.json' with { type: 'json' };
import summarise from '../flows/summarise/summarise.json' with { type: 'json' };
import summariseChinese from '../flows/summarise/summarise.zh-Hans.json' with { type: 'json' };
import support from '../flows/support/support.json' with { type: 'json' };
import supportChinese from '../flows/support/support.zh-Hans.json' with { type: 'json' };
import translate from '../flows/translate/translate.json' with { type: 'json' };
import translateChinese from '../flows/translate/translate.zh-Hans.json' with { type: 'json' };
import writing from '../flows/writing/writing.json' with { type: 'json' };
import writingChinese from '../flows/writing/writing.zh-Hans.json' with { type: 'json' };

/** A flow offered for copying, as the cards of Home show it. */
export interface Template {
  id: string;
  name: Words;
  /** One sentence: what the flow does. */
  summary: Words;
  /** Name of a lucide icon. */
  icon: string;
  /** Place among the cards, from 0. */
  order: number;
  /** The first example's input and what the demo model answers, shortened for the card. */
  sample: { input: Words; output: Words };
  /** The flow in English. */
  flow: FlowDocument;
  /** The same flow with its texts in each language. */
  flows: Record<Locale, FlowDocument>;
}

interface Card {
  id: string;
  icon: string;
  english: unknown;
  chinese: unknown;
  output: Words;
}

const cards: Card[] = [
  {
    id: 'summarise',
    icon: 'file-text',
    english: summarise,
    chinese: summariseChinese,
    output: { en: 'The city library opens its new reading room on Monday.', 'zh-Hans': '市图书馆的新阅览室将于周一开放。' },
  },
  {
    id: 'translate',
    icon: 'languages',
    english: translate,
    chinese: translateChinese,
    output: { en: '感谢您的订购。您的订单正在路上。', 'zh-Hans': 'Thank you for your order. Your order is on its way.' },
  },
  {
    id: 'support',
    icon: 'mail-question',
    english: support,
    chinese: supportChinese,
    output: { en: 'We have started to look into your refund', 'zh-Hans': '我们已经开始核实您的退款' },
  },
  {
    id: 'sort',
    icon: 'split',
    english: sort,
    chinese: sortChinese,
    output: { en: 'Billing · Urgent', 'zh-Hans': '账务 · 紧急' },
  },
  {
    id: 'extract',
    icon: 'table-properties',
    english: extract,
    chinese: extractChinese,
    output: { en: 'Maria Lopez · A-20417 · 89.9', 'zh-Hans': '李明 · A-20417 · 89.9' },
  },
  {
    id: 'chat',
    icon: 'messages-square',
    english: chat,
    chinese: chatChinese,
    output: { en: 'I am the built-in demo model.', 'zh-Hans': '我是内置的演示模型' },
  },
  {
    id: 'product-copy',
    icon: 'shopping-bag',
    english: productCopy,
    chinese: productCopyChinese,
    output: { en: 'Cup of stoneware, 350 ml.', 'zh-Hans': '粗陶杯，容量350毫升' },
  },
  {
    id: 'writing',
    icon: 'pen-line',
    english: writing,
    chinese: writingChinese,
    output: { en: 'I am the built-in demo model.', 'zh-Hans': '我是内置的演示模型' },
  },
  {
    id: 'moderation',
    icon: 'shield-check',
    english: moderation,
    chinese: moderationChinese,
    output: { en: 'We have not published “You have won!', 'zh-Hans': '您的投稿“恭喜中奖，点击领取！”未能发布' },
  },
  {
    id: 'grading',
    icon: 'graduation-cap',
    english: grading,
    chinese: gradingChinese,
    output: { en: 'Very good', 'zh-Hans': '优秀' },
  },
  {
    id: 'code',
    icon: 'square-code',
    english: code,
    chinese: codeChinese,
    output: { en: 'Demo model: a connected model writes this code.', 'zh-Hans': 'Demo model: a connected model writes this code.' },
  },
  {
    id: 'private',
    icon: 'lock',
    english: withoutPersonalData,
    chinese: withoutPersonalDataChinese,
    output: { en: 'ada@example.com', 'zh-Hans': 'ada@example.com' },
  },
  {
    id: 'research',
    icon: 'bot',
    english: research,
    chinese: researchChinese,
    output: { en: 'The tool “calculator” gave: 501', 'zh-Hans': '工具“calculator”的结果：501' },
  },
  {
    id: 'documents',
    icon: 'book-open',
    english: documents,
    chinese: documentsChinese,
    output: { en: 'Wash the filter every month', 'zh-Hans': '滤网每月清洗一次' },
  },
  {
    id: 'minutes',
    icon: 'audio-lines',
    english: minutes,
    chinese: minutesChinese,
    output: { en: 'I will write it by Thursday.', 'zh-Hans': '我周四之前写好。' },
  },
  {
    id: 'image-copy',
    icon: 'image',
    english: imageCopy,
    chinese: imageCopyChinese,
    output: { en: 'Holds 350 ml.', 'zh-Hans': '容量350毫升。' },
  },
  {
    id: 'sort-mails',
    icon: 'table',
    english: sortMails,
    chinese: sortMailsChinese,
    output: { en: 'Technical problem', 'zh-Hans': '技术问题' },
  },
];

/** The bundled templates, in the order of the cards. */
export const templates: Template[] = cards.map(readCard);

function readCard({ id, icon, english, chinese, output }: Card, order: number): Template {
  const flows = { en: read(id, english), 'zh-Hans': read(id, chinese) };
  const { en, 'zh-Hans': zh } = flows;
  return {
    id,
    name: { en: en.name, 'zh-Hans': zh.name },
    summary: { en: en.description ?? '', 'zh-Hans': zh.description ?? '' },
    icon,
    order,
    sample: { input: { en: firstInput(en), 'zh-Hans': firstInput(zh) }, output },
    flow: en,
    flows,
  };
}

function read(id: string, document: unknown): FlowDocument {
  const { flow, problems } = readFlow(document);
  if (flow === undefined) throw new Error(`The template ${id} is no flow: ${JSON.stringify(problems[0])}`);
  return flow;
}

function firstInput(flow: FlowDocument): string {
  const inputs = flow.examples?.[0]?.inputs ?? {};
  const { text } = inputs;
  if (typeof text === 'string') return text;
  // A file is shown by its name.
  const file = Object.values(inputs).find((value) => isRecord(value) && typeof value['name'] === 'string');
  return isRecord(file) ? String(file['name']) : '';
}
