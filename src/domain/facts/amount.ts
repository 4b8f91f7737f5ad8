/** A number of the text with what stands beside it. */
export interface Amount {
  readonly value: number;
  readonly isSpelled: boolean;
  readonly start: number;
  readonly end: number;
  /** The folded text right before and behind it. */
  readonly before: string;
  readonly after: string;
}
