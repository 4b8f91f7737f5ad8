import { type TurnResult } from '../../src/application/ports/outbound/inbox.ts';

/** A turn that ended with the model's answer in one part. */
export function aTurnResult(overrides: Partial<TurnResult> = {}): TurnResult {
  return {
    outcome: 'answered',
    parts: ['O curso custa R$ 350,00.'],
    source: 'agent',
    evenIfNewer: false,
    record: {},
    ...overrides,
  };
}
