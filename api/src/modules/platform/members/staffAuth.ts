import { type BetterAuthOptions, betterAuth } from 'better-auth'
import { drizzleAdapter } from 'better-auth/adapters/drizzle'
import { magicLink } from 'better-auth/plugins'
import type { Database } from '../../../database/database.ts'
import type { Services } from '../../../shared/context.ts'
import { cookieName } from '../../../shared/cookieName.ts'
import { hashToken, newToken } from '../../../shared/signer.ts'
import { clientAddressHeader, organizationHeader } from './authHeaders.ts'
import { identities, persons, sessions, verifications } from './members.table.ts'
import { keepTokensHashed } from './sessionTokens.ts'

const linkSeconds = 10 * 60
const idleSeconds = 7 * 24 * 3_600
const refreshSeconds = 3_600

const made = new WeakMap<Database, StaffAuth>()

/** The library behind staff sign-in. Its own routes aren't mounted; ours call it. */
export function staffAuth(services: Services): StaffAuth {
  const known = made.get(services.database)
  if (known) return known
  const auth = createStaffAuth(services)
  made.set(services.database, auth)
  return auth
}

export type StaffAuth = ReturnType<typeof createStaffAuth>

function createStaffAuth({ config, database, newId, signer, log }: Services) {
  const tables = drizzleAdapter(database.single, {
    provider: 'sqlite',
    schema: { user: persons, session: sessions, account: identities, verification: verifications },
  })
  return betterAuth({
    appName: 'Goodword',
    baseURL: config.publicUrl,
    secret: signer.derive('staff-sessions'),
    database: (options: BetterAuthOptions) => keepTokensHashed(tables(options)),
    session: {
      expiresIn: idleSeconds,
      updateAge: refreshSeconds,
      fields: { userId: 'personId' },
      additionalFields: { organizationId: { type: 'string', required: true, input: false } },
    },
    databaseHooks: {
      session: {
        create: {
          before: async (session, context) => ({
            data: { ...session, organizationId: context?.headers?.get(organizationHeader) },
          }),
        },
      },
    },
    account: { fields: { userId: 'personId' } },
    advanced: {
      useSecureCookies: false,
      cookies: {
        session_token: {
          name: cookieName('goodword-staff', config.publicUrl),
          attributes: { secure: config.publicUrl.startsWith('https:'), httpOnly: true, sameSite: 'lax', path: '/' },
        },
      },
      ipAddress: { ipAddressHeaders: [clientAddressHeader] },
      database: { generateId: ({ model }) => newId(idKinds[model] ?? 'identity') },
    },
    rateLimit: { enabled: false },
    telemetry: { enabled: false },
    logger: { level: 'error', log: (level, message) => log[level](message) },
    plugins: [
      magicLink({
        expiresIn: linkSeconds,
        disableSignUp: true,
        storeToken: { type: 'custom-hasher', hash: async (token) => hashToken(token) },
        generateToken: newToken,
        sendMagicLink: ({ token, metadata }) => metadata?.receive(token),
      }),
    ],
  })
}

const idKinds: Record<string, 'person' | 'session' | 'verification' | 'identity'> = {
  user: 'person',
  session: 'session',
  verification: 'verification',
  account: 'identity',
}
