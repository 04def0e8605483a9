import type { Ctx, Services } from '../../../shared/context.ts'
import { seal, unseal } from '../../../shared/sealing.ts'
import type { webhookEndpoints } from './webhooks.table.ts'

type Row = typeof webhookEndpoints.$inferSelect

export const purposeOfSecrets = ({ organizationId, id }: { organizationId: string; id: string }): string =>
  `webhook ${organizationId} ${id}`

/** A secret of an endpoint as it is stored. */
export const sealSecret = ({ signer, organizationId }: Ctx, id: string, secret: string): string =>
  seal(signer, purposeOfSecrets({ organizationId, id }), secret)

/** The secret that signs; null if it was sealed by another installation. */
export const secretOf = ({ signer }: Pick<Services, 'signer'>, row: Row): string | null =>
  unseal(signer, purposeOfSecrets(row), row.secret)

/** The secret before it, while it also signs and can be read. */
export function previousSecretOf({ signer }: Pick<Services, 'signer'>, row: Row, now: number): string | null {
  if (row.previousSecret === null || row.previousSecretUntil === null || row.previousSecretUntil <= now) return null
  return unseal(signer, purposeOfSecrets(row), row.previousSecret)
}
