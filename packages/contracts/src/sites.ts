import * as z from 'zod'
import { id, Moment } from './primitives.ts'

/** A website that may embed the form: scheme, host and port. */
export const Site = z.strictObject({
  id: id('site'),
  origin: z.string(),
  firstSeenAt: Moment.nullable(),
  lastSeenAt: Moment.nullable(),
  /** The version its tag reported when last seen, and the kind of key it used. */
  lastVersion: z.string().nullable(),
  lastMode: z.enum(['live', 'test']).nullable(),
  createdAt: Moment,
})
export type Site = z.infer<typeof Site>
export const AddSite = z.strictObject({
  origin: z.string().trim().min(1, 'Enter the address of your website.').max(300),
})
export type AddSite = z.infer<typeof AddSite>
