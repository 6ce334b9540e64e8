import type { Json, ModelTask } from '../interface.ts';
import { dueDays, promisers, promises } from './promises.ts';
import { summarize } from './summarize.ts';

type Field = Extract<ModelTask, { kind: 'extract' }>['fields'][number];

/** A finder gives all it sees, in order of the text; the first is the answer unless a list is asked. */
type Finder = (text: string) => string[];

const all =
  (pattern: RegExp): Finder =>
  (text) =>
    [...text.matchAll(pattern)].map((match) => (match[1] ?? match[0]).trim());

const months =
  'jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sep(?:t(?:ember)?)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?';
const datePattern = new RegExp(
  `\\d{4}[-/.]\\d{1,2}[-/.]\\d{1,2}|\\d{4}年\\d{1,2}月\\d{1,2}[日号]|\\d{1,2}月\\d{1,2}[日号]|\\d{1,2}(?:st|nd|rd|th)? (?:${months})\\.?,? \\d{4}|(?:${months})\\.? \\d{1,2}(?:st|nd|rd|th)?,? \\d{4}|\\d{1,2}[/.]\\d{1,2}[/.]\\d{4}`,
  'gi',
);
const money =
  /(?:[$€£¥￥]|USD|EUR|GBP|CNY|RMB)\s?\d[\d,]*(?:\.\d+)?|\d[\d,]{0,15}(?:\.\d{1,6})?\s?(?:元|块|美元|欧元|dollars|euros|pounds|USD|EUR|GBP|CNY|RMB|€)/gi;
const latinName = "[A-Z][\\p{L}'’-]{1,30}(?:[ \\u00a0](?:van |von |de |da )?[A-Z][\\p{L}'’-]{1,30}){0,2}";
const names: RegExp[] = [
  new RegExp(`(?:[Mm]y name is|I am|I'm|I’m|[Tt]his is|[Nn]ame's)\\s+(${latinName})`, 'gu'),
  new RegExp(`(?:[Rr]egards|[Tt]hanks|[Tt]hank you|[Ss]incerely|[Cc]heers|[Bb]est|[Yy]ours)[,!.]?\\s*\\n+\\s*(${latinName})`, 'gu'),
  /(?:我叫|我的名字是|我是|姓名[:：]?|名叫)\s*(\p{Script=Han}{2,4}?)(?=[，。,.！!\s、的]|$)/gu,
  new RegExp(`(?:[Dd]ear|[Hh]i|[Hh]ello)\\s+(${latinName})`, 'gu'),
  new RegExp(`(?:^|[.!?]\\s+)(${latinName})(?= (?:from|works|called|wrote|ordered|asked|at)\\b)`, 'gu'),
];

