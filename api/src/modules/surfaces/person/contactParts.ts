import type { ContactPart, Ctx } from '../../../shared/context.ts'

/** Every module's ContactPart, from the top floor down. */
export const contactParts = ({ modules }: Pick<Ctx, 'modules'>): ContactPart[] =>
  modules.flatMap(({ contact }) => (contact ? [contact] : [])).reverse()
