/** Shows the beginning of what is served. */
export interface PreviewKnowledge {
  /** @param length - How many characters, from 0. */
  execute(length: number): {
    readonly preview: string;
    readonly len: number;
    readonly version: string;
  };
}
