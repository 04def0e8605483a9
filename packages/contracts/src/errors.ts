import * as z from 'zod'
import { problemCodes } from './problems.ts'

export const FieldError = z.strictObject({ path: z.string(), message: z.string() })
export type FieldError = z.infer<typeof FieldError>

/** RFC 9457. `code` is stable; `detail` is a sentence for a person. */
export const Problem = z
  .looseObject({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    code: z.enum(problemCodes),
    requestId: z.string().optional(),
    errors: z.array(FieldError).optional(),
    existingId: z.string().optional(),
    /** How much credit is missing, in minor units of `currency`. */
    shortfall: z.int().optional(),
    currency: z.string().optional(),
  })
  .meta({ id: 'Problem' })
export type Problem = z.infer<typeof Problem>
