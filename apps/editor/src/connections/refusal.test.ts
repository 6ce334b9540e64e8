import { expect, test } from 'vitest';
import { ApiError } from '../api/client.ts';
import { refusalOf } from './refusal.ts';

const refused = (detail: string, errors?: { pointer: string; message: string }[]) =>
  new ApiError(400, {
    type: '',
    title: '',
    status: 400,
    code: 'invalid_input',
    detail,
    instance: '',
    ...(errors === undefined ? {} : { errors }),
  });

test.each([
  [
    'a test that failed',
    refused('Not saved: no.', [{ pointer: '/key', message: 'no.' }]),
    { field: 'key', message: 'no.', untestedMaySave: true },
  ],
  [
    'one sentence for the form',
    refused('Region?', [{ pointer: '/region', message: 'Region?' }]),
    { field: 'region', untestedMaySave: false },
  ],
  ['a sentence per part', refused('See errors.', [{ pointer: '/name', message: 'No name.' }]), { field: 'name', untestedMaySave: false }],
  ['no part to blame', refused('The disk is full.'), { field: undefined, message: 'The disk is full.', untestedMaySave: false }],
])('%s', (_name, error, refusal) => expect(refusalOf(error)).toMatchObject(refusal));
