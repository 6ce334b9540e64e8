/** Letters that say a language by themselves, or nearly so. Kana before Han, since Japanese uses both. */
const scripts: readonly [RegExp, string][] = [
  [/\p{Script=Hiragana}|\p{Script=Katakana}/gu, 'ja'],
  [/\p{Script=Hangul}/gu, 'ko'],
  [/\p{Script=Thai}/gu, 'th'],
  [/\p{Script=Greek}/gu, 'el'],
  [/\p{Script=Hebrew}/gu, 'he'],
  [/\p{Script=Georgian}/gu, 'ka'],
  [/\p{Script=Armenian}/gu, 'hy'],
];
const simplified = /[们这说国时会对发过还问题请订单没后开关现产业书东车门间难买卖该认为么]/gu;
const traditional = /[們這說國時會對發過還問題請訂單沒後開關現產業書東車門間難買賣該認為麼]/gu;

/** Words that hardly a sentence of the language is without. The detector's verdict counts only when some of them stand there. */
const telling: Readonly<Record<string, string>> = {
  en: 'the is are was were and or of to in on for with you your we our it this that my me not have has where what how please can will from at be as',
  de: 'der die das und ist sind war ich sie wir ihr nicht ein eine einen mit für auf zu zur zum von im den dem wo wie was bitte auch es seit meine ihre',
  fr: 'le la les et est sont je vous nous ne pas un une des du de dans pour avec sur où que qui ma mon votre ce cette il elle au aux en',
  es: 'el la los las y es son no un una de del en para con por que qué dónde mi su se lo está yo usted al como más',
  it: 'il la lo gli le e è sono non un una di del della in per con che dove mio mia si sul sulla da al come più',
  pt: 'o a os as e é são não um uma de do da em para com que onde meu minha se no na por está como mais ao',
  nl: 'de het een en is zijn niet ik u wij van in op voor met dat waar mijn uw naar te aan om ook wil die',
  sv: 'och är att det en ett på inte jag du vi som för med av till den har var min från om',
  fi: 'ja on ei se että minä sinä hän me te olen ovat mutta kun niin myös tämä missä minun',
  pl: 'i jest nie w na do z się to że jak gdzie mój moja proszę dla po od o są ma',
  tr: 've bir bu için ile de da ne nerede benim değil var yok çok olarak daha mi',
  ru: 'и в не на я что он как это по но мой где с за уже из у к от вы мы для',
};
/** Words of a neighbour that the statistics take for the language: Catalan and Galician, Afrikaans, Danish and Norwegian, Slovak. */
const foreign: Readonly<Record<string, string>> = {
  es: 'amb és els dels i unha non per ao das nos',
  pt: 'unha non nunha polo pola dun',
  fr: 'amb és els dels',
  nl: 'nie hy ons jou jy',
  sv: 'og ikke jeg hvor meget mye',
  de: 'het een niet ass ech',
  ru: 'і та що съм със',
};
const setOf = (list: string | undefined) => new Set(list?.split(' '));
const words = new Map(Object.entries(telling).map(([tag, list]) => [tag, { own: setOf(list), foreign: setOf(foreign[tag]) }]));

const looked = 4_000;

/**
 * The language of a text as a BCP 47 tag; undefined where it is too short or not clear. Being wrong here would leave a
 * text untranslated, so two witnesses must agree: the statistics and the small words of the language.
 */
export async function detectLanguage(whole: string): Promise<string | undefined> {
  const text = whole.slice(0, looked);
  const letters = count(text, /\p{L}/gu);
  if (letters === 0) return undefined;
  for (const [pattern, tag] of scripts) {
    const own = count(text, pattern);
    if (own >= 4 && own * 5 >= letters) return tag;
  }
  const han = count(text, /\p{Script=Han}/gu);
  if (han * 2 > letters) return han >= 6 ? chineseOf(text) : undefined;
  return letters < 12 ? undefined : byWords(text);
}

function chineseOf(text: string): string | undefined {
  const [hans, hant] = [count(text, simplified), count(text, traditional)];
  return hans > 2 * hant ? 'zh-Hans' : hant > 2 * hans ? 'zh-Hant' : undefined;
}

async function byWords(text: string): Promise<string | undefined> {
  const own = text.toLowerCase().match(/[\p{L}\p{M}]+/gu) ?? [];
  if (own.length < 3) return undefined;
  // The words first: they cost a fraction of what the statistics do.
  const likely = new Set([...words].flatMap(([tag, known]) => (isLikely(own, known) ? [tag] : [])));
  if (likely.size === 0) return undefined;
  const { detectAll } = await import('tinyld/light');
  const best = detectAll(text)[0];
  if (best === undefined || best.accuracy < 0.1 || !likely.has(best.lang)) return undefined;
  return best.lang === 'ru' && /[іїєґўјљњћђ]/i.test(text) ? undefined : best.lang;
}

function isLikely(text: readonly string[], known: { own: ReadonlySet<string>; foreign: ReadonlySet<string> }): boolean {
  const hits = text.filter((word) => known.own.has(word)).length;
  return hits * 6 >= text.length && !text.some((word) => known.foreign.has(word));
}

const count = (text: string, pattern: RegExp): number => text.match(pattern)?.length ?? 0;

/** Whether a text in one language needs no translation into another. A wanted region, such as en-GB, is a wish of its own. */
export function isSameLanguage(source: string, target: string): boolean {
  try {
    const [from, to] = [new Intl.Locale(source), new Intl.Locale(target)];
    const [a, b] = [from.maximize(), to.maximize()];
    if (a.language !== b.language || a.script !== b.script) return false;
    return from.region === to.region;
  } catch {
    return source === target;
  }
}
