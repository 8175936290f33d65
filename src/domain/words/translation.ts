import type { en } from './en.ts';

/** The catalogue in another language: the same messages in the same rooms, which a test holds to the same arguments. */
export type Translation = {
  readonly [Room in keyof typeof en]: { readonly [Name in keyof (typeof en)[Room]]: string };
};
