/** One reply that the sandbox took in place of WhatsApp. */
export interface SandboxMessage {
  /** The contact's jid. */
  readonly to: string;
  readonly text: string;
  /** Ms since 1970. */
  readonly at: number;
}

/** Shows what would have been sent; there only while no gateway is configured. */
export interface ListSandboxMessages {
  /** @returns The newest 200 replies of this process, oldest first. */
  execute(): readonly SandboxMessage[];
}
