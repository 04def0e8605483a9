import * as z from 'zod'
import { jobEventTypes } from './jobEventKinds.ts'
import { Currency } from './primitives.ts'
import { visibleLine } from './text.ts'

/** Where something stands in a body: `order.customer.email`, `lines[0].name`, `["unit price"]`. */
export const JsonPath = z
  .string()
  .overwrite(visibleLine)
  .min(1, 'Enter where it stands, such as customer.email.')
  .max(200, 'Use 200 characters or fewer.')
  .regex(
    /^\$?(?:(?:^|\.|(?<=^\$)\.)[^.[\]"'\s][^.[\]"']*|\[\d{1,6}\]|\["(?:[^"\\]|\\.)*"\])*$/,
    'Write the names with dots between them, and numbers in brackets: order.lines[0].name.',
  )
const OptionalPath = JsonPath.optional()
const Value = z.string().overwrite(visibleLine).min(1, 'Enter a value.').max(100, 'Use 100 characters or fewer.')

/** Where an event's fields stand in the body. Fields that are left out aren't read. */
export const MappedFields = z.strictObject({
  /** What makes a delivery the same as another. Without it, equal bodies are. */
  deliveryId: OptionalPath,
  occurredAt: OptionalPath,
  jobId: OptionalPath,
  title: OptionalPath,
  invoiceNumber: OptionalPath,
  value: OptionalPath,
  currency: OptionalPath,
  score: OptionalPath,
  customerId: OptionalPath,
  /** The whole name, or the first name. */
  name: OptionalPath,
  lastName: OptionalPath,
  email: OptionalPath,
  phone: OptionalPath,
  /** Whether they agreed to texts: true, yes, 1 or subscribed. */
  agreedToTexts: OptionalPath,
  refundId: OptionalPath,
  refundAmount: OptionalPath,
  opportunityId: OptionalPath,
  /** True in an event that is sent to try the connection. */
  test: OptionalPath,
})
export type MappedFields = z.infer<typeof MappedFields>

/** How to read the events of a system that Goodword has no adapter for. */
export const ConnectionMapping = z
  .strictObject({
    /** Where a list of events stands, if a body holds several. A body that is a list itself needs none. */
    list: OptionalPath,
    /** The type of every event, or where it stands and what its values mean. Other values are ignored. */
    type: z.discriminatedUnion('is', [
      z.strictObject({ is: z.literal('always'), type: z.enum(jobEventTypes) }),
      z.strictObject({
        is: z.literal('at'),
        path: JsonPath,
        values: z
          .array(z.strictObject({ value: Value, type: z.enum(jobEventTypes) }))
          .max(50, 'Use 50 values or fewer.'),
      }),
    ]),
    /** Events that don't meet all of these are ignored. */
    conditions: z
      .array(z.strictObject({ path: JsonPath, is: z.enum(['equal', 'different']), value: Value }))
      .max(10, 'Use 10 conditions or fewer.')
      .default([]),
    /** minor: 38500 is $385.00. major: "385.00". */
    amountUnit: z.enum(['minor', 'major']).default('major'),
    /** The currency of all amounts; without it and without a field for it, the organization's. */
    currency: Currency.optional(),
    fields: MappedFields,
  })
  .meta({ id: 'ConnectionMapping' })
export type ConnectionMapping = z.infer<typeof ConnectionMapping>
