import { organizationEndpoints } from './endpoints.organization.ts'
import { programEndpoints } from './endpoints.program.ts'
import { surfaceEndpoints } from './endpoints.surfaces.ts'

/** Every address there is. `/v1` is the public API; `/session`, `/portal/api` and `/embed` serve our own surfaces. */
export const endpoints = { ...surfaceEndpoints, ...organizationEndpoints, ...programEndpoints } as const

export type Endpoints = typeof endpoints
