/** What may have become due. */
export type WorkTopic = 'turns' | 'deliveries';

/** Wakes this process's workers for what this process stored; other processes poll. */
export interface WorkSignal {
  /** Wakes whoever waits on the topic; remembered if nobody does. */
  raise(topic: WorkTopic): void;

  /** Resolves when the topic is raised, after `ms`, or when the signal is aborted; never rejects. */
  wait(topic: WorkTopic, ms: number, signal?: AbortSignal): Promise<void>;
}
