/** What a rule found in a text: a phrase that generalises over a group of people, why, and what could stand there. */
export interface BiasFinding {
  quote: string;
  start: number;
  group: 'gender' | 'age' | 'origin' | 'disability' | 'religion' | 'role';
  /** Which of our reasons; its words belong to whoever shows it. */
  reason: 'generalises' | 'excludes' | 'demeans';
  /** Words that could stand there instead; undefined where the sentence has to be written anew. */
  instead?: string;
}

interface Rule {
  pattern: RegExp;
  group: BiasFinding['group'];
  reason: BiasFinding['reason'];
  instead?: string;
}

const people =
  'women|men|girls|boys|old people|the elderly|seniors|young people|millennials|immigrants|foreigners|refugees|muslims|christians|jews|asians|africans|chinese people|germans|americans|mothers|fathers';
const chinesePeople = '女人|女性|女生|男人|男性|男生|老人|老年人|年轻人|90后|00后|外地人|农村人|农民工|外国人|黑人|残疾人|东北人|河南人';
const groupOf = (who: string): BiasFinding['group'] =>
  /wom|men|girl|boy|mother|father|女|男/i.test(who)
    ? 'gender'
    : /old|elder|senior|young|millen|老|年轻|后/i.test(who)
      ? 'age'
      : /muslim|christian|jew/i.test(who)
        ? 'religion'
        : /残疾/.test(who)
          ? 'disability'
          : 'origin';

/** Sentences of the form "all X are" and "X cannot". */
const generalisations: readonly RegExp[] = [
  new RegExp(`\\b(?:all|most|every|typical)\\s+(${people})\\s+(?:are|is|can|cannot|can't|have|love|hate|want|always|never)\\b`, 'giu'),
  new RegExp(
    `\\b(${people})\\s+(?:are (?:just |simply |naturally |always |all |too |bad at |not good at )|can(?:no|')t |cannot |should (?:stay|not)|always |never |don't (?:know|understand)|belong )`,
    'giu',
  ),
  new RegExp(`(?:所有|凡是|一般)?(${chinesePeople})(?:都|就是|天生|总是|从来|不会|不能|不懂|不适合|应该待在)`, 'gu'),
];

const phrases: readonly Rule[] = [
  { pattern: /\bchairman\b/gi, group: 'gender', reason: 'excludes', instead: 'chairperson' },
  { pattern: /\bsalesm[ae]n\b/gi, group: 'gender', reason: 'excludes', instead: 'sales staff' },
  { pattern: /\bfiremen\b/gi, group: 'gender', reason: 'excludes', instead: 'firefighters' },
  { pattern: /\bpolicemen\b/gi, group: 'gender', reason: 'excludes', instead: 'police officers' },
  { pattern: /\bmankind\b/gi, group: 'gender', reason: 'excludes', instead: 'humankind' },
  { pattern: /\bmanpower\b/gi, group: 'gender', reason: 'excludes', instead: 'workforce' },
  { pattern: /\bmale nurse\b/gi, group: 'gender', reason: 'generalises', instead: 'nurse' },
  { pattern: /\bfemale (?=engineer|doctor|driver|boss|pilot|developer)/gi, group: 'gender', reason: 'generalises', instead: '' },
  { pattern: /\b(?:run|throw|cry|drive)s? like a girl\b/gi, group: 'gender', reason: 'demeans' },
  { pattern: /\bman up\b/gi, group: 'gender', reason: 'demeans', instead: 'be brave' },
  { pattern: /\bdigital natives?(?: only)?\b/gi, group: 'age', reason: 'excludes', instead: 'people used to digital tools' },
  { pattern: /\byoung and (?:dynamic|energetic|hungry)(?: team)?\b/gi, group: 'age', reason: 'excludes', instead: 'motivated' },
  { pattern: /\b(?:too old|over the hill)\b/gi, group: 'age', reason: 'demeans' },
  { pattern: /\bnative speakers? only\b/gi, group: 'origin', reason: 'excludes', instead: 'fluent speakers' },
  { pattern: /\billegal aliens?\b/gi, group: 'origin', reason: 'demeans', instead: 'people without papers' },
  {
    pattern: /\b(?:suffers? from|confined to a) (?=wheelchair|autism|blindness|deafness)/gi,
    group: 'disability',
    reason: 'demeans',
    instead: 'lives with a ',
  },
  { pattern: /\b(?:cripples?|retarded|the handicapped)\b/gi, group: 'disability', reason: 'demeans', instead: 'people with disabilities' },
  { pattern: /\bnormal people\b/gi, group: 'disability', reason: 'excludes', instead: 'most people' },
  { pattern: /女司机/g, group: 'gender', reason: 'generalises', instead: '司机' },
  { pattern: /娘娘腔|男人婆|剩女|妇人之见|头发长见识短/g, group: 'gender', reason: 'demeans' },
  { pattern: /限男性|仅限男性|男性优先/g, group: 'gender', reason: 'excludes', instead: '性别不限' },
  { pattern: /限女性|仅限女性|女性优先|形象气质佳/g, group: 'gender', reason: 'excludes', instead: '性别不限' },
  { pattern: /35岁以下|限35岁/g, group: 'age', reason: 'excludes', instead: '年龄不限' },
  { pattern: /老不死|老古董|倚老卖老/g, group: 'age', reason: 'demeans' },
  { pattern: /乡巴佬|土包子|外地佬|鬼佬|洋鬼子/g, group: 'origin', reason: 'demeans' },
  { pattern: /残废|瘸子|瞎子|聋子|弱智|智障/g, group: 'disability', reason: 'demeans', instead: '残障人士' },
  { pattern: /正常人/g, group: 'disability', reason: 'excludes', instead: '大多数人' },
];

/** Phrases that stereotype, by rule, in English and Chinese, in order and without overlap. It finds wordings, not opinions. */
export function findBias(text: string): BiasFinding[] {
  const found: BiasFinding[] = [];
  for (const pattern of generalisations)
    for (const match of text.matchAll(pattern))
      found.push({ quote: match[0].trim(), start: match.index, group: groupOf(match[1] ?? ''), reason: 'generalises' });
  for (const { pattern, group, reason, instead } of phrases)
    for (const match of text.matchAll(pattern))
      found.push({ quote: match[0], start: match.index, group, reason, ...(instead === undefined ? {} : { instead }) });
  found.sort((a, b) => a.start - b.start || b.quote.length - a.quote.length);
  return found.filter(({ start }, index) => !found.slice(0, index).some((other) => start < other.start + other.quote.length));
}

/** The text with every find replaced for which there are other words. */
export function replaceBias(text: string, findings: readonly BiasFinding[]): string {
  let shown = '';
  let from = 0;
  for (const { start, quote, instead } of findings) {
    if (instead === undefined || start < from) continue;
    shown += text.slice(from, start) + (/^\p{Lu}/u.test(quote) ? instead.charAt(0).toUpperCase() + instead.slice(1) : instead);
    from = start + quote.length;
  }
  return shown + text.slice(from);
}
