import { sql } from 'drizzle-orm'
import { index, integer, sqliteTable, text, uniqueIndex } from 'drizzle-orm/sqlite-core'
import { organizations } from '../organizations/organizations.table.ts'

/** A person who can sign in to the console; belongs to organizations through members, under a name in each. */
export const persons = sqliteTable(
  'persons',
  {
    id: text().primaryKey(),
    email: text().notNull(),
    emailVerified: integer({ mode: 'boolean' }).notNull(),
    image: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [uniqueIndex('persons_email_once').on(table.email)],
)

export const sessions = sqliteTable(
  'sessions',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id, { onDelete: 'cascade' }),
    token: text().notNull(),
    /** The organization this session works in. */
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    ipAddress: text(),
    userAgent: text(),
    expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    uniqueIndex('sessions_token_once').on(table.token),
    index('sessions_by_person').on(table.personId),
    index('sessions_by_expiry').on(table.expiresAt),
  ],
)

/** Sign-in methods of a person. The library requires the table; sign-in by link needs no row in it. */
export const identities = sqliteTable(
  'identities',
  {
    id: text().primaryKey(),
    personId: text()
      .notNull()
      .references(() => persons.id, { onDelete: 'cascade' }),
    accountId: text().notNull(),
    providerId: text().notNull(),
    accessToken: text(),
    refreshToken: text(),
    idToken: text(),
    accessTokenExpiresAt: integer({ mode: 'timestamp_ms' }),
    refreshTokenExpiresAt: integer({ mode: 'timestamp_ms' }),
    scope: text(),
    password: text(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [index('identities_by_person').on(table.personId)],
)

/** Sign-in links that haven't been used. The token is stored as a hash. */
export const verifications = sqliteTable(
  'verifications',
  {
    id: text().primaryKey(),
    identifier: text().notNull(),
    value: text().notNull(),
    /** Whose link it is and which organization it opens; null for a decoy. */
    memberId: text().references(() => members.id, { onDelete: 'cascade' }),
    expiresAt: integer({ mode: 'timestamp_ms' }).notNull(),
    createdAt: integer({ mode: 'timestamp_ms' }).notNull(),
    updatedAt: integer({ mode: 'timestamp_ms' }).notNull(),
  },
  (table) => [
    index('verifications_by_identifier').on(table.identifier),
    index('verifications_by_expiry').on(table.expiresAt),
  ],
)

export const members = sqliteTable(
  'members',
  {
    id: text().primaryKey(),
    organizationId: text()
      .notNull()
      .references(() => organizations.id),
    personId: text()
      .notNull()
      .references(() => persons.id),
    role: text({ enum: ['owner', 'admin', 'staff', 'agent'] }).notNull(),
    /** The person's name in this organization. Other organizations don't see it. */
    name: text().notNull(),
    createdAt: integer().notNull(),
    /** When the person accepted; null while the invitation is pending. */
    acceptedAt: integer(),
    /** Removed members keep their row, so that the audit trail still has their name. */
    removedAt: integer(),
    /** When they last made a request here, to within a few minutes; null until they first sign in. */
    lastSeenAt: integer(),
  },
  (table) => [
    uniqueIndex('members_person_once').on(table.organizationId, table.personId),
    index('members_by_person').on(table.personId),
  ],
)

/** Whether the member accepted and wasn't removed. */
export const isActive = sql`${members.removedAt} IS NULL AND ${members.acceptedAt} IS NOT NULL`
