/** What a model costs, in US dollars for a million tokens. */
export interface ModelPrice {
  readonly tokensIn: number;
  /** For those of `tokensIn` that came from the provider's prompt cache. */
  readonly tokensCached: number;
  readonly tokensOut: number;
}

/** OpenAI's list prices of the two models that v2.1 names, as published in 2025; LLM_PRICE overrides them. */
const LIST_PRICES: ReadonlyMap<string, ModelPrice> = new Map([
  ['gpt-4o', { tokensIn: 2.5, tokensCached: 1.25, tokensOut: 10 }],
  ['gpt-4o-mini', { tokensIn: 0.15, tokensCached: 0.075, tokensOut: 0.6 }],
]);

/** The list price of a model; `undefined` where none is known. */
export function listPrice(model: string): ModelPrice | undefined {
  return LIST_PRICES.get(model);
}

/** What tokens have cost, in US dollars; all three counts as the provider reports them. */
export function costOf(use: ModelPrice, price: ModelPrice): number {
  const fresh = Math.max(0, use.tokensIn - use.tokensCached);
  const millionths =
    fresh * price.tokensIn +
    use.tokensCached * price.tokensCached +
    use.tokensOut * price.tokensOut;
  return millionths / 1_000_000;
}
