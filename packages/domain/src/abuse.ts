import type { FlagReason } from '@goodword/contracts'

/**
 * How many friends may come before it looks like a machine: through one link, from one network, from the block of networks
 * an IPv6 provider gives to one customer, and to one business. Offices, schools and mobile networks share an address, so
 * nobody is refused for being over: they show a proof of work, and staff see a flag.
 */
export const submissionBudgets = {
  codeHour: 10,
  codeDay: 30,
  networkHour: 20,
  blockHour: 100,
  organizationHour: 500,
} as const

/** From here on, the earlier friends of the same hour or day are part of the flood too, and are flagged as well. */
export const floodOfCode = { hour: 2 * submissionBudgets.codeHour, day: 45 } as const

/** Friends who came before this one. */
export type Traffic = {
  codeHour: number
  codeDay: number
  networkHour: number
  blockHour: number
  organizationHour: number
}

/** The flags for a friend who comes after so many others. */
export function velocityFlags(traffic: Traffic): FlagReason[] {
  const { codeHour, codeDay, networkHour, blockHour, organizationHour } = submissionBudgets
  const flags: FlagReason[] = []
  if (traffic.codeHour >= codeHour || traffic.codeDay >= codeDay) flags.push('velocity')
  if (traffic.networkHour >= networkHour || traffic.blockHour >= blockHour) flags.push('network_velocity')
  if (traffic.organizationHour >= organizationHour) flags.push('organization_velocity')
  return flags
}

const velocities: ReadonlySet<FlagReason> = new Set(['velocity', 'network_velocity', 'organization_velocity'])

/** Whether so many friends came that a proof of work is due, and that a digest takes the place of single messages. */
export const isCrowded = (flags: readonly FlagReason[]): boolean => flags.some((flag) => velocities.has(flag))
