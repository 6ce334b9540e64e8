import { expect, test } from 'vitest';
import { compare } from './compare.ts';

const faults = (source: string, answer: string, target = 'de') =>
  compare(source, answer, target).map(({ kind, text }) => `${kind} ${text}`);

test('order is free, number is not', () => {
  expect(faults('{a} of {b}', 'von {b} {a}')).toEqual([]);
  expect(faults('{a} of {b}', 'von {b}')).toEqual(['lost {a}']);
  expect(faults('{a} of {b}', '{a} von {b} {b}')).toEqual(['added {b}']);
  expect(faults('{name} is here', '{Name} ist hier')).toEqual(['lost {name}', 'added {Name}']);
  expect(faults('Hi', 'Hallo <script>')).toEqual(['added <script>']);
});

test('tags stay nested where they were', () => {
  expect(faults('<b>a</b> <i>b</i>', '<i>b</i> <b>a</b>')).toEqual([]);
  expect(faults('<b>a</b>', '</b>a<b>')).toEqual(['crossed </b>']);
  expect(faults('<b>a <i>b</i></b>', '<b>a <i>b</b></i>')).toEqual(['crossed </b>']);
  expect(faults('a<br>b<hr/>', 'a<hr/>b<br>')).toEqual([]);
  expect(faults('loose </b> end', '</b> loses Ende')).toEqual([]);
});

const source = '{n, plural, =0 {none} one {# file in {dir}} other {# files in {dir}}}';
test('a plural has the forms of the other language and keeps the rest', () => {
  expect(
    faults(
      source,
      '{n, plural, =0 {нет} one {# файл в {dir}} few {# файла в {dir}} many {# файлов в {dir}} other {# файла в {dir}}}',
      'ru',
    ),
  ).toEqual([]);
  expect(faults(source, '{n, plural, =0 {没有} other {{dir}中有#个文件}}', 'zh-Hans')).toEqual([]);
  expect(faults(source, '{n, plural, =0 {keine} one {# Datei in {dir}}}')).toEqual(['lost {n, plural, …} other {…}']);
  expect(faults(source, '{n, plural, one {# Datei in {dir}} other {# Dateien in {dir}}}')).toEqual(['lost {n, plural, …} =0 {…}']);
  expect(faults(source, '{n, plural, =0 {keine} eins {# Datei in {dir}} other {# Dateien in {dir}}}')).toEqual([
    'added {n, plural, …} eins {…}',
  ]);
  expect(faults(source, '{n, plural, =0 {keine} one {# Datei} other {Dateien in {dir}}}')).toEqual(['lost {dir}', 'lost #']);
  expect(faults(source, '{m, plural, =0 {a} other {# {dir}}}')).toEqual(['lost {n, plural, …}', 'added {m, plural, …}']);
  expect(faults(source, 'keine Datei')).toEqual(['lost {n, plural, …}']);
});

test('a select keeps exactly its selectors', () => {
  const select = '{g, select, male {He} other {They}} came';
  expect(faults(select, '{g, select, other {Sie} male {Er}} kam')).toEqual([]);
  expect(faults(select, '{g, select, männlich {Er} other {Sie}} kam')).toEqual([
    'lost {g, select, …} male {…}',
    'added {g, select, …} männlich {…}',
  ]);
});

test('an unknown tag of a language allows the forms of the source', () => {
  expect(faults('{n, plural, one {a} other {b}}', '{n, plural, one {c} other {d}}', 'not a tag')).toEqual([]);
});
