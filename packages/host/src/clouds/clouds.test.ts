import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { azure } from './azure.ts';
import { bedrock } from './bedrock.ts';
import { CloudFault, type CloudParts } from './cloud.ts';
import { cloudOf } from './clouds.ts';
import { vertex } from './vertex.ts';

const id = 'AKIAIOSFODNN7EXAMPLE';
const secret = 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY';
const token = 'FwoGZXIvYXdzEBYaD+/token==';
const account = {
  type: 'service_account',
  project_id: 'p1',
  private_key_id: '0123456789abcdef',
  private_key: '-----BEGIN PRIVATE KEY-----\nMIIE\n-----END PRIVATE KEY-----\n',
  client_email: 'flows@p1.iam.gserviceaccount.com',
  client_id: '42',
  token_uri: 'https://oauth2.googleapis.com/token',
};
const file = JSON.stringify(account, undefined, 2);

const faultOf = (act: () => unknown): unknown => {
  try {
    return act();
  } catch (error) {
    return error instanceof CloudFault ? [error.part, error.reason] : error;
  }
};

test('only the three are clouds', () => {
  expect([cloudOf('azure'), cloudOf('vertex'), cloudOf('bedrock')]).toEqual([azure, vertex, bedrock]);
  expect([cloudOf('openai'), cloudOf('constructor'), cloudOf('')]).toEqual([undefined, undefined, undefined]);
});

describe('what is copied becomes one secret', () => {
  test.each([
    ['the pair as it is kept', `${id}:${secret}`, `${id}:${secret}`],
    ['with a session token', `${id}:${secret}:${token}`, `${id}:${secret}:${token}`],
    ['two lines of a console', `${id}\n${secret}`, `${id}:${secret}`],
    ['three lines, as Windows ends them', `${id}\r\n${secret}\r\n${token}`, `${id}:${secret}:${token}`],
    ['side by side', `${id} ${secret}`, `${id}:${secret}`],
    ['the file of the console', `Access key ID,Secret access key\r\n${id},${secret}`, `${id}:${secret}`],
    ['a credentials file', `[default]\naws_access_key_id = ${id}\naws_secret_access_key=${secret}`, `${id}:${secret}`],
    [
      'a shell',
      `export AWS_ACCESS_KEY_ID="${id}"\nexport AWS_SECRET_ACCESS_KEY="${secret}"\nexport AWS_SESSION_TOKEN="${token}"`,
      `${id}:${secret}:${token}`,
    ],
    ['an answer in JSON', JSON.stringify({ AccessKeyId: id, SecretAccessKey: secret, SessionToken: token }), `${id}:${secret}:${token}`],
    ['an API key', 'ABSKQmVkcm9ja0FQSUtleQ==', 'ABSKQmVkcm9ja0FQSUtleQ=='],
    ['two pairs that share the load', `${id}:${secret},${id}:other`, `${id}:${secret},${id}:other`],
  ])('of AWS: %s', (_name, copied, kept) => expect(bedrock.readSecret(copied)).toBe(kept));

  test.each([
    ['an id alone', id],
    ['an id and a colon', `${id}:`],
    ['a secret without its id', `:${secret}`],
    ['a line that names only the id', `aws_access_key_id=${id}`],
    ['a line that names only the secret', `aws_secret_access_key=${secret}`],
    ['one good pair and half of one', `${id}:${secret},${id}`],
  ])('of AWS: %s misses its other half', (_name, copied) =>
    expect(faultOf(() => bedrock.readSecret(copied))).toEqual(['key', 'key_pair_incomplete']),
  );

  test('of AWS: what is neither is no key', () => {
    for (const copied of ['two words', `${id}:a:b:c`, 'ключ']) {
      expect(
        faultOf(() => bedrock.readSecret(copied)),
        copied,
      ).toEqual(['key', 'key_unusable']);
    }
  });

  test('of Google: a key file, without what is not needed, or one line', () => {
    const { client_id: _, ...needed } = account;
    expect(JSON.parse(vertex.readSecret(file))).toEqual(needed);
    expect(vertex.readSecret('AQ.Ab8express')).toBe('AQ.Ab8express');
    for (const wrong of [
      '{',
      '{}',
      JSON.stringify({ ...account, private_key: undefined }),
      JSON.stringify({ ...account, private_key: 'none' }),
      JSON.stringify({ ...account, token_uri: 'nowhere' }),
      JSON.stringify({ type: 'authorized_user', client_id: 'x', refresh_token: 'y' }),
    ]) {
      expect(
        faultOf(() => vertex.readSecret(wrong)),
        wrong,
      ).toEqual(['key', 'account_invalid']);
    }
    expect(faultOf(() => vertex.readSecret('two words'))).toEqual(['key', 'key_unusable']);
  });

  test('read again it stays what it is', () => {
    for (const [cloud, copied] of [
      [bedrock, `${id}\n${secret}`],
      [vertex, file],
      [azure, 'abc'],
    ] as const) {
      const kept = cloud.readSecret(copied);
      expect(cloud.readSecret(kept)).toBe(kept);
    }
  });

  test('what may be shown of it is never the secret half', () => {
    expect(bedrock.nameOfSecret(`${id}:${secret}:${token}`)).toBe(id);
    expect(bedrock.nameOfSecret(`${id}:a, ASIAOTHER:b`)).toBe('ASIAOTHER');
    expect(vertex.nameOfSecret(file)).toBe(account.private_key_id);
    expect(vertex.nameOfSecret(JSON.stringify({ ...account, private_key_id: undefined }))).toBeUndefined();
    expect(vertex.nameOfSecret('AQ.Ab8express')).toBe('AQ.Ab8express');
    expect(azure.nameOfSecret('abc')).toBe('abc');
  });
});

