import { expect, test } from 'vitest';
import { detectLanguage, isSameLanguage } from './detect-language.ts';

test.each([
  ['Where is my order? I have been waiting for two weeks.', 'en'],
  ['Wo ist meine Bestellung? Ich warte seit zwei Wochen.', 'de'],
  ['Où est ma commande ? Je ne la vois pas dans la liste.', 'fr'],
  ['¿Dónde está mi pedido? No lo veo en la lista.', 'es'],
  ['Dove è il mio ordine? Non lo vedo nella lista.', 'it'],
  ['Waar is mijn bestelling? Ik zie het niet in de lijst.', 'nl'],
  ['Где мой заказ? Я не вижу его в списке, что делать?', 'ru'],
  ['我的订单在哪里？我们已经等了两个星期了。', 'zh-Hans'],
  ['我的訂單在哪裡？我們已經等了兩個星期了。', 'zh-Hant'],
  ['注文はどこですか。', 'ja'],
  ['안녕하세요 주문은 어디에 있나요', 'ko'],
  ['สวัสดีครับ', 'th'],
])('%s is %s', async (text, language) => expect(await detectLanguage(text)).toBe(language));

test.each([
  '',
  '12 34',
  'Hola',
  'OK',
  'Settings',
  'Informationen',
  '東京都',
  '水果和水',
  'Save {name}',
  'Mji mkuu wa Kenya ni Nairobi na watu wengi wanaishi huko',
  'Де моє замовлення? Я чекаю вже два тижні і не знаю.',
  'On és la meva comanda? Els meus amics van amb mi a la casa.',
  'Hvor er min ordre? Jeg har ventet i to uger og ikke fået den.',
])('does not guess: %s', async (text) => expect(await detectLanguage(text)).toBeUndefined());

test.each([
  ['en', 'en', true],
  ['zh', 'zh-Hans', true],
  ['zh-Hans', 'zh-Hant', false],
  ['zh-Hans', 'zh-TW', false],
  ['en', 'en-GB', false],
  ['pt-BR', 'pt-BR', true],
  ['de', 'nl', false],
  ['not a tag', 'not a tag', true],
])('from %s into %s nothing is to do: %j', (source, target, same) => expect(isSameLanguage(source, target)).toBe(same));
