declare const brand: unique symbol;

/** A value of another type that the compiler keeps apart; at run time it is the plain value. */
export type Brand<Value, Name extends string> = Value & { readonly [brand]: Name };