describe('where it leads', () => {
  const at = (cloud: typeof azure, parts: Partial<CloudParts>) => cloud.connect({ id: 'c', ...parts });

  test.each([
    ['https://mine.openai.azure.com', 'https://mine.openai.azure.com/openai/v1'],
    ['https://mine.openai.azure.com/openai/v1', 'https://mine.openai.azure.com/openai/v1'],
    [
      'https://mine.openai.azure.com/openai/deployments/chat/chat/completions?api-version=2025-01-01',
      'https://mine.openai.azure.com/openai/v1',
    ],
    ['https://gate.example/azure/openai', 'https://gate.example/azure/openai/v1'],
  ])('Azure: %s', (baseUrl, called) => expect(at(azure, { baseUrl }).baseUrl).toBe(called));

  test('Google: the project of the key file and a location, its tokens, and an address of one’s own', () => {
    expect(at(vertex, { apiKey: file, region: 'europe-west4' })).toMatchObject({
      baseUrl: 'https://europe-west4-aiplatform.googleapis.com/v1/projects/p1/locations/europe-west4/publishers/google',
      origins: ['https://oauth2.googleapis.com'],
      privateAllowed: false,
    });
    expect(at(vertex, { apiKey: file, baseUrl: 'https://inside.example' })).toMatchObject({
      baseUrl: 'https://inside.example/v1/projects/p1/locations/global/publishers/google',
      privateAllowed: true,
    });
    const whole = 'https://inside.example/v1/projects/p9/locations/global/publishers/google';
    expect(at(vertex, { apiKey: JSON.stringify({ ...account, project_id: undefined }), baseUrl: whole }).baseUrl).toBe(whole);
  });

  test.each([
    ['Azure without an endpoint', azure, {}, ['baseUrl', 'base_url_needed']],
    ['Bedrock without a region', bedrock, { apiKey: 'k' }, ['region', 'region_needed']],
    ['Bedrock in no region', bedrock, { region: 'Frankfurt (eu)' }, ['region', 'region_invalid']],
    ['Google in no location', vertex, { apiKey: file, region: 'a/b' }, ['region', 'region_invalid']],
    ['an express key in a place', vertex, { apiKey: 'AQ.x', region: 'europe-west4' }, ['region', 'region_not_for_key']],
    [
      'a key file without a project',
      vertex,
      { apiKey: JSON.stringify({ ...account, project_id: undefined }) },
      ['key', 'account_without_project'],
    ],
  ])('%s is told at its place', (_name, cloud, parts, fault) => expect(faultOf(() => at(cloud, parts))).toEqual(fault));

  test('no region leads anywhere but to its cloud', () => {
    const strange = fc.oneof(fc.string(), fc.string({ unit: fc.constantFrom('a', '-', '.', '/', '@', '#', ':', '1', '\\', '\t') }));
    fc.assert(
      fc.property(strange, (region) => {
        for (const [cloud, apiKey, home] of [
          [bedrock, `${id}:${secret}`, /^bedrock-runtime\.[a-z0-9-]+\.amazonaws\.com(?:\.cn)?$/],
          [vertex, file, /^(?:[a-z0-9-]+-)?aiplatform\.googleapis\.com$/],
        ] as const) {
          const made = faultOf(() => at(cloud, { apiKey, region }));
          if (Array.isArray(made)) expect(made).toEqual(['region', 'region_invalid']);
          else for (const url of [made as { baseUrl: string }]) expect(new URL(url.baseUrl).hostname).toMatch(home);
        }
      }),
    );
  });
});
