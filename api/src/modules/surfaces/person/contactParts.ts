import type { ContactPart, Ctx } from '../../../shared/context.ts'

/** What each module keeps about contacts, the top floor first: see ContactPart. */
export const contactParts = ({ modules }: Pick<Ctx, 'modules'>): ContactPart[] =>
  modules.flatMap(({ contact }) => (contact ? [contact] : [])).reverse()