/** Surest first: named as one, with a country, a Chinese mobile, any other run of digits. */
const phones: RegExp[] = [
  /(?:phone|tel|mobile|call|电话|手机)[^\d+]{0,12}(\+?\d[\d\s().-]{6,17}\d)/gi,
  /\+\d[\d\s().-]{6,17}\d/g,
  /(?<!\d)1[3-9]\d{9}(?!\d)/g,
  /(?<![\w#-])\d[\d\s().-]{6,17}\d(?!\w)/g,
];
const isDate = /^\d{4}[-/.]\d{1,2}[-/.]\d{1,2}/;

/** Kinds of field by the words in its id and title; the first that fits is taken. */
const finders: [names: RegExp, find: Finder][] = [
  [/e-?mail|邮箱|邮件|电子信/i, all(/[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}/g)],
  [
    /phone|mobile|tel\b|telephone|cell|电话|手机|联系方式/i,
    (text) => phones.flatMap((pattern) => all(pattern)(text)).filter((found) => !isDate.test(found)),
  ],
  [/url|link|website|网址|链接|网站/i, all(/https?:\/\/[^\s<>"'，。]+[^\s<>"'，。.,)]/g)],
  [/date|day|when|deadline|due|日期|时间|截止|日子/i, (text) => [...all(datePattern)(text).map(isoDate), ...dueDays(text)]],
  [/task|to-?do|action|任务|待办|要做/i, promises],
  [/\bwho\b|owner|assignee|负责|由谁/i, (text) => [...promisers(text), ...names.flatMap((pattern) => all(pattern)(text))]],
  [/currency|币种|货币/i, (text) => all(money)(text).map(currencyOf)],
  [/amount|price|total|cost|sum|fee|budget|paid|金额|价格|总额|费用|预算|总价|价钱/i, all(money)],
  [
    /order|invoice|ticket|case|reference|tracking|number|\bid\b|\bno\b|订单|发票|单号|编号|号码/i,
    all(
      /(?:#|(?:order|invoice|ticket|case|ref(?:erence)?|tracking|no\.?|number|订单号?|发票号?|单号|编号)\s*(?:number|no\.?|id|号)?\s*[:：#]?\s*)#?([A-Z]{0,6}-?\d[A-Z0-9-]{2,})/gi,
    ),
  ],
  [
    /quantity|count|how many|pieces|units|seats|people|数量|件数|人数|个数/i,
    all(
      /(?<![\d.#-])(\d{1,6})(?=\s?(?:x\b|×|pcs|pieces|units|items|seats|people|licen[cs]es|copies|boxes|tickets|件|个|台|人|份|张|箱|套))/gi,
    ),
  ],
  [
    /company|organi[sz]ation|employer|firm|公司|单位|企业|机构/i,
    all(
      /(\p{Lu}[\p{L}&.-]{0,30}(?: \p{Lu}[\p{L}&.-]{0,30}){0,3} (?:Inc|Ltd|LLC|GmbH|Corp|Co|AG|SA|PLC|Company|Group|Labs|Technologies)\b\.?)|(?<=\b(?:at|from|of) )\p{Lu}[\p{L}&-]{1,30}(?: \p{Lu}[\p{L}&-]{1,30}){0,2}|\p{Script=Han}{2,12}?(?:有限公司|公司|集团|大学|银行)/gu,
    ),
  ],
  [
    /city|place|location|where|address|town|城市|地点|地址|位置/i,
    all(/(?<=\b(?:in|to|near) )\p{Lu}\p{L}+(?: \p{Lu}\p{L}+)?|(?<=[在到去住])\p{Script=Han}{2,8}?(?:市|省|区|县|路|街)/gu),
  ],
  [
    /name|person|customer|client|sender|who|author|contact|姓名|名字|客户|联系人|发件人|称呼/i,
    (text) => names.flatMap((pattern) => all(pattern)(text)),
  ],
  [/summary|subject|topic|problem|issue|reason|request|about|主题|摘要|问题|原因|内容|诉求|需求/i, (text) => [summarize(text, 1)]],
];

/** Every field by rule; null where nothing in the text fits. */
export function extract(text: string, fields: readonly Field[]): { [key: string]: Json } {
  return Object.fromEntries(fields.map((field) => [field.id, fieldValue(text, field)]));
}

/** One record for each line that says something of a field. */
export function extractMany(text: string, fields: readonly Field[]): { [key: string]: Json }[] {
  const says = (value: Json) => value !== null && !(Array.isArray(value) && value.length === 0);
  const lines = text.split(/\r?\n/).filter((line) => line.trim() !== '');
  return lines.map((line) => extract(line, fields)).filter((record) => Object.values(record).some(says));
}

function fieldValue(text: string, field: Field): Json {
  const found = findAll(text, field);
  if (field.type.endsWith('[]')) return found.map((item) => typed(item, field.type.slice(0, -2))).filter((value) => value !== null);
  const first = found[0];
  return first === undefined ? null : typed(first, field.type);
}

function findAll(text: string, field: Field): string[] {
  const written = afterLabel(text, field);
  if (written !== undefined) return field.type.endsWith('[]') ? written.split(/\s*[,，、;；]\s*/) : [written];
  const named = `${field.id.replaceAll('_', ' ')} ${field.title}`;
  const finder = finders.find(([pattern]) => pattern.test(named))?.[1];
  const found = [...new Set(finder?.(text) ?? [])];
  if (found.length > 0 || finder !== undefined) return found;
  if (field.type.startsWith('number')) return all(/-?\d[\d,]*(?:\.\d+)?/g)(text);
  return [];
}

/** `Title: value` written out in the text beats every guess. */
function afterLabel(text: string, field: Field): string | undefined {
  for (const label of [field.title, field.id.replaceAll('_', ' ')]) {
    const wanted = label.trim().toLowerCase();
    if (wanted === '') continue;
    for (const line of text.split(/\r?\n/)) {
      const colon = /[:：]/.exec(line)?.index ?? -1;
      if (
        colon > 0 &&
        line
          .slice(0, colon)
          .replace(/^[\s*\-•]+/, '')
          .trim()
          .toLowerCase() === wanted
      ) {
        const value = line.slice(colon + 1).trim();
        if (value !== '') return value;
      }
    }
  }
  return undefined;
}

function typed(value: string, type: string): Json {
  if (type === 'number') {
    const digits = /-?\d[\d,]*(?:\.\d+)?/.exec(value)?.[0].replaceAll(',', '');
    return digits === undefined ? null : Number(digits);
  }
  if (type === 'boolean')
    return /^(?:yes|true|y|1|是|对|有)/i.test(value) ? true : /^(?:no|false|n|0|否|不|无|没)/i.test(value) ? false : null;
  return value;
}

function currencyOf(amount: string): string {
  if (/\$|美元|dollars|USD/i.test(amount)) return 'USD';
  if (/€|欧元|euros|EUR/i.test(amount)) return 'EUR';
  return /£|pounds|GBP/i.test(amount) ? 'GBP' : 'CNY';
}

/** ISO 8601 where the date can be read one way only; 03/04/2026 stays as written. */
function isoDate(date: string): string {
  const ordered = /^(\d{4})[-/.年](\d{1,2})[-/.月](\d{1,2})/.exec(date);
  if (ordered !== null) return `${ordered[1]}-${pad(ordered[2])}-${pad(ordered[3])}`;
  const month = new RegExp(months, 'i').exec(date)?.[0].slice(0, 3).toLowerCase();
  const day = /(?<!\d)\d{1,2}(?!\d)/.exec(date)?.[0];
  const year = /\d{4}/.exec(date)?.[0];
  if (month === undefined || day === undefined || year === undefined) return date;
  const number = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'].indexOf(month) + 1;
  return `${year}-${pad(String(number))}-${pad(day)}`;
}

const pad = (digits: string | undefined): string => (digits ?? '').padStart(2, '0');
