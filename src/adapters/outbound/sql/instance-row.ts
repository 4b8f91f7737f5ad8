import { type InstanceState } from '../../../application/ports/outbound/instance-store.ts';

/** The gateway's connection as the instance's row says. */
export function asInstanceState(row: Readonly<Record<string, unknown>> | undefined): InstanceState {
  const connected = row?.['connected'] ?? undefined;
  const pauseReason = row?.['pause_reason'] ?? undefined;
  return {
    ...(connected === undefined ? {} : { connected: connected === 1 }),
    ...(pauseReason === undefined ? {} : { pauseReason: pauseReason as string }),
  };
}
