import type { Connection } from '../connections.ts';

/** A cloud whose address depends on a region, a project or a resource. */
export interface Cloud {
  /** Throws CloudFault where a part is missing or is none. */
  connect(parts: CloudParts): Connection;
  /** The one secret in what a person copied from the cloud's console or files. Throws CloudFault at the key. */
  readSecret(copied: string): string;
  /** The part of a secret by which a person tells it from others: its tail may be shown. */
  nameOfSecret(secret: string): string | undefined;
}

/** What makes a connection, from the environment or from a stored row. */
export interface CloudParts {
  /** The first part of `provider/model`. */
  id: string;
  baseUrl?: string | undefined;
  apiKey?: string | undefined;
  /** Where in the cloud, such as `eu-central-1`; Google calls it a location. */
  region?: string | undefined;
  /** Where it is not that of the key. */
  project?: string | undefined;
  /** Absent means the usual one. */
  model?: string | undefined;
}

export type CloudPart = 'baseUrl' | 'key' | 'region' | 'model';
export type CloudReason =
  | 'base_url_needed'
  | 'region_needed'
  | 'region_invalid'
  | 'region_not_for_key'
  | 'account_invalid'
  | 'account_without_project'
  | 'key_pair_incomplete'
  | 'key_unusable';

/** A part of a connection that is missing or wrong. It holds no sentence and nothing of what was given. */
export class CloudFault extends Error {
  readonly part: CloudPart;
  readonly reason: CloudReason;

  constructor(part: CloudPart, reason: CloudReason) {
    super(`${part}: ${reason}`);
    this.name = 'CloudFault';
    this.part = part;
    this.reason = reason;
  }
}

/** A region becomes part of a host name, so it must not be able to leave it. */
export function assertRegion(region: string): void {
  if (!/^[a-z][a-z0-9-]{0,38}[a-z0-9]$/.test(region)) throw new CloudFault('region', 'region_invalid');
}

/** A key is one line of visible ASCII. */
export function assertLine(key: string): void {
  if (!/^[\x21-\x7e]{1,4096}$/.test(key)) throw new CloudFault('key', 'key_unusable');
}
