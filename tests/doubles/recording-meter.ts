import { type Meter } from '../../src/application/ports/outbound/meter.ts';

type Measured = { [Name in keyof Meter]: readonly [Name, ...Parameters<Meter[Name]>] }[keyof Meter];

/** Keeps what is measured, in order. */
export class RecordingMeter implements Meter {
  readonly measured: Measured[] = [];

  messageAccepted(): void {
    this.measured.push(['messageAccepted']);
  }

  messageIgnored(...about: Parameters<Meter['messageIgnored']>): void {
    this.measured.push(['messageIgnored', ...about]);
  }

  messagesRefused(...about: Parameters<Meter['messagesRefused']>): void {
    this.measured.push(['messagesRefused', ...about]);
  }

  turnEnded(...about: Parameters<Meter['turnEnded']>): void {
    this.measured.push(['turnEnded', ...about]);
  }

  leasesTakenOver(...about: Parameters<Meter['leasesTakenOver']>): void {
    this.measured.push(['leasesTakenOver', ...about]);
  }

  modelAnswered(...about: Parameters<Meter['modelAnswered']>): void {
    this.measured.push(['modelAnswered', ...about]);
  }

  promptCounted(...about: Parameters<Meter['promptCounted']>): void {
    this.measured.push(['promptCounted', ...about]);
  }

  modelFailed(...about: Parameters<Meter['modelFailed']>): void {
    this.measured.push(['modelFailed', ...about]);
  }

  queryReworded(...about: Parameters<Meter['queryReworded']>): void {
    this.measured.push(['queryReworded', ...about]);
  }

  sendEnded(...about: Parameters<Meter['sendEnded']>): void {
    this.measured.push(['sendEnded', ...about]);
  }

  embeddingEnded(...about: Parameters<Meter['embeddingEnded']>): void {
    this.measured.push(['embeddingEnded', ...about]);
  }

  knowledgeServed(...about: Parameters<Meter['knowledgeServed']>): void {
    this.measured.push(['knowledgeServed', ...about]);
  }

  eventLoopDelayed(...about: Parameters<Meter['eventLoopDelayed']>): void {
    this.measured.push(['eventLoopDelayed', ...about]);
  }
}
