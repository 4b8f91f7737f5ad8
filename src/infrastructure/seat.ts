import { hostname } from 'node:os';
import { type Seat } from '../application/ports/outbound/process-registry.ts';

/** This process's place on its machine: pm2 numbers its processes from 0. */
export function seatOf(environment: Readonly<Record<string, string | undefined>>): Seat {
  const given = environment['NODE_APP_INSTANCE'] ?? '';
  const host = hostname();
  return /^\d{1,4}$/u.test(given) ? { host, number: Number(given) } : { host };
}
