import * as z from 'zod'
import { endpoint, staff } from './endpoint.ts'
import { AddSite, ApiKey, CreatedKey, CreateKey, InviteMember, Me, Member, Site } from './people.ts'
import { id, onlyId } from './primitives.ts'

const list = <T extends z.ZodType>(item: T) => z.strictObject({ items: z.array(item) })

/** Who works here, with which keys, on which websites. */
export const organizationEndpoints = {
  me: {
    get: endpoint({
      method: 'GET',
      path: '/v1/me',
      summary: 'Who is asking, and for which organization',
      access: staff(null),
      response: Me,
    }),
    switchOrganization: endpoint({
      method: 'POST',
      path: '/v1/me/organization',
      summary: 'Work in another of your organizations',
      access: staff(null),
      body: z.strictObject({ organizationId: id('organization') }),
    }),
  },
  members: {
    list: endpoint({
      method: 'GET',
      path: '/v1/members',
      summary: 'List members',
      access: staff('settings:read'),
      response: list(Member),
    }),
    invite: endpoint({
      method: 'POST',
      path: '/v1/members',
      summary: 'Invite a member by email',
      access: staff('settings:write'),
      body: InviteMember,
      response: Member,
      status: 201,
    }),
  },
  keys: {
    list: endpoint({
      method: 'GET',
      path: '/v1/keys',
      summary: 'List keys',
      access: staff('settings:read'),
      response: list(ApiKey),
    }),
    create: endpoint({
      method: 'POST',
      path: '/v1/keys',
      summary: 'Create a key; a secret is shown once',
      access: staff('settings:write'),
      body: CreateKey,
      response: CreatedKey,
      status: 201,
    }),
    revoke: endpoint({
      method: 'POST',
      path: '/v1/keys/:id/revoke',
      summary: 'Revoke a key at once',
      access: staff('settings:write'),
      params: onlyId('key'),
      response: ApiKey,
    }),
  },
  sites: {
    list: endpoint({
      method: 'GET',
      path: '/v1/sites',
      summary: 'List the websites that may carry the form',
      access: staff('settings:read'),
      response: list(Site),
    }),
    add: endpoint({
      method: 'POST',
      path: '/v1/sites',
      summary: 'Allow a website',
      access: staff('settings:write'),
      body: AddSite,
      response: Site,
      status: 201,
    }),
    remove: endpoint({
      method: 'DELETE',
      path: '/v1/sites/:id',
      summary: 'Remove a website',
      access: staff('settings:write'),
      params: onlyId('site'),
    }),
  },
} as const
