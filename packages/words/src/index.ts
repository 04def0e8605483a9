export * from './figures.ts'
export * from './language.ts'
export type { Offers } from './offers.ts'
export type { Key, Place, Say, SayKeys } from './say.ts'
