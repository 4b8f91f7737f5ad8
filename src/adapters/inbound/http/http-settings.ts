/** What the HTTP surface is told about this installation. */
export interface HttpSettings {
  readonly version: string;
  readonly aiMode: 'DRY_RUN' | 'REAL';
  readonly megaConfigured: boolean;
  /** Expected in the webhook's URL. `undefined`: every webhook is taken. */
  readonly webhookToken?: string;
  /** Expected as a bearer token. `undefined`: only a direct loopback caller is let in. */
  readonly adminToken?: string;
}
